import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { indexedPng } from "../../../scripts/cards/indexed-png.ts";

const SIZE = { width: 7, height: 5 };

async function decoded(colors: readonly (readonly number[])[]): Promise<readonly number[][]> {
  const rgba = Uint8Array.from(colors.flatMap((color) => [...color, 255]));
  const png = sharp(indexedPng({ rgba, ...SIZE }));
  const { data, info } = await png.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject(SIZE);
  return colors.map((_, pixel) => [...data.subarray(3 * pixel, 3 * pixel + 3)]);
}

describe("a PNG with sixteen colours at most", () => {
  it("shows so few as they are", async () => {
    const colors = Array.from({ length: 35 }, (_, index) => [
      (index % 16) * 16,
      3,
      255 - (index % 16),
    ]);
    expect(await decoded(colors)).toEqual(colors);
  });

  it("keeps the most frequent and the outermost of more, and comes near to the others", async () => {
    const shades = Array.from({ length: 35 }, (_, index) => Math.min(255, index * 8));
    const shown = await decoded(shades.map((shade) => [shade, shade, shade]));
    expect(new Set(shown.map(([shade]) => shade)).size).toBe(16);
    expect([shown[0], shown[34]]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
    const offs = shades.map((shade, pixel) => Math.abs((shown[pixel]?.[0] ?? 0) - shade));
    expect(Math.max(...offs)).toBeLessThanOrEqual(16);
  });
});
