import { HAN_OR_KANA, textWidth } from "./text-width.ts";

/** A part of a headline that stays on one line. */
export interface Piece {
  readonly text: string;
  /** The width in ems; `blank` is the part of its trailing blanks, which vanish at the end of a line. */
  readonly width: number;
  readonly blank: number;
  /** What is drawn where a word is cut: a hyphen between letters, else nothing. Null where no word is cut. */
  readonly cutMark: "" | typeof HYPHEN | null;
  /** The cost of ending a line behind it: 0 between phrases, about 1 between two words. */
  readonly breakCost: number;
}

/** A way to break pieces into lines. */
export interface Layout {
  readonly cost: number;
  /** For each line, how many pieces there are up to its end. */
  readonly ends: readonly number[];
}

const OPENING = /(?:[“‘「『（《〈【〔([{«]|(?:^|\s)[—–-]+)$/u;
const CLOSING = /^[”’」』）》〉】〕)\]}»、，。；：！？,.;:!?؟،؛％%℃…—·～ー]/u;
/** Ends with punctuation, or with a closing quotation mark and a blank: a phrase ends there. */
const ENDS_PHRASE = /[，。；：！？,;:!?—…؟،؛][”’」』）》〉】〕)\]»]*\s*$|[”’」』）》〉】〕]\s+$/u;
const BEFORE_BLANK = /(?:[^\s!-~]|[%)])\s+$/u;
const BEGINS_LATIN = /^[!-~]/;
const BEGINS_LATIN_WORD = /^[\dA-Za-z]/;
const ENDS_LATIN = /[\dA-Za-z]$/;
/** U+02BC, which Unicode counts as a letter, so that no word is cut there. */
const APOSTROPHE = "ʼ";
const AMPERSAND = /^[&+]$/;
const BEGINS_QUOTATION = /^[“‘「『（《〈【〔([{«]/u;
const ENDS_QUOTATION = /[”’」』）》〉】〕»]$/u;
const BEGINS_HAN = new RegExp(`^${HAN_OR_KANA.source}`, "u");
const ENDS_HAN = new RegExp(`${HAN_OR_KANA.source}\\s*$`, "u");

/** Words that begin a phrase: a line ends before them rather than behind them. */
const BEGINS_PHRASE =
  /^(?:[在和与及或把被从向对将让给为以到至由因且并而用去就是昨今明]|[今昨明当][日天晚早夜年晨]|如何|为何|为什么|怎么|终于|重新|正式|已经|可以|没有)$/u;
/** No word of `BEGINS_PHRASE` has more characters: to look at a length takes less than to match. */
const LONGEST_OPENING = 3;
/** Characters that belong to the word behind them. */
const PREFIX = /^[第新老小大不每这那旧各再又最很未首总副]$/u;
/** Characters that belong to the word before them. */
const SUFFIX = /^[的了着们吗呢吧啊儿者员家馆里中时起前后内间边旁]$/u;
/** Characters that end a longer word, as in 时刻表 and 委员会. */
const LAST_SYLLABLE = /^[会表区站部局厅院校队组展节率段线路桥店铺城]$/u;
/** Verbs that stay with the verb before them, as in 演给 and 打到. */
const COMPLEMENT = /^[给到在为以]$/u;
/** A month or week in two segments, such as 下|月. */
const MONTH = /^[上下今昨明本][月周年季]/u;
const MONTH_ENDS = "月周年季";
const COUNT = /[一二三四五六七八九十百千万亿两几零〇]$/u;
const BEGINS_WITH_COUNT = /^[一二三四五六七八九十百千万亿两几零〇]/u;
/** Units that stay with the number before them, as in 3小时. */
const UNIT =
  /^(?:.|小时|分钟|公里|公斤|千米|厘米|毫米|平方米|个月|周年|年代|世纪|万元|亿元|美元|人次)$/u;
/** Ends with a number and perhaps its measure word (十条, 第一); the noun follows. */
const ENDS_WITH_COUNT = /[一二三四五六七八九十百千万亿两几〇]\p{Script=Han}?$/u;
const SINGLE = /^\p{Script=Han}$/u;
const HIRAGANA = /^\p{Script=Hiragana}+$/u;

/** About how many characters fit a line of the largest type. */
const LONGEST_WHOLE = 8;
const NEVER = Infinity;
const MOST_COST = 2.5;
const INSIDE_QUOTES_COST = 0.7;

/** A longer title is an article's text by mistake; segmenting it all would take minutes. */
export const MOST_CHARACTERS = 240;

const words = new Intl.Segmenter("zh-CN", { granularity: "word" });

/**
 * Splits a headline into parts between which a line may end, each with its cost. Segmentation leaves many single
 * characters (鹭|岛|图书|馆, 二|十七|种), which rules of thumb join: most Chinese words have two characters.
 *
 * @param longest the width of a line in ems; a longer word is cut
 */
export function breakOpportunities(headline: string, longest: number): readonly Piece[] {
  // Straight quotes are replaced, in a copy of equal length, by curly ones, which say whether they open or close.
  const shadow = curlQuotes(headline);
  const segments = segmentsOf(shadow);
  const pieces: Piece[] = [];
  let from = 0;
  let to = 0;
  let depth = 0;
  for (const [index, segment] of segments.entries()) {
    to += segment.length;
    depth += nesting(segment);
    const breakCost =
      index + 1 === segments.length ? 0 : costBehind(segments, index, shadow.slice(from, to));
    if (breakCost === NEVER) continue;
    const cost = breakCost + (depth > 0 ? INSIDE_QUOTES_COST : 0);
    pieces.push(...cut(headline.slice(from, to), longest, cost));
    from = to;
  }
  return pieces;
}

/** The words and marks of a text. Asking for each by its place takes two thirds of the time that iterating takes. */
function segmentsOf(text: string): readonly string[] {
  const found = words.segment(text);
  const segments: string[] = [];
  for (let index = 0; index < text.length;) {
    const segment = found.containing(index)?.segment ?? text.slice(index);
    segments.push(segment);
    index += segment.length;
  }
  return segments;
}

/**
 * A break between two ordinary words costs 1; all costs were judged by eye on headlines.
 *
 * @param part the text that would stay together, up to and with the segment at `index`
 */
function costBehind(segments: readonly string[], index: number, part: string): number {
  const after = segments[index + 1] ?? "";
  // Nearly all is so, and then nothing of what follows applies but this.
  if (isCommonHan(part.charCodeAt(part.length - 1)) && isCommonHan(after.charCodeAt(0))) {
    return after.length === 1 && SUFFIX.test(after) ? NEVER : costOfHan(segments, index, part);
  }
  if (/^\s/.test(after) || OPENING.test(part) || AMPERSAND.test(after)) return NEVER;
  // A dash behind a blank belongs to the text after it, so a line may end before it.
  if (CLOSING.test(after) && !(/\s$/.test(part) && /^[—–-]/.test(after))) return NEVER;
  if (/[!-~][,.:;!?]$|[&+]\s*$/.test(part) && BEGINS_LATIN.test(after)) return NEVER;
  if (ENDS_PHRASE.test(part)) return 0;
  if (part.endsWith("、")) return 0.2;
  if (ENDS_QUOTATION.test(part)) return BEGINS_QUOTATION.test(after) ? 0.3 : 0.7;

  if (SUFFIX.test(after) && !/\s$/.test(part)) return NEVER;
  const isHanBefore = ENDS_HAN.test(part);
  const isHanAfter = BEGINS_HAN.test(after);
  if (/\s$/.test(part)) {
    if (!isHanBefore && !isHanAfter) return 0.6;
    return BEFORE_BLANK.test(part) && !BEGINS_LATIN.test(after) ? 0 : 0.9;
  }
  // Latin letters, digits and signs without a blank between them are one word: `R&D`, `3.5`, `don't`.
  if (!isHanAfter && !isHanBefore) return NEVER;
  if (/\d$/.test(part) && UNIT.test(after)) return NEVER;
  if (/\d[年月比]$/.test(part) && /^\d/.test(after)) return NEVER;
  if (!isHanAfter) return singlesFrom(segments, index, -1) % 2 === 0 ? 0.8 : 1.6;
  if (!isHanBefore) return singlesFrom(segments, index + 1, 1) % 2 === 0 ? 0.9 : 1.6;
  return costOfHan(segments, index, part);
}

function isCommonHan(unit: number): boolean {
  return unit >= 0x4e_00 && unit <= 0x9f_ff;
}

/** The cost of a break between two Chinese or Japanese words, which may not be longer together than a line. */
function costOfHan(segments: readonly string[], index: number, part: string): number {
  const cost = costBetween(segments, index, part);
  const length = part.length + (segments[index + 1] ?? "").length;
  return length > LONGEST_WHOLE ? Math.min(MOST_COST, cost) : cost;
}

/** The cost of a break between two Chinese or Japanese words. */
function costBetween(segments: readonly string[], index: number, part: string): number {
  const before = segments[index] ?? "";
  const after = segments[index + 1] ?? "";
  const isOneBefore = before.length <= 2 && SINGLE.test(before);
  const isOneAfter = after.length <= 2 && SINGLE.test(after);
  if (before.length === 1 && PREFIX.test(before)) return NEVER;
  if (MONTH_ENDS.includes(after.charAt(0)) && MONTH.test(part.slice(-1) + after)) return NEVER;
  if (!isCommonHan(after.charCodeAt(0)) && HIRAGANA.test(after)) return 2;
  const isNumber = isOneBefore || isOneAfter || BEGINS_WITH_COUNT.test(after);
  if (isNumber && COUNT.test(part)) return NEVER;
  if (before.length <= LONGEST_OPENING && BEGINS_PHRASE.test(before)) return MOST_COST;
  if (after.length <= LONGEST_OPENING && BEGINS_PHRASE.test(after)) {
    const isComplement = isOneBefore && COMPLEMENT.test(after) && !LAST_SYLLABLE.test(before);
    return isComplement ? 1.4 : 0.6;
  }
  if (before.length === 1 && SUFFIX.test(before)) return /[着了]/u.test(before) ? 1.2 : 0.9;

  if (ENDS_WITH_COUNT.test(part.slice(-3)) && (isOneBefore || COUNT.test(part))) {
    return isOneAfter ? 2.2 : 1.5;
  }
  // Single characters in a row are read as two-character words.
  const runBefore = singlesFrom(segments, index, -1);
  if (LAST_SYLLABLE.test(after) && runBefore % 2 === 0) return NEVER;
  // A one-character verb stays with the count after it (搭|一架).
  if (isOneBefore && BEGINS_WITH_COUNT.test(after)) return 2;
  if (isOneBefore && isOneAfter) return runBefore % 2 === 0 ? 0.9 : 2.2;
  if (isOneAfter && singlesFrom(segments, index + 1, 1) > 1) return 1;
  if (isOneAfter) return BEGINS_WITH_COUNT.test(segments[index + 2] ?? "") ? 0.9 : 2;
  if (!isOneBefore || runBefore % 2 === 0) return 1;
  // The odd character left over may belong to either side.
  return LAST_SYLLABLE.test(before) ? 1 : 1.8;
}

/** How many single characters stand in a row from this segment on, forwards or backwards. */
function singlesFrom(segments: readonly string[], index: number, step: 1 | -1): number {
  let count = 0;
  while (isLoose(segments[index + step * count])) count += 1;
  return count;
}

/** Each single character is asked about many times; there are only so many. */
const looseness = new Map<string, boolean>();

function isLoose(segment: string | undefined): boolean {
  // A character may be two units.
  if (segment === undefined || segment.length > 2) return false;
  const known = looseness.get(segment);
  if (known !== undefined) return known;
  const isOne = isLooseCharacter(segment);
  if (looseness.size < MOST_KNOWN) looseness.set(segment, isOne);
  return isOne;
}

/** More are not kept. */
const MOST_KNOWN = 20_000;

function isLooseCharacter(segment: string): boolean {
  return (
    SINGLE.test(segment) &&
    !COUNT.test(segment) &&
    !BEGINS_PHRASE.test(segment) &&
    !SUFFIX.test(segment) &&
    !PREFIX.test(segment)
  );
}

const NESTING: ReadonlyMap<string, number> = new Map([
  ...Array.from("“「『（《〈【〔([", (mark) => [mark, 1] as const),
  ...Array.from("”」』）》〉】〕)]", (mark) => [mark, -1] as const),
]);

/** How much a segment changes the depth of quotation. */
function nesting(segment: string): number {
  let depth = 0;
  for (const mark of segment) depth += NESTING.get(mark) ?? 0;
  return depth;
}

/** Replaces straight quotes by curly ones; one without a partner becomes an apostrophe (`Teachers' union`, `12"`). */
function curlQuotes(text: string): string {
  if (!text.includes('"') && !text.includes("'")) return text;
  const opened = new Set<string>();
  return text.replaceAll(/"|(?<![\p{L}\p{N}])'|'(?![\p{L}\p{N}])/gu, (mark, at: number) => {
    const before = text.slice(0, at);
    const after = text.slice(at + 1);
    if (opened.has(mark) && /\S$/.test(before)) {
      opened.delete(mark);
      return mark === '"' ? "”" : "’";
    }
    const isInsideWord = ENDS_LATIN.test(before) && BEGINS_LATIN_WORD.test(after);
    if (isInsideWord || !/^\S/.test(after) || !after.includes(mark)) return APOSTROPHE;
    opened.add(mark);
    return mark === '"' ? "“" : "‘";
  });
}

const HYPHEN = "-";
const HYPHENATED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** Cuts a word that is longer than a line into parts that fit. */
function cut(text: string, longest: number, breakCost: number): readonly Piece[] {
  const width = textWidth(text);
  if (width <= longest) return [pieceOf(text, breakCost, width)];
  const parts: Piece[] = [];
  let part = "";
  const characters = Array.from(text);
  for (const [index, character] of characters.entries()) {
    if (part !== "" && textWidth(part + character.trimEnd()) > longest) {
      const before = characters[index - 1] ?? "";
      // A hyphen drawn in an address or a hyphenated name would read as a part of it.
      const isHyphenated =
        HYPHENATED.test(before) && HYPHENATED.test(character) && !/[-/.@]/.test(text.trimEnd());
      const kept = isHyphenated ? withRoomForHyphen(part, longest) : part;
      parts.push({ ...pieceOf(kept, MOST_COST), cutMark: isHyphenated ? HYPHEN : "" });
      part = part.slice(kept.length);
    }
    part += character;
  }
  return [...parts, pieceOf(part, breakCost)];
}

function withRoomForHyphen(part: string, longest: number): string {
  const kept = Array.from(part);
  while (kept.length > 1 && textWidth(kept.join("") + HYPHEN) > longest) kept.pop();
  return kept.join("");
}

function pieceOf(text: string, breakCost: number, width = textWidth(text)): Piece {
  const blank = textWidth(text.slice(text.trimEnd().length));
  return { text, width, blank, cutMark: null, breakCost };
}
