import sharp from "sharp";
import { expect, it } from "vitest";
import { encodePicture } from "../../../scripts/pictures/encode-picture.ts";

/** Strokes like those of letters, since a machine may have no fonts. */
const STROKES = Array.from({ length: 1600 }, (_, index) => {
  const [left, top] = [(index % 50) * 24, Math.floor(index / 50) * 19];
  const stroke = (x: number, y: number, width: number, height: number): string =>
    `<rect x="${left + x}" y="${top + y}" width="${width}" height="${height}"/>`;
  return `${stroke(2 + (index % 7), 1, 2, 13)}${stroke(1, 3 + (index % 5), 12, 1)}${stroke(1, 12, 4 + (index % 9), 2)}`;
}).join("");
const CIRCLE = '<circle cx="500" cy="300" r="200" fill="#fd0"/>';
const GRADIENT =
  '<defs><radialGradient id="g"><stop stop-color="#024"/><stop offset="1" stop-color="#fc8"/></radialGradient></defs><rect width="1200" height="600" fill="url(#g)"/>';

/** A PNG of what is drawn on white. */
async function drawn(content: string): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="600"><rect width="1200" height="600" fill="#fff"/>${content}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
}

/** The widths of forms that are WebP without loss, `VP8L` (RFC 9649, section 2.6). */
async function losslessWidths(content: string): Promise<readonly number[]> {
  const { forms } = await encodePicture(await drawn(content), 1);
  expect([...forms.keys()].toSorted((a, b) => a - b)).toEqual([480, 960, 1200]);
  return [...forms]
    .filter(([, bytes]) => Buffer.from(bytes).toString("latin1", 12, 16) === "VP8L")
    .map(([width]) => width)
    .toSorted((a, b) => a - b);
}

it.each([
  ["writing stays sharp in all widths", STROKES, [480, 960, 1200]],
  ["a drawing keeps its edges in its own width, where that takes fewer bytes", CIRCLE, [1200]],
  ["colours that run into each other lose what nobody sees", GRADIENT, []],
])("%s", async (_name, content, widths) => {
  expect(await losslessWidths(content)).toEqual(widths);
});
