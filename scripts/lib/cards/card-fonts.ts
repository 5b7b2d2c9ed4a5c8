import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { readFontCharacters } from "./font-characters.ts";

const require = createRequire(import.meta.url);

/** The families of the cards' type, by the package that brings them: Han, kana, Latin, Greek, Cyrillic; and Arabic. */
export const FONT_FAMILIES = ["noto-serif-sc", "noto-naskh-arabic"] as const;

/** Quotation marks for Latin text: those of a Chinese type are as wide as its characters. */
export const LATIN_QUOTES = "latin-quotes";

/** Which characters are in which file of a family. */
const UNICODE_MAPS = {
  "noto-serif-sc": require.resolve("@fontsource/noto-serif-sc/unicode.json"),
  "noto-naskh-arabic": require.resolve("@fontsource/noto-naskh-arabic/unicode.json"),
} satisfies Record<(typeof FONT_FAMILIES)[number], string>;

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

/** All slices of both families, and the quotation marks; the files are not read. */
export function fontSlices(): readonly FontSlice[] {
  const slices = FONT_FAMILIES.flatMap(familySlices);
  const quotes = slices
    .filter(({ file }) => file.includes("noto-naskh-arabic-latin-700"))
    .map((slice) => ({ ...slice, family: LATIN_QUOTES, ranges: QUOTES }));
  return [...slices, ...quotes];
}

/** ‘ ’ “ ” */
const QUOTES: CharacterRanges = [
  [0x2018, 0x2019],
  [0x201c, 0x201d],
];

function familySlices(family: (typeof FONT_FAMILIES)[number]): readonly FontSlice[] {
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

/** Whether the cards' type has a glyph for every character; blanks and joiners need none. */
export function createCoverage(slices: readonly FontSlice[]): (character: string) => boolean {
  const has = (ranges: CharacterRanges, codePoint: number): boolean =>
    ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
  const known = new Map<string, boolean>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const codePoint = character.codePointAt(0) ?? 0;
    const isCovered =
      /[\s\p{Cf}]/u.test(character) ||
      slices.some((slice) => has(slice.ranges, codePoint) && has(slice.characters(), codePoint));
    known.set(character, isCovered);
    return isCovered;
  };
}
