import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { CharacterRanges, FontSlice } from "./card-fonts.ts";
import { common, readRanges } from "./card-fonts.ts";

const require = createRequire(import.meta.url);

/**
 * The type for Han characters that the usual one lacks, such as 䶮 and 𬭎, which are in names: the same design (Source Han
 * Serif is Noto Serif CJK) with all of extension A and some of the further ones.
 */
export const RARE_HAN_TYPE = "source-han-serif";

/** A Han character, but for the blocks that this type has nothing of. */
export const HAN_CHARACTER = /^[\u3400-\u4DBF\u4E00-\u9FFF\u{20000}-\u{2EBEF}]$/u;
const HAN_RANGES: CharacterRanges = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0x20000, 0x2ebef],
];

/** A rule of the package's stylesheet, which says in which of its files which characters are. */
const RULE = /url\("\.\/(?<file>\w+\.woff2)"\)[^}]*unicode-range:(?<ranges>[^;}]*)/g;

let slices: readonly FontSlice[] | null = null;

/** The slices of that type. Most sites never need them: the stylesheet is read at the first call, and no font. */
export function rareHanSlices(): readonly FontSlice[] {
  if (slices !== null) return slices;
  const stylesheet = require.resolve("@chinese-fonts/syst/dist/SourceHanSerifCN/result.css");
  slices = [...readFileSync(stylesheet, "utf8").matchAll(RULE)].map(({ groups }) => {
    const written = readRanges((groups?.["ranges"] ?? "").replace(/,$/, ""));
    const ranges = HAN_RANGES.flatMap((han) => common(written, han));
    const file = join(dirname(stylesheet), groups?.["file"] ?? "");
    // The stylesheet was made from the glyphs, so that each character that it names has one.
    return { family: RARE_HAN_TYPE, file, ranges, characters: () => ranges };
  });
  return slices;
}
