import { directionOf } from "../../../src/render/direction.ts";

/** Letters enough to go by: a short headline. */
const FEWEST_LETTERS = 8;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** Blocks and first halves of pairs that hold all such letters, and little else: found ten times sooner. */
const RIGHT_TO_LEFT_BLOCKS = /[\u0590-\u08FF\uFB1D-\uFEFF\uD803\uD83B]/;

/** The language of an article that runs against the direction of its site; null for all others. */
export function languageAgainstSite(html: string, siteLanguage: string): string | null {
  // Nearly every article ends here.
  if (directionOf(siteLanguage) === "rtl" || !mayRunRightToLeft(html)) return null;
  return rightToLeftLanguage(html.replaceAll(/<[^>]*>/g, " "));
}

/** Whether a text holds any letter that is written from right to left; now and then another character counts too. */
export function mayRunRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT_BLOCKS.test(text);
}

/**
 * The language of a text that is written from right to left, told by its letters; null for all other texts. It is for
 * articles that do not name their language: in a page of the wrong direction they cannot be read.
 */
export function rightToLeftLanguage(text: string): string | null {
  if (!RIGHT_TO_LEFT.test(text)) return null;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const hebrew = text.match(/\p{Script=Hebrew}/gu)?.length ?? 0;
  if (letters < FEWEST_LETTERS || Math.max(arabic, hebrew) * 2 <= letters) return null;
  if (hebrew > arabic) return "he";
  // Four letters that Persian has and Arabic has not.
  return /[پچژگ]/u.test(text) ? "fa" : "ar";
}
