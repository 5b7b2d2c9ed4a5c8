import type { Card } from "../../../src/render/card.ts";

export interface DrawableCard {
  readonly card: Card;
  /** Characters that were left out because the type has none of them, each once. */
  readonly missing: readonly string[];
}

/** What joins emoji, of which the type has few: U+200D and the variation selectors. */
const EMOJI_GLUE = /\u200D|\p{Variation_Selector}/gu;

/**
 * A card with nothing on it that would be drawn as an empty box. Where nothing is left of a headline, the site's name
 * stands for it.
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
  const [headline, site, note] = [card.headline, card.site, card.note].map(drawable);
  return {
    card: {
      ...card,
      headline: hasText(headline) ? headline : (site ?? ""),
      site: site ?? "",
      note: note ?? "",
    },
    missing: [...missing],
  };
}

function hasText(text: string | undefined): text is string {
  return text !== undefined && /[\p{L}\p{N}]/u.test(text);
}
