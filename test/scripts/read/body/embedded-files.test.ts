import { describe, expect, it } from "vitest";
import type { FindLocalFile } from "../../../../scripts/read/files/local-file.ts";
import { failed, ok } from "../../../../src/domain/result.ts";
import { render } from "./render.ts";

const PNG_START = "89504e470d0a1a0a0000000d4948445200000190000000c80806000000";
const LONG = 300_000;

/** A picture of 400 by 200 pixels with so many bytes. */
function png(bytes: number): string {
  return Buffer.concat([Buffer.from(PNG_START, "hex"), Buffer.alloc(bytes)]).toString("base64");
}
const PICTURE = `data:image/png;base64,${png(LONG)}`;
const SMALL = `data:image/png;base64,${png(300)}`;
const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><path d="${"M1 1".repeat(20_000)}"/></svg>`;

const kept: FindLocalFile = ({ base, path, bytes }) =>
  base === "embedded" && bytes !== undefined
    ? ok({
        file: `/site/build/embedded/${path}`,
        publicPath: `/media/e/${path}`,
        bytes: bytes.byteLength,
        width: 400,
        height: 200,
      })
    : failed({ reason: "missing" });

const rendered = (
  source: string,
  format: "html" | "markdown" = "html",
): ReturnType<typeof render> => render(source, { format, findLocalFile: kept });

describe("a file of more than 32 KB in an address", () => {
  it.each([
    ["HTML", `<p>甲<img src="${PICTURE}" alt="港"></p>`],
    ["a lazy image", `<p>甲<img src="${PIXEL}" data-src="${PICTURE}" alt="港"></p>`],
    [
      "a lazy image with a placeholder's file",
      `<p>甲<img src="${PIXEL}" data-original="${PICTURE}" alt="港"></p>`,
    ],
    [
      "lines of 76 characters",
      `<p>甲<img src="${PICTURE.replaceAll(/.{76}/g, "$&\n")}" alt="港"></p>`,
    ],
    ["a false name", `<p>甲<img src="${PICTURE.replace("png", "jpg")}" alt="港"></p>`],
  ])("becomes a file of the site: %s", (_, source) => {
    const { html, image, localFiles, diagnostics } = rendered(source);
    expect(html).toMatch(
      /^<p>甲<img src="https:\/\/paper\.example\/media\/e\/[0-9a-f]{20}\.png" alt="港" width="400" height="200"/,
    );
    expect(html.length).toBeLessThan(300);
    expect(localFiles).toHaveLength(1);
    expect(image).toMatchObject({ type: "image/png", width: 400, height: 200 });
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ["an image", `甲 ![港](${PICTURE})`],
    ["a definition", `甲 ![港][a]\n\n[a]: ${PICTURE}`],
    ["a definition with a title", `甲 ![港][a]\n\n[a]: <${PICTURE}> "夜"`],
  ])("becomes a file of the site in Markdown: %s", (_, source) => {
    const { html, localFiles } = rendered(source, "markdown");
    expect(html).toMatch(
      /^<p>甲 <img src="https:\/\/paper\.example\/media\/e\/[0-9a-f]{20}\.png" alt="港"/,
    );
    expect(localFiles).toHaveLength(1);
  });

  it.each([
    [
      "a drawing in Base64",
      `data:image/svg+xml;base64,${Buffer.from(SVG).toString("base64")}`,
      "svg",
    ],
    ["a drawing as text", `data:image/svg+xml;charset=utf-8,${encodeURIComponent(SVG)}`, "svg"],
  ])("becomes one of its kind: %s", (_, address, extension) => {
    expect(rendered(`<img src="${address}">`).html).toContain(`.${extension}"`);
  });

  it("is one file where it is shown twice", () => {
    expect(rendered(`<img src="${PICTURE}"><img src="${PICTURE}">`).localFiles).toHaveLength(1);
  });

  it.each([
    ["embedded-damaged", `data:image/png;base64,${"*".repeat(40_000)}`],
    ["embedded-damaged", `data:image/png;base64,${"A".repeat(40_000)}`],
    ["embedded-damaged", `data:image/png;base64,${"A".repeat(40_001)}`],
    ["embedded-damaged", `data:image/png;base64,${Buffer.from(SVG).toString("base64")}`],
    [
      "embedded-script",
      `data:image/svg+xml;base64,${Buffer.from(SVG.replace("<path", "<script>a</script><path")).toString("base64")}`,
    ],
    [
      "embedded-script",
      `data:image/svg+xml,${encodeURIComponent(SVG.replace("<path", '<path onclick="a"'))}`,
    ],
    ["embedded-unknown", `data:application/x-shockwave-flash;base64,${png(40_000)}`],
    ["embedded-unknown", `data:text/html,${"a".repeat(40_000)}`],
  ])("is left out with a warning that says so (%s), and its description stays", (code, address) => {
    const { html, diagnostics } = rendered(`<p>甲</p>\n<p><img src="${address}" alt="港"></p>`);
    expect(html).toBe("<p>甲</p>\n<p>港</p>");
    expect(diagnostics.map((found) => `${found.level} ${found.code} ${found.line}`)).toEqual([
      `warning ${code} 6`,
    ]);
  });

  it("stays in the text where no file can be written", () => {
    expect(render(`<img src="${PICTURE}">`, { format: "html" }).html).toContain(PICTURE);
  });
});

it.each([
  `<img src="${SMALL.replace("png", "jpg")}">`,
  `<audio src="data:audio/mpeg;base64,${png(300)}"></audio>`,
])("makes a file of what would not be shown from a text, however short", (source) => {
  expect(rendered(source).localFiles).toHaveLength(1);
});

it("leaves a small picture in the text", () => {
  const { html, localFiles } = rendered(`<img src="${SMALL}">`);
  expect(html).toContain(SMALL);
  expect(localFiles).toEqual([]);
});
