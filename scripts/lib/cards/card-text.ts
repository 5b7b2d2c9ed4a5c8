import type { Card } from "../../../src/render/card.ts";
import { HAN_OR_KANA } from "./text-width.ts";

export interface DrawableCard {
  readonly card: Card;
  /** Characters that the type has not, each once. */
  readonly missing: readonly string[];
  /** What the card goes without for that: a text with a hole in it says something else. */
  readonly leftOut: readonly ("headline" | "note")[];
}

interface DrawableText {
  /** Empty where a letter is missing. */
  readonly text: string;
  readonly missing: readonly string[];
  readonly isLeftOut: boolean;
}

/** What is nothing to look at, or would turn the text around on its own: controls, joiners of emoji, directions. */
const INVISIBLE =
  /\p{Cc}|\u00AD|\u200B|\u200D|[\u202A-\u202E\u2060-\u206F]|\uFEFF|\p{Variation_Selector}|[\u{E0000}-\u{E007F}]/gu;
/** Without which a text says the same. */
const ORNAMENT = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20E3/u;
/** Another form of a character, which says the same in its plain form: ₂, ／, ㍿, Ⅷ, compatibility ideographs. */
const OTHER_FORM =
  /[²³¹\u2070-\u209F\u2150-\u218F\u3300-\u33FF\uF900-\uFAFF\uFB00-\uFB06\uFF00-\uFFEF\u{2F800}-\u{2FA1F}]/u;
const APOSTROPHE = /(?<=\p{Script=Latin})’(?=\p{Script=Latin})/gu;

/**
 * A card with nothing on it that would be drawn as an empty box, nor as half a name: where a letter of the headline is
 * missing, the site's name stands for it, and a note with a hole is left out. Ornaments go without harm.
 */
export function drawableCard(card: Card, isCovered: (character: string) => boolean): DrawableCard {
  const headline = drawable(card.headline, isCovered);
  const site = drawable(card.site, isCovered);
  const note = drawable(card.note, isCovered);
  const isHeadless = headline.text === "";
  return {
    card: {
      ...card,
      headline: isHeadless ? site.text : headline.text,
      site: isHeadless ? "" : site.text,
      note: note.text,
    },
    missing: [...new Set([headline, note].flatMap(({ missing }) => missing))],
    leftOut: [
      ...(headline.missing.length > 0 && isHeadless ? (["headline"] as const) : []),
      ...(note.isLeftOut ? (["note"] as const) : []),
    ],
  };
}

function drawable(whole: string, isCovered: (character: string) => boolean): DrawableText {
  const missing: string[] = [];
  let isLeftOut = false;
  let text = "";
  const visible = whole.normalize("NFC").replaceAll(/\s+/g, " ").replaceAll(INVISIBLE, "");
  for (const character of visible) {
    const plain =
      isCovered(character) || !OTHER_FORM.test(character) ? character : character.normalize("NFKC");
    if (Array.from(plain).every(isCovered)) {
      text += plain;
      continue;
    }
    missing.push(character);
    if (!ORNAMENT.test(character)) isLeftOut = true;
  }
  const kept = text.replaceAll(/\s+/g, " ").trim();
  return {
    // In Chinese type an apostrophe is a quotation mark, too wide for McDonald’s.
    text: isLeftOut ? "" : HAN_OR_KANA.test(kept) ? kept.replaceAll(APOSTROPHE, "'") : kept,
    missing,
    isLeftOut,
  };
}
