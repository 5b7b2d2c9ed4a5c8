import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** Han characters that fit a line on the narrowest phone (320 CSS pixels), in a page's headline and in a list's. */
export const PAGE_LINE_CHARACTERS = 10;
export const LIST_LINE_CHARACTERS = 14;

/**
 * The class attribute of a headline that should break only between its phrases. Chinese newspapers part the phrases of a
 * headline by blanks and punctuation; where every phrase fits a line, no word needs to be torn. `Intl.Segmenter` would find
 * words inside a phrase, but it costs a new isolate 20 ms of CPU and still takes 图书馆 apart: it is left to share cards,
 * which are drawn beforehand.
 */
export function phraseClass(title: string, lineCharacters: number): Markup | null {
  const phrases = title.split(/[\s\p{P}]+/u);
  const hasShortPhrases =
    phrases.length > 1 && phrases.every((phrase) => phrase.length <= lineCharacters);
  return hasShortPhrases ? markup` class="phrases"` : null;
}
