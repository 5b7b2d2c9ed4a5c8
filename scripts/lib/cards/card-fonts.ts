import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as v from "valibot";

const require = createRequire(import.meta.url);

/** The families of the cards' type, by the package that brings them: Han, kana, Latin, Greek, Cyrillic; and Arabic. */
export const FONT_FAMILIES = ["noto-serif-sc", "noto-naskh-arabic"] as const;

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
  /** The code points in it, from and to. */
  readonly ranges: readonly (readonly [number, number])[];
}

const unicodeMap = v.record(v.string(), v.string());

/** All slices of both families; the files are not read. */
export function fontSlices(): readonly FontSlice[] {
  return FONT_FAMILIES.flatMap(familySlices);
}

function familySlices(family: (typeof FONT_FAMILIES)[number]): readonly FontSlice[] {
  const mapFile = UNICODE_MAPS[family];
  const folder = dirname(mapFile);
  return Object.entries(v.parse(unicodeMap, require(mapFile))).map(([subset, ranges]) => ({
    family,
    // `[4]` is the subset with the number 4.
    file: join(
      folder,
      "files",
      `${family}-${subset.replaceAll(/[[\]]/g, "")}-${FONT_WEIGHT}-normal.woff2`,
    ),
    ranges: ranges.split(",").map(readRange),
  }));
}

/** `U+4E00` or `U+4E00-4E2F`. */
function readRange(text: string): readonly [number, number] {
  const [from = "", to = from] = text.trim().slice("U+".length).split("-");
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}

/** Whether the cards' type has a glyph for every character; blanks and joiners need none. */
export function createCoverage(slices: readonly FontSlice[]): (character: string) => boolean {
  const ranges = slices.flatMap((slice) => slice.ranges);
  const known = new Map<string, boolean>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const codePoint = character.codePointAt(0) ?? 0;
    const isCovered =
      /[\s\p{Cf}]/u.test(character) ||
      ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
    known.set(character, isCovered);
    return isCovered;
  };
}
