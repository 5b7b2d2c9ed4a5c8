import { imageSize } from "image-size";
import { expect, it } from "vitest";
import { faviconIco } from "../../src/render/icons.ts";

it("the icon for programs that read no page is an ICO with 16, 32 and 48 pixels", () => {
  const { type, images } = imageSize(faviconIco());
  expect(type).toBe("ico");
  expect(images?.map(({ width, height }) => [width, height])).toEqual([
    [16, 16],
    [32, 32],
    [48, 48],
  ]);
});

it("each picture of the ICO is the PNG that its directory says", () => {
  const ico = Buffer.from(faviconIco());
  const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index;
    const start = ico.readUInt32LE(entry + 12);
    const { type, width } = imageSize(ico.subarray(start, start + ico.readUInt32LE(entry + 8)));
    return [type, width];
  });
  expect(sizes).toEqual([
    ["png", 16],
    ["png", 32],
    ["png", 48],
  ]);
});
