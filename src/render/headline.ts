import type { ArticleHeader } from "../domain/article.ts";
import { Markup, markup } from "./markup.ts";

/** Han characters that fit on a line of a page's headline on the narrowest phone (320 CSS pixels). */
export const PAGE_LINE_CHARACTERS = 10;
/** The same for a headline in a list. */
const LIST_LINE_CHARACTERS = 14;

const WORD_JOINER = "\u2060";

/** The width of a Latin letter or a digit, in Han characters. */
const LATIN_WIDTH = 0.62;
/** A phrase of a headline, with its opening and closing punctuation. */
const PHRASE =
  /[“‘「『（《〈【〔]*[^\s，。；：！？、—…“‘「『（《〈【〔”’」』）》〉】〕]*[”’」』）》〉】〕，。；：！？、—…]*/gu;

/** The headline of a page. It breaks between its phrases, or between words where a phrase is too long for a line. */
export function renderHeadline({
  title,
  titleBreaks,
}: Pick<ArticleHeader, "title" | "titleBreaks">): Markup {
  if (titleBreaks.length === 0) {
    return markup`<h1${phraseClass(title, PAGE_LINE_CHARACTERS)}>${withWholeScores(title)}</h1>`;
  }
  const parts = [0, ...titleBreaks].map((start, index) => {
    const part = withWholeScores(title.slice(start, titleBreaks[index]));
    return markup`${part}`.html;
  });
  return Markup.trusted(`<h1 class="keep">${parts.join("<wbr>")}</h1>`);
}

/**
 * Puts a word joiner between a hyphen and a digit, where browsers would break `3-2`, `2026-27` and `F-16` (UAX #14,
 * LB11).
 */
function withWholeScores(text: string): string {
  return text.replaceAll(/(?<=[\p{L}\p{N}][-–])(?=\p{N})/gu, WORD_JOINER);
}

/**
 * The class attribute of a headline that should break only between its phrases. Chinese newspapers separate the phrases
 * of a headline by blanks and punctuation; where every phrase fits on a line, no word needs to be broken.
 *
 * @param lineCharacters Han characters that fit on a line; the default is for headlines in lists
 */
export function phraseClass(title: string, lineCharacters = LIST_LINE_CHARACTERS): Markup | null {
  const phrases = headlinePhrases(title);
  const hasShortPhrases =
    phrases.length > 1 && phrases.every((phrase) => headlineWidth(phrase) <= lineCharacters);
  return hasShortPhrases ? markup` class="keep"` : null;
}

/**
 * The parts of a headline that no browser breaks where words are kept whole: from one blank or full-width sign to the
 * next. A colon or a point between digits is no place to break (98:101).
 */
export function headlinePhrases(title: string): readonly string[] {
  return title.match(PHRASE)?.filter((phrase) => phrase !== "") ?? [];
}

/**
 * An upper bound of a text's width in Han characters. The font is the reader's choice, and in most fonts signs are as
 * wide as characters.
 */
export function headlineWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[!-~]/.test(character) ? LATIN_WIDTH : 1;
  return width;
}
