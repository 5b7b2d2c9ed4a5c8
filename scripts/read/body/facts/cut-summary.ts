/** The room of a preview card in characters, for scripts in which one is a word or a syllable. */
const CHINESE_CHARACTERS = { least: 70, most: 110 };
/** The same room for scripts with letters. */
const LETTERS = { least: 140, most: 200 };
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const SENTENCE_END = /[。！？!?؟।]+[”’」』）)"»]*|\.["”’)»]*(?=\s|$)/gu;
const CLAUSE_END = /[，、；：,;:،؛\s—]/gu;
/** Texts in which each UTF-16 unit is a whole grapheme: Latin letters, punctuation, Chinese and Japanese. */
const SIMPLE =
  /^[\u0020-\u02FF\u2010-\u2027\u3000-\u3029\u3030-\u3098\u309B-\u9FFF\uFF00-\uFF9D]*$/;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * The beginning of a text for lists and previews. A short text is returned whole; others are cut to 110 Chinese
 * characters or 200 letters at the end of a sentence, else at a comma or blank with `…` behind it.
 *
 * @param text plain text without line ends
 */
export function cutSummary(text: string): string {
  const { most } = limits(text);
  if (text.length <= most) return text;
  const head = graphemeHead(text, most);
  const sentence = lastEnd(head.length < text.length ? text : head, SENTENCE_END, head.length);
  // If whole sentences would leave half of the room empty, a part of the next one is shown too.
  if (sentence >= most / 2) return text.slice(0, sentence);
  const short = graphemeHead(text, most - 1);
  const clause = lastEnd(short, CLAUSE_END, short.length);
  const cut = clause >= most / 2 ? short.slice(0, clause) : short;
  return `${cut.replace(/[，、；：,;:،؛\s—]+$/u, "")}…`;
}

/** Whether a text is long enough to be a summary by itself. */
export function isLongEnough(text: string): boolean {
  return text.length >= limits(text).least;
}

function limits(text: string): { readonly least: number; readonly most: number } {
  const sample = text.slice(0, LETTERS.most);
  const enough = sample.length / 3;
  const isWide = commonChinese(sample) >= enough || (sample.match(WIDE)?.length ?? 0) >= enough;
  return isWide ? CHINESE_CHARACTERS : LETTERS;
}

/** Counts most of the characters that `WIDE` matches in Chinese text, in a tenth of the time. */
function commonChinese(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= FIRST_CHINESE && unit <= LAST_CHINESE) count += 1;
  }
  return count;
}

const FIRST_CHINESE = 0x4e_00;
const LAST_CHINESE = 0x9f_ff;

/** The end of the last match that lies within the first `most` UTF-16 units; 0 if there is none. */
function lastEnd(text: string, pattern: RegExp, most: number): number {
  let end = 0;
  for (const { 0: mark, index } of text.matchAll(pattern)) {
    if (index + mark.length > most) break;
    end = index + mark.length;
  }
  return end;
}

/** The first whole graphemes of a text, at most `units` UTF-16 units. */
function graphemeHead(text: string, units: number): string {
  if (SIMPLE.test(text.slice(0, units + 1))) return text.slice(0, units);
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, units * 2))) {
    if (index + segment.length > units) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
