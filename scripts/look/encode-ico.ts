interface IcoImage {
  /** Width and height, at most 255. */
  readonly pixels: number;
  readonly png: Uint8Array;
}

const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;
const KIND_ICON = 1;
const BITS_PER_PIXEL = 32;

/** An ICO of PNGs (https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)). */
export function encodeIco(images: readonly IcoImage[]): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES + images.length * ENTRY_BYTES);
  header.writeUInt16LE(KIND_ICON, 2);
  header.writeUInt16LE(images.length, 4);
  let start = header.length;
  for (const [index, { pixels, png }] of images.entries()) {
    const entry = HEADER_BYTES + index * ENTRY_BYTES;
    header.writeUInt8(pixels, entry);
    header.writeUInt8(pixels, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(BITS_PER_PIXEL, entry + 6);
    header.writeUInt32LE(png.byteLength, entry + 8);
    header.writeUInt32LE(start, entry + 12);
    start += png.byteLength;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}
