import type { FontSlice, IsCovered } from "./card-fonts.ts";
import { createCoverage } from "./card-fonts.ts";
import { HAN_CHARACTER, rareHanSlices } from "./rare-han-slices.ts";

/**
 * Makes a function that says whether a card can show a character: with the usual types, or with the one for rare Han
 * characters.
 */
export function createCardCoverage(usual: readonly FontSlice[]): IsCovered {
  const isUsual = createCoverage(usual);
  let isRare: IsCovered | null = null;
  return (character) =>
    isUsual(character) ||
    (HAN_CHARACTER.test(character) && (isRare ??= createCoverage(rareHanSlices()))(character));
}
