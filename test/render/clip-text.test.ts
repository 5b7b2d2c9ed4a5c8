import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clipText } from "../../src/render/clip-text.ts";

const bytes = (text: string): number => Buffer.byteLength(text);

describe("clipText", () => {
  it.each([
    ["fits", "fits", 4],
    ["  two \n lines ", "two lines", 9],
    ["第一句。第二句。第三句很长很长。", "第一句。第二句。", 36],
    ["他说：“好。”然后走了很远很远", "他说：“好。”", 30],
    ["One two three four", "One two…", 13],
    ["Dr. No is long. Version 2.5 is longer", "Dr. No is long.", 26],
    ["一二三四五六", "一二三…", 14],
  ])("makes %j %j within %d bytes", (text, clipped, maximum) => {
    expect(clipText(text, maximum)).toBe(clipped);
  });

  it("never splits a character from what is joined to it", () => {
    expect(clipText("👩‍🚒👩‍🚒", 20)).toBe("👩‍🚒…");
    expect(clipText("e\u0301e\u0301e\u0301", 8)).toBe("e\u0301…");
  });

  it("stays within the bytes and begins as the text does", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 120 });
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 200 }), (whole, maximum) => {
        const clipped = clipText(whole, maximum);
        const line = whole.replaceAll(/\s+/g, " ").trim();
        expect(bytes(clipped)).toBeLessThanOrEqual(Math.max(maximum, 3));
        expect(line.startsWith(clipped.replace(/…$/, "")) || clipped === line).toBe(true);
      }),
    );
  });
});
