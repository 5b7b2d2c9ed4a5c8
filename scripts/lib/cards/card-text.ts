import type { Card } from "../../../src/render/card.ts";

export interface DrawableCard {
  readonly card: Card;
  /** Characters that were left out because the type has none of them, each once. */
  readonly missing: readonly string[];
}

/** What joins emoji, of which the type has few: U+200D and the variation selectors. */
const EMOJI_GLUE = /\u200D|\p{Variation_Selector}/gu;

/**
 * A card with nothing on it that would be drawn as an empty box. Where most of a headline is lost, the site's name stands
 * for it.
 */
export function drawableCard(card: Card, isCovered: (character: string) => boolean): DrawableCard {
  const missing = new Set<string>();
  const drawable = (text: string): string => {
    let kept = "";
    for (const character of text.replaceAll(EMOJI_GLUE, "")) {
      if (isCovered(character)) kept += character;
      else missing.add(character);
    }
    return kept.replaceAll(/\s+/g, " ").trim();
  };
  const headline = drawable(card.headline);
  const site = drawable(card.site);
  const note = drawable(card.note);
  return {
    card: {
      ...card,
      headline: isMostOf(card.headline, headline) ? headline : site,
      site,
      note,
    },
    missing: [...missing],
  };
}

/** Whether what is left still says it: half of the letters and numbers, and one at least. */
function isMostOf(whole: string, left: string): boolean {
  const count = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return count(left) > 0 && count(left) * 2 >= count(whole);
}
