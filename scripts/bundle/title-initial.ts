/** What a title is looked up by in a list in alphabetical order. */
export interface TitleInitial {
  /** A letter, the first of a row of kana, the first consonant of a Hangul syllable, `漢` or `#`. */
  readonly initial: string;
  /** What titles of one initial are ordered by. */
  readonly reading: string;
}

/** Gives the pinyin of a text without tones, its syllables with blanks between. */
export type PinyinOf = (text: string) => string;

/** Titles that begin with neither letter nor figure, and those that begin with a figure. */
const NO_LETTER = "#";
/** Han characters where their reading is not known, as in Japanese. */
const HAN = "漢";

const KANA_ROWS = Array.from("あかさたなはまやらわ");
const FIRST_HANGUL_SYLLABLE = 0xac_00;
const SYLLABLES_PER_CONSONANT = 588;
/** The consonants with which a syllable can begin, doubled ones as their single ones. */
const HANGUL_CONSONANTS = Array.from("ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ");
/** The distance of a katakana from its hiragana. */
const KATAKANA_OFFSET = 0x60;

/**
 * Finds the initial of a title: of Chinese by its pinyin, of other scripts by their first letter.
 *
 * @param language a BCP 47 tag, by which Han characters are read
 */
export function titleInitial(title: string, language: string, pinyinOf: PinyinOf): TitleInitial {
  const text = title.normalize("NFKC").replace(/^[^\p{L}\p{N}]+/u, "");
  const [first = ""] = text;
  if (/\p{Script=Han}/u.test(first)) {
    if (/^(?:ja|ko)\b/.test(language)) return { initial: HAN, reading: text };
    const reading = pinyinOf(text).toLowerCase();
    return { initial: latinInitial(reading), reading };
  }
  return { initial: initialOf(first), reading: text.toLowerCase() };
}

function initialOf(first: string): string {
  const code = first.codePointAt(0) ?? 0;
  if (/\p{Script=Hangul}/u.test(first)) {
    const consonant = Math.floor((code - FIRST_HANGUL_SYLLABLE) / SYLLABLES_PER_CONSONANT);
    return HANGUL_CONSONANTS[consonant] ?? first;
  }
  if (/\p{Script=Katakana}/u.test(first)) return kanaRow(code - KATAKANA_OFFSET);
  if (/\p{Script=Hiragana}/u.test(first)) return kanaRow(code);
  return /\p{L}/u.test(first) ? latinInitial(first) : NO_LETTER;
}

/** A letter as a capital without accents. */
function latinInitial(text: string): string {
  const [letter = ""] = text.normalize("NFD").toUpperCase();
  return /\p{L}/u.test(letter) ? letter : NO_LETTER;
}

/** The first of the row of a hiragana; small and voiced ones lie in their rows. */
function kanaRow(code: number): string {
  return KANA_ROWS.findLast((start) => (start.codePointAt(0) ?? 0) <= code) ?? "あ";
}

/** Latin letters first, then others, then what has no letter. */
export function compareInitials(a: string, b: string): number {
  const rank = (initial: string): number =>
    initial === NO_LETTER ? 3 : initial === HAN ? 2 : Number(initial > "Z");
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b));
}
