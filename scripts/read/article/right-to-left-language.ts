import { directionOf } from "../../../src/render/direction.ts";

/** Fewer letters than in a short headline do not tell the language. */
const FEWEST_LETTERS = 8;
/** Unicode blocks and high surrogates that hold all Arabic and Hebrew letters and little else; ten times as fast to search for. */
const RIGHT_TO_LEFT_BLOCKS = /[\u0590-\u08FF\uFB1D-\uFEFF\uD803\uD83B]/;

/** The language of a right-to-left article on a left-to-right site; null for all others. */
export function languageAgainstSite(html: string, siteLanguage: string): string | null {
  // Nearly every article ends here, so this test has to be fast.
  if (directionOf(siteLanguage) === "rtl" || !mayRunRightToLeft(html)) return null;
  return rightToLeftLanguage(html.replaceAll(/<[^>]*>/g, " "));
}

/** Whether a text may hold a right-to-left letter; a few other characters count too. */
export function mayRunRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT_BLOCKS.test(text);
}

/**
 * Guesses the language of a right-to-left text from its letters; null for all other texts. Articles that do not name
 * their language need it, since a page of the wrong direction makes them unreadable.
 */
export function rightToLeftLanguage(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const hebrew = text.match(/\p{Script=Hebrew}/gu)?.length ?? 0;
  if (letters < FEWEST_LETTERS || Math.max(arabic, hebrew) * 2 <= letters) return null;
  if (hebrew > arabic) return "he";
  // These four letters are in Persian but not in Arabic.
  return /[پچژگ]/u.test(text) ? "fa" : "ar";
}
