import type { Card } from "../../src/render/card.ts";
import type { IsCovered } from "./card-fonts.ts";
import { HAN_OR_KANA } from "../headline/text-width.ts";

/** A card whose text the fonts can draw. */
export interface DrawableCard {
  readonly card: Card;
  /** Characters that the fonts lack, each once. */
  readonly missing: readonly string[];
  /** The texts that the card does without for that, since a text with a letter missing may say something else. */
  readonly leftOut: readonly ("headline" | "note")[];
}

interface DrawableText {
  /** Empty if a letter is missing. */
  readonly text: string;
  readonly missing: readonly string[];
  readonly isLeftOut: boolean;
}

/** Characters that show nothing, or that would change the direction of the text: controls, joiners, direction marks. */
const INVISIBLE =
  /\p{Cc}|\u00AD|\u200B|\u200D|[\u202A-\u202E\u2060-\u206F]|\uFEFF|\p{Variation_Selector}|[\u{E0000}-\u{E007F}]/gu;
/** Emoji made of letters or digits, which are flags and keycaps. */
const SIGN = /[\p{Regional_Indicator}\u20E3]/u;
/** Characters without which a text says the same. */
const ORNAMENT = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20E3/u;
/** Characters whose plain form (NFKC) says the same: ／, ㍿, Ⅷ, compatibility ideographs. */
const OTHER_FORM =
  /[\u2150-\u218F\u3300-\u33FF\uF900-\uFAFF\uFB00-\uFB06\uFF00-\uFFEF\u{2F800}-\u{2FA1F}]/u;
/** The slash in the plain form of ⅓, which is to be 1/3. */
const FRACTION_SLASH = /\u2044/g;
/** The digit in the plain form of a unit: ㎥ becomes m3, but has to be m³. */
const SQUARE_OR_CUBE = /(?<=^\p{Ll}+(?:∕s)?)[23]$/u;
const SUPERSCRIPTS: Readonly<Record<string, string>> = { 2: "²", 3: "³" };
/** Numerals whose plain form needs a blank beside letters and digits: ⅠⅡ is not III, AⅠ is not AI, 2⅓ is not 21/3. */
const NUMERAL = /[\u2150-\u218F\u3358-\u3370\u33E0-\u33FE]/u;
const LETTER_OR_DIGIT = /[\p{Script=Latin}\p{Nd}]$/u;
const BEGINS_LIKE_NUMERAL = /^(?:\p{Nd}|[IVXLCDMivxlcdm])/u;
const APOSTROPHE = /(?<=\p{Script=Latin})’(?=\p{Script=Latin})/gu;

/**
 * Takes out of a card what would be drawn as an empty box. If the fonts lack a letter of the headline, the site's name
 * replaces the headline, and a note that lacks a letter is left out. Emoji and other ornaments are just dropped.
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
    // Only the first of a sequence of emoji is kept, so that no ♀ is left over as text.
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
    // The apostrophe of a Chinese type is as wide as a Han character, too wide for McDonald’s.
    text: isLeftOut ? "" : HAN_OR_KANA.test(kept) ? kept.replaceAll(APOSTROPHE, "'") : kept,
    missing,
    isLeftOut,
  };
}

/** The characters of a text, each with its accents, as they are drawn. */
export function charactersOf(text: string): readonly string[] {
  return text.match(/\u20E3|[^\p{M}](?:(?!\u20E3)\p{M})*|\p{M}+/gu) ?? [];
}

/** Replaces characters that the fonts lack by their plain form, where that says the same. */
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
  // The plain form of ｶﾞ is two characters, which NFC joins to ガ.
  return plain.normalize("NFC");
}

function plainForm(character: string): string {
  return character
    .normalize("NFKC")
    .replaceAll(FRACTION_SLASH, "/")
    .replace(SQUARE_OR_CUBE, (digit) => SUPERSCRIPTS[digit] ?? digit);
}
