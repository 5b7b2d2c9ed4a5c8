import { decodeQR } from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { renderQrCode } from "../../src/render/qr-code.ts";

/** Black and white pixels, some for each module, as a camera sees the code. */
const PIXELS_PER_MODULE = 4;

function photograph(svg: string): { height: number; width: number; data: Uint8Array } {
  const modules = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const width = modules * PIXELS_PER_MODULE;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1H/g)) {
    for (let row = 0; row < PIXELS_PER_MODULE; row += 1) {
      const start =
        ((Number(y) * PIXELS_PER_MODULE + row) * width + Number(x) * PIXELS_PER_MODULE) * 4;
      for (let pixel = 0; pixel < Number(length) * PIXELS_PER_MODULE; pixel += 1) {
        data.fill(0, start + pixel * 4, start + pixel * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

describe("renderQrCode", () => {
  it.each([
    "https://finews.example/feed.xml",
    "https://finews.example/s/f5v4k2q9xa",
    `https://finews.example/tag/${encodeURIComponent("厦门日报新闻与城市生活")}/feed.xml`,
  ])("makes a code that a scanner reads as %s", (text) => {
    const { html } = renderQrCode(text, "label");
    expect(decodeQR(photograph(html))).toBe(text);
  });

  it("says to those who cannot see it what it is", () => {
    expect(renderQrCode("https://a.example", 'a "code"').html).toContain(
      'role="img" aria-label="a &quot;code&quot;"',
    );
  });
});
