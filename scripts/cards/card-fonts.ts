import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { readFontCharacters } from "./font-characters.ts";

const require = createRequire(import.meta.url);

/** The type for Han, kana, and the Latin that goes with them. */
export const HAN_TYPE = "noto-serif-sc";
/** The type for all of Latin, Greek and Cyrillic, superscript and subscript figures, but no punctuation. */
export const LETTER_TYPE = "noto-serif";
export const ARABIC_TYPE = "noto-naskh-arabic";
/** The type for quotation marks in Latin text, because those of a Chinese type are as wide as its characters. */
export const LATIN_QUOTES = "latin-quotes";

/** The files in which each package says which characters are in which of its slices. */
const UNICODE_MAPS = {
  [HAN_TYPE]: require.resolve("@fontsource/noto-serif-sc/unicode.json"),
  [LETTER_TYPE]: require.resolve("@fontsource/noto-serif/unicode.json"),
  [ARABIC_TYPE]: require.resolve("@fontsource/noto-naskh-arabic/unicode.json"),
};

export const FONT_WEIGHT = 700;

/** A part of a font family in a file of its own. */
export interface FontSlice {
  readonly family: string;
  readonly file: string;
  /** The code points that it is used for; it need not have glyphs for all of them. */
  readonly ranges: CharacterRanges;
  /** The code points that it has glyphs for. Reads the file the first time. */
  readonly characters: () => CharacterRanges;
}

/** Ranges of code points, each with its first and last. */
export type CharacterRanges = readonly (readonly [number, number])[];

const unicodeMap = v.record(v.string(), v.string());

let madeSlices: readonly FontSlice[] | null = null;

/**
 * The slices of the fonts that nearly all cards are drawn with; their files are not read. They are made once, since that
 * takes as long as a small site.
 */
export function fontSlices(): readonly FontSlice[] {
  return (madeSlices ??= makeSlices());
}

/**
 * The renderer takes the first slice that has the parts of a letter, even if a later one has the letter itself: ベ would be
 * ヘ with its mark in the wrong place. A slice that has marks but not their letters is therefore given without the marks.
 */
function makeSlices(): readonly FontSlice[] {
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
const MARKS = readRanges("U+300-36F, U+3099-309A");
/**
 * Letters and accents, and what stands beside letters and looks like them, such as ⁄, ⁰, ₀, ₽ and ℂ. `×`, `÷`, `·`, ℃ and ℉
 * are taken from the Chinese type instead.
 */
const LETTERS = readRanges(`
  U+21-7E, U+AA, U+B2-B3, U+B5, U+B9-BA, U+C0-D6, U+D8-F6, U+F8-52F, U+1C80-1FFF, U+2044, U+2070-20CF, U+2100-2102,
  U+210A-2115, U+211A-211D, U+2124-2138, U+2C60-2C7F, U+2DE0-2DFF, U+A640-A69F, U+A720-A7FF, U+FE2E-FE2F`);
/** Curly quotation marks, single and double. */
const QUOTES = readRanges("U+2018-2019, U+201C-201D");

function withoutMarks(slice: FontSlice): FontSlice {
  return { ...slice, ranges: MARKS.reduce(without, slice.ranges) };
}

function without(ranges: CharacterRanges, [first, last]: Range): CharacterRanges {
  return [...common(ranges, [0, first - 1]), ...common(ranges, [last + 1, LAST_CODE_POINT])];
}

/** The parts of ranges that lie between two code points, these included. */
export function common(ranges: CharacterRanges, [first, last]: Range): CharacterRanges {
  return ranges
    .map(([from, to]): Range => [Math.max(from, first), Math.min(to, last)])
    .filter(([from, to]) => from <= to);
}

const LAST_CODE_POINT = 0x10ffff;

function packageSlices(family: keyof typeof UNICODE_MAPS): readonly FontSlice[] {
  const mapFile = UNICODE_MAPS[family];
  const folder = dirname(mapFile);
  return Object.entries(v.parse(unicodeMap, require(mapFile))).map(([subset, ranges]) => {
    // The subset with the number 4 is called `[4]` in the map, and `4` in the file's name.
    const name = `${family}-${subset.replaceAll(/[[\]]/g, "")}-${FONT_WEIGHT}-normal`;
    let characters: CharacterRanges | null = null;
    return {
      family,
      file: join(folder, "files", `${name}.woff2`),
      ranges: readRanges(ranges),
      // The same font as WOFF 1.0, whose tables can be read one by one.
      characters: () => (characters ??= readFontCharacters(join(folder, "files", `${name}.woff`))),
    };
  });
}

/** Reads ranges as stylesheets write them: `U+4E00, U+4E02-4E2F`. */
export function readRanges(text: string): CharacterRanges {
  return text.split(",").map((range) => {
    const [from = "", to = from] = range.trim().slice("U+".length).split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
}

/** Whether one of the slices has a glyph for a character and for all its accents; blanks and joiners need none. */
export type IsCovered = (character: string) => boolean;

/** Makes an `IsCovered` for slices. A character and its accents are drawn from one file, so one slice must have all. */
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
