import { crc32, deflateSync } from "node:zlib";
import { joinedBytes } from "../../src/store/joined-bytes.ts";

/** Pixels of a picture that has no transparent ones: four bytes each, row by row. */
export interface Pixels {
  readonly rgba: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Four bits for a pixel. Two kinds of text and a rule on paper have some eighty colours, nearly all of them at the edges of letters. */
const MOST_COLORS = 16;
const BITS = 4;
const BYTES_PER_PIXEL = 4;

/** The best level takes more than twice as long for half a hundredth. */
const LEVEL = 8;

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const INDEXED = 3;

/** A PNG with sixteen colours at most, which takes two thirds of one with all of them. */
export function indexedPng({ rgba, width, height }: Pixels): Uint8Array {
  const runs = runsOf(rgba);
  const counts = new Map<number, number>();
  for (const { color, start, end } of runs) {
    counts.set(color, (counts.get(color) ?? 0) + end - start);
  }
  const palette = choosePalette(counts);
  const indexes = new Map(Array.from(counts.keys(), (color) => [color, nearest(palette, color)]));
  const rowBytes = 1 + Math.ceil((width * BITS) / 8);
  // Each row begins with a byte that says how it is filtered: not at all.
  const rows = new Uint8Array(rowBytes * height);
  for (const { color, start, end } of runs) {
    const index = indexes.get(color) ?? 0;
    // Most of a card is paper, the most frequent colour and so the first, which is there already.
    if (index === 0) continue;
    for (let pixel = start; pixel < end; pixel += 1) {
      const x = pixel % width;
      const at = ((pixel - x) / width) * rowBytes + 1 + (x >>> 1);
      rows[at] = (rows[at] ?? 0) | (x % 2 === 0 ? index << BITS : index);
    }
  }
  const header = new Uint8Array(13);
  const fields = new DataView(header.buffer);
  fields.setUint32(0, width);
  fields.setUint32(4, height);
  header.set([BITS, INDEXED], 8);
  const written = palette.flatMap((color) => [color >>> 16, (color >>> 8) & 0xff, color & 0xff]);
  return joinedBytes([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(written)),
    chunk("IDAT", deflateSync(rows, { level: LEVEL })),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Neighbouring pixels of one colour, the end not included. */
interface Run {
  readonly color: number;
  readonly start: number;
  readonly end: number;
}

/** The pixels as runs, across the ends of rows too. Nearly all pixels are like the one before. */
function runsOf(rgba: Uint8Array): readonly Run[] {
  // Pixels are compared whole, so that it does not matter in which order the machine reads their bytes.
  const pixels = new Uint32Array(Uint8Array.from(rgba).buffer);
  const runs: Run[] = [];
  let start = 0;
  for (let end = 1; end <= pixels.length; end += 1) {
    if (end < pixels.length && pixels[end] === pixels[start]) continue;
    const at = start * BYTES_PER_PIXEL;
    const [red, green, blue] = [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0];
    runs.push({ color: (red << 16) | (green << 8) | blue, start, end });
    start = end;
  }
  return runs;
}

/**
 * The most frequent color, then the one that is farthest from those chosen, and so on: the colours of text, paper and rule, and even
 * steps between them.
 */
function choosePalette(counts: ReadonlyMap<number, number>): readonly number[] {
  const colors = [...counts].toSorted(([a, inA], [b, inB]) => inB - inA || a - b);
  const [first] = colors;
  const palette = first === undefined ? [] : [first[0]];
  const distances = new Map(colors.map(([color]) => [color, Infinity]));
  while (palette.length < MOST_COLORS) {
    const last = palette.at(-1) ?? 0;
    let farthest = { color: last, distance: 0 };
    for (const [color, before] of distances) {
      const distance = Math.min(before, distanceOf(color, last));
      distances.set(color, distance);
      if (distance > farthest.distance) farthest = { color, distance };
    }
    if (farthest.distance === 0) break;
    palette.push(farthest.color);
  }
  return palette;
}

function nearest(palette: readonly number[], color: number): number {
  const distances = palette.map((each) => distanceOf(each, color));
  return distances.indexOf(Math.min(...distances));
}

/** The square of how far two colours lie from each other. */
function distanceOf(a: number, b: number): number {
  const red = (a >>> 16) - (b >>> 16);
  const green = ((a >>> 8) & 0xff) - ((b >>> 8) & 0xff);
  const blue = (a & 0xff) - (b & 0xff);
  return red * red + green * green + blue * blue;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const typed = joinedBytes([new TextEncoder().encode(type), data]);
  const ends = new Uint8Array(8);
  const view = new DataView(ends.buffer);
  view.setUint32(0, data.byteLength);
  view.setUint32(4, crc32(typed));
  return joinedBytes([ends.subarray(0, 4), typed, ends.subarray(4)]);
}
