/**
 * Characters outside `Char` of XML 1.0, section 2.2, such as lone surrogates, and the control characters that HTML
 * forbids although XML does not (U+007F to U+009F). With the `u` flag a surrogate pair is one character, so only lone
 * ones match.
 */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/**
 * Matches all of the above and every surrogate. Without the `u` flag it is many times faster, and most texts have no
 * match.
 */
const SUSPECT = /[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd]/;

/** One forbidden character in a text. */
export interface ForbiddenCharacter {
  /** The code point, as `U+000B`. */
  readonly name: string;
  /** Index in UTF-16 units. */
  readonly index: number;
}

/** Every character of `text` that no feed or page may hold, in order. */
export function forbiddenCharacters(text: string): readonly ForbiddenCharacter[] {
  if (!SUSPECT.test(text)) return [];
  return Array.from(text.matchAll(FORBIDDEN), ({ 0: character, index }) => ({
    name: `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
    index,
  }));
}

/** `text` without its forbidden characters. */
export function withoutForbiddenCharacters(text: string): string {
  return SUSPECT.test(text) ? text.replaceAll(FORBIDDEN, "") : text;
}
