import { directionOf } from "../../../src/render/direction.ts";

/** Fewer letters than in a short headline do not tell the language. */
const FEWEST_LETTERS = 8;
/** Unicode blocks and high surrogates that hold all Arabic and Hebrew letters and little else; ten times as fast to search for. */
const RIGHT_TO_LEFT_BLOCKS = /[\u0590-\u08FF\uFB1D-\uFEFF\uD803\uD83B]/;

/** Code is written in Latin letters in every language. */
const CODE = /<(pre|code)\b[^>]*>.*?<\/\1>/gs;

const TAG = /<[^>]*>/g;

/** The language of an article that runs against its site's direction, from its title and sanitized HTML; null for all others. */
export function languageAgainstSite(
  title: string,
  html: string,
  siteLanguage: string,
): string | null {
  if (directionOf(siteLanguage) === "rtl") {
    return leftToRightLanguage(`${title} ${html.replaceAll(CODE, " ").replaceAll(TAG, " ")}`);
  }
  // Nearly every article ends here, so this test has to be fast.
  if (!mayRunRightToLeft(title) && !mayRunRightToLeft(html)) return null;
  return rightToLeftLanguage(`${title} ${html.replaceAll(TAG, " ")}`);
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

/** Of a text that runs from left to right at most one letter of so many runs the other way, as in a name. */
const LETTERS_FOR_EACH_AGAINST = 5;
/** Japanese has at least one kana among so many letters. */
const LETTERS_FOR_EACH_KANA = 20;
/** The language that is most often written in a script, whose direction at least is right. */
const LANGUAGE_OF_SCRIPT = [
  [/\p{Script=Latin}/gu, "en"],
  [/\p{Script=Han}/gu, "zh"],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, "ja"],
  [/\p{Script=Hangul}/gu, "ko"],
  [/\p{Script=Cyrillic}/gu, "ru"],
  [/\p{Script=Greek}/gu, "el"],
  [/\p{Script=Devanagari}/gu, "hi"],
] as const;

/** Guesses the language of a text with next to no right-to-left letters; null for all other texts. */
function leftToRightLanguage(text: string): string | null {
  const count = (letters: RegExp): number => text.match(letters)?.length ?? 0;
  const letters = count(/\p{L}/gu);
  const against = count(/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/gu);
  if (letters < FEWEST_LETTERS || against * LETTERS_FOR_EACH_AGAINST >= letters) return null;
  const scripts = LANGUAGE_OF_SCRIPT.map(([script, language]) => ({
    language,
    count: count(script),
  }));
  const kana = scripts.find(({ language }) => language === "ja")?.count ?? 0;
  if (kana * LETTERS_FOR_EACH_KANA >= letters) return "ja";
  const [most] = scripts.toSorted((one, other) => other.count - one.count);
  return most === undefined || most.count === 0 ? null : most.language;
}
