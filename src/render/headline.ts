import type { ArticleHeader } from "../domain/article.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** Han characters that fit a line on the narrowest phone (320 CSS pixels), in a page's headline and in a list's. */
export const PAGE_LINE_CHARACTERS = 10;
const LIST_LINE_CHARACTERS = 14;

const WORD_JOINER = "\u2060";

/** Of a Latin letter or a figure, in Han characters. */
const LATIN_WIDTH = 0.62;
/** With the signs that open it and those that close it. */
const PHRASE =
  /[“‘「『（《〈【〔]*[^\s，。；：！？、—…“‘「『（《〈【〔”’」』）》〉】〕]*[”’」』）》〉】〕，。；：！？、—…]*/gu;

/** The headline of a page, which breaks between its phrases, and where one is too long for a line between its words. */
export function renderHeadline({
  title,
  titleBreaks,
}: Pick<ArticleHeader, "title" | "titleBreaks">): Markup {
  if (titleBreaks.length === 0) {
    return markup`<h1${phraseClass(title, PAGE_LINE_CHARACTERS)}>${withWholeScores(title)}</h1>`;
  }
  const ends = [...titleBreaks.slice(1), title.length];
  const inner = titleBreaks.reduce(
    (before, start, index) =>
      markup`${before}<wbr>${withWholeScores(title.slice(start, ends[index]))}`,
    markup`${withWholeScores(title.slice(0, titleBreaks[0]))}`,
  );
  return markup`<h1 class="keep">${inner}</h1>`;
}

/** Browsers break behind a hyphen, also in `3-2`, `2026-27` and `F-16`, but not before a word joiner (UAX #14, LB11). */
function withWholeScores(text: string): string {
  return text.replaceAll(/(?<=[\p{L}\p{N}][-–])(?=\p{N})/gu, WORD_JOINER);
}

/**
 * The class attribute of a headline that should break only between its phrases. Chinese newspapers part the phrases of a
 * headline by blanks and punctuation; where every phrase fits a line, no word needs to be torn.
 *
 * @param lineCharacters Han characters that fit a line, where it is not one of a list
 */
export function phraseClass(title: string, lineCharacters = LIST_LINE_CHARACTERS): Markup | null {
  const phrases = headlinePhrases(title);
  const hasShortPhrases =
    phrases.length > 1 && phrases.every((phrase) => headlineWidth(phrase) <= lineCharacters);
  return hasShortPhrases ? markup` class="keep"` : null;
}

/**
 * What no browser breaks where words are kept whole: what stands between blanks, or from one full-width sign to the next.
 * A colon or a point between figures is no place to break (98:101).
 */
export function headlinePhrases(title: string): readonly string[] {
  return title.match(PHRASE)?.filter((phrase) => phrase !== "") ?? [];
}

/** At most so many Han characters wide: type is the reader's, and in most signs are as wide as characters. */
export function headlineWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[!-~]/.test(character) ? LATIN_WIDTH : 1;
  return width;
}
