import type { Card } from "../../src/render/card.ts";
import type { IsCovered } from "./card-fonts.ts";
import { HAN_OR_KANA } from "../headline/text-width.ts";

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
/** Two letters of a flag, and a key's digit. */
const SIGN = /[\p{Regional_Indicator}\u20E3]/u;
/** Without which a text says the same. */
const ORNAMENT = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20E3/u;
/** Another form of a character, which says the same in its plain form: ／, ㍿, Ⅷ, compatibility ideographs. */
const OTHER_FORM =
  /[\u2150-\u218F\u3300-\u33FF\uF900-\uFAFF\uFB00-\uFB06\uFF00-\uFFEF\u{2F800}-\u{2FA1F}]/u;
/** ⅓ is 1/3, ㎥ is m³. */
const FRACTION_SLASH = /\u2044/g;
const SQUARE_OR_CUBE = /(?<=^\p{Ll}+(?:∕s)?)[23]$/u;
const SUPERSCRIPTS: Readonly<Record<string, string>> = { 2: "²", 3: "³" };
/** ⅠⅡ are two numerals and no Ⅲ, AⅠ is no AI, and 2⅓ no 21/3. */
const NUMERAL = /[\u2150-\u218F\u3358-\u3370\u33E0-\u33FE]/u;
const LETTER_OR_DIGIT = /[\p{Script=Latin}\p{Nd}]$/u;
const BEGINS_LIKE_NUMERAL = /^(?:\p{Nd}|[IVXLCDMivxlcdm])/u;
const APOSTROPHE = /(?<=\p{Script=Latin})’(?=\p{Script=Latin})/gu;

/**
 * A card with nothing on it that would be drawn as an empty box, nor as half a name: where a letter of the headline is
 * missing, the site's name stands for it, and a note with a hole is left out. Ornaments go without harm.
 */
export function drawableCard(card: Card, isCovered: IsCovered): DrawableCard {
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

function drawable(whole: string, isCovered: IsCovered): DrawableText {
  const visible = whole
    .normalize("NFC")
    // Of several in one, the first stands for all: ♀ is no part of a text.
    .replaceAll(/\p{RGI_Emoji}/gv, (emoji) =>
      SIGN.test(emoji) ? emoji : (Array.from(emoji)[0] ?? ""),
    )
    .replaceAll(/\s+/g, " ")
    .replaceAll(INVISIBLE, "");
  const characters = charactersOf(plainForms(visible, isCovered));
  const missing = characters.filter((character) => !isCovered(character));
  const isLeftOut = missing.some((character) => !ORNAMENT.test(character));
  const kept = characters.filter(isCovered).join("").replaceAll(/\s+/g, " ").trim();
  return {
    // In Chinese type an apostrophe is a quotation mark, too wide for McDonald’s.
    text: isLeftOut ? "" : HAN_OR_KANA.test(kept) ? kept.replaceAll(APOSTROPHE, "'") : kept,
    missing,
    isLeftOut,
  };
}

/** What is drawn as one: a character and its accents. */
export function charactersOf(text: string): readonly string[] {
  return text.match(/\u20E3|[^\p{M}](?:(?!\u20E3)\p{M})*|\p{M}+/gu) ?? [];
}

/** A text with the plain form of what the type has not, where that says the same. */
function plainForms(text: string, isCovered: IsCovered): string {
  let plain = "";
  let before = "";
  let isBehindNumeral = false;
  for (const character of text) {
    const isFolded = OTHER_FORM.test(character) && !isCovered(character);
    const isNumeral = isFolded && NUMERAL.test(character);
    const shown = isFolded ? plainForm(character) : character;
    const isApart =
      (isNumeral && LETTER_OR_DIGIT.test(before)) ||
      (isBehindNumeral && BEGINS_LIKE_NUMERAL.test(shown) && LETTER_OR_DIGIT.test(before));
    plain += isApart ? ` ${shown}` : shown;
    before = shown;
    isBehindNumeral = isNumeral;
  }
  // ｶﾞ is two characters, and ガ is one.
  return plain.normalize("NFC");
}

function plainForm(character: string): string {
  return character
    .normalize("NFKC")
    .replaceAll(FRACTION_SLASH, "/")
    .replace(SQUARE_OR_CUBE, (digit) => SUPERSCRIPTS[digit] ?? digit);
}
