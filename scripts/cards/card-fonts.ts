import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { readFontCharacters } from "./font-characters.ts";

const require = createRequire(import.meta.url);

/** Han, kana, and the Latin that goes with them. */
export const HAN_TYPE = "noto-serif-sc";
/** All of Latin, Greek and Cyrillic, and figures that stand high or low; without punctuation. */
export const LETTER_TYPE = "noto-serif";
export const ARABIC_TYPE = "noto-naskh-arabic";
/** Quotation marks for Latin text: those of a Chinese type are as wide as its characters. */
export const LATIN_QUOTES = "latin-quotes";

/** Which characters are in which file of a package. */
const UNICODE_MAPS = {
  [HAN_TYPE]: require.resolve("@fontsource/noto-serif-sc/unicode.json"),
  [LETTER_TYPE]: require.resolve("@fontsource/noto-serif/unicode.json"),
  [ARABIC_TYPE]: require.resolve("@fontsource/noto-naskh-arabic/unicode.json"),
};

export const FONT_WEIGHT = 700;

/** A part of a family, in a file of its own. */
export interface FontSlice {
  readonly family: string;
  readonly file: string;
  /** The code points for which it is meant, from and to; it need not have them all. */
  readonly ranges: CharacterRanges;
  /** The code points that it has. Reads the file. */
  readonly characters: () => CharacterRanges;
}

type CharacterRanges = readonly (readonly [number, number])[];

const unicodeMap = v.record(v.string(), v.string());

/**
 * All slices of the type; the files are not read. The first that has a letter's parts is taken, before the one that has the
 * letter: ベ would be ヘ with a mark astray. Slices that have no letter for their marks go without marks.
 */
export function fontSlices(): readonly FontSlice[] {
  const letters = packageSlices(LETTER_TYPE);
  return [
    ...packageSlices(HAN_TYPE).map(withoutMarks),
    ...letters
      .map((slice) => (slice.file.includes("-vietnamese-") ? withoutMarks(slice) : slice))
      .map((slice) => ({
        ...slice,
        ranges: LETTERS.flatMap((letter) => common(slice.ranges, letter)),
      })),
    ...packageSlices(ARABIC_TYPE).filter(({ file }) => file.includes("-arabic-arabic-")),
    ...letters
      .filter(({ file }) => file.includes("-latin-700"))
      .map((slice) => ({ ...slice, family: LATIN_QUOTES, ranges: QUOTES })),
  ];
}

type Range = CharacterRanges[number];

/** Accents, and the marks of kana. */
const MARKS: CharacterRanges = [
  [0x300, 0x36f],
  [0x3099, 0x309a],
];
/** Letters and accents, and what stands beside letters and looks like them; `×`, `÷` and `·` are the Chinese type's. */
const LETTERS: CharacterRanges = [
  [0x21, 0x7e],
  [0xaa, 0xaa],
  [0xb2, 0xb3],
  [0xb5, 0xb5],
  [0xb9, 0xba],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x52f],
  [0x1c80, 0x1fff],
  // ⁄, ⁰, ₀, ₽
  [0x2044, 0x2044],
  [0x2070, 0x20cf],
  // ℂ and the like, without ℃ and ℉
  [0x2100, 0x2102],
  [0x210a, 0x2115],
  [0x211a, 0x211d],
  [0x2124, 0x2138],
  [0x2c60, 0x2c7f],
  [0x2de0, 0x2dff],
  [0xa640, 0xa69f],
  [0xa720, 0xa7ff],
  [0xfe2e, 0xfe2f],
];
/** ‘ ’ “ ” */
const QUOTES: CharacterRanges = [
  [0x2018, 0x2019],
  [0x201c, 0x201d],
];

function withoutMarks(slice: FontSlice): FontSlice {
  return { ...slice, ranges: MARKS.reduce(without, slice.ranges) };
}

function without(ranges: CharacterRanges, [first, last]: Range): CharacterRanges {
  return [...common(ranges, [0, first - 1]), ...common(ranges, [last + 1, LAST_CODE_POINT])];
}

function common(ranges: CharacterRanges, [first, last]: Range): CharacterRanges {
  return ranges
    .map(([from, to]): Range => [Math.max(from, first), Math.min(to, last)])
    .filter(([from, to]) => from <= to);
}

const LAST_CODE_POINT = 0x10ffff;

function packageSlices(family: keyof typeof UNICODE_MAPS): readonly FontSlice[] {
  const mapFile = UNICODE_MAPS[family];
  const folder = dirname(mapFile);
  return Object.entries(v.parse(unicodeMap, require(mapFile))).map(([subset, ranges]) => {
    // `[4]` is the subset with the number 4.
    const name = `${family}-${subset.replaceAll(/[[\]]/g, "")}-${FONT_WEIGHT}-normal`;
    let characters: CharacterRanges | null = null;
    return {
      family,
      file: join(folder, "files", `${name}.woff2`),
      ranges: ranges.split(",").map(readRange),
      // The same font in the older format, whose tables can be read one by one.
      characters: () => (characters ??= readFontCharacters(join(folder, "files", `${name}.woff`))),
    };
  });
}

/** `U+4E00` or `U+4E00-4E2F`. */
function readRange(text: string): readonly [number, number] {
  const [from = "", to = from] = text.trim().slice("U+".length).split("-");
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}

/** Whether type has a glyph for a character, with its accents; blanks and joiners need none. */
export type IsCovered = (character: string) => boolean;

/** A character and its accents are drawn from one file, so that one must have them all. */
export function createCoverage(slices: readonly FontSlice[]): IsCovered {
  const has = (ranges: CharacterRanges, codePoint: number): boolean =>
    ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
  const known = new Map<string, boolean>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const codePoints = Array.from(
      character.replaceAll(/[\s\p{Cf}]/gu, ""),
      (single) => single.codePointAt(0) ?? 0,
    );
    const isCovered =
      codePoints.length === 0 ||
      slices.some(
        (slice) =>
          codePoints.every((codePoint) => has(slice.ranges, codePoint)) &&
          codePoints.every((codePoint) => has(slice.characters(), codePoint)),
      );
    known.set(character, isCovered);
    return isCovered;
  };
}
