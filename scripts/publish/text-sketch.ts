/** A few of the numbers that a text's pieces give: as many as two texts share, so much of their pieces they share. */
export type TextSketch = readonly number[];

/** In UTF-16 units: a few Chinese words, or one or two in Latin letters. */
const PIECE_LENGTH = 8;
const MOST_NUMBERS = 128;
const decoder = new TextDecoder();

/** Sketches the visible text of sanitized HTML. Empty where there is none. The time that it takes grows with the text alone. */
export function textSketch(html: Uint8Array): TextSketch {
  const text = decoder
    .decode(html)
    .split("<")
    // What stands before the end of a tag is none; a text that begins with one has nothing before it.
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf(">") + 1)))
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (text === "") return [];
  const count = Math.max(1, text.length - PIECE_LENGTH + 1);
  const numbers = Uint32Array.from({ length: count }, (_, start) => numberOf(text, start));
  const sketch: number[] = [];
  for (const number of numbers.toSorted()) {
    if (sketch.length === MOST_NUMBERS) break;
    if (number !== sketch.at(-1)) sketch.push(number);
  }
  return sketch;
}

/** How much two texts have in common, from 0 to 1; 0 where one is empty. */
export function likeness(a: TextSketch, b: TextSketch): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [inA, inB] = [new Set(a), new Set(b)];
  const smallest = [...inA.union(inB)].toSorted((x, y) => x - y).slice(0, MOST_NUMBERS);
  const shared = smallest.filter((number) => inA.has(number) && inB.has(number));
  return shared.length / smallest.length;
}

/** FNV-1a over a piece, with its bits mixed, so that the smallest numbers are of pieces anywhere in the text. */
function numberOf(text: string, start: number): number {
  let hash = 0x81_1c_9d_c5;
  const end = Math.min(text.length, start + PIECE_LENGTH);
  for (let index = start; index < end; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
