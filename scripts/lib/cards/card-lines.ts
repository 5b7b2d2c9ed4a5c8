/** How a headline is set. */
export interface CardLines {
  readonly lines: readonly string[];
  /** CSS pixels. */
  readonly fontSize: number;
}

/** Inside the middle square, which is all that WeChat, QQ and WhatsApp show. */
export const LINE_WIDTH = 600;
const TEXT_HEIGHT = 380;
const LINE_HEIGHT = 1.35;
const FONT_SIZES = [88, 76, 66, 58, 50, 44] as const;
const SMALLEST_FONT_SIZE = 44;

/** Of an em; digits and Latin letters of the type are about half as wide as a Han character. */
const NARROW_WIDTH = 0.56;

/** What it costs to end a line between words, against the squared empty share of a line. */
const WORD_BREAK_COST = 0.6;
/** How much smaller the type may be for lines that are whole phrases. */
const PHRASE_TYPE_SHARE = 0.6;

const OPENING = /[“‘「『（《〈【〔([]$/u;
const CLOSING = /^[”’」』）》〉】〕)\]、，。；：！？,.;:!?％%…—·～]/u;
/** The newspaper's blank, or punctuation. A blank beside a Latin word only separates words. */
const ENDS_PHRASE = /[^!-~\s]\s+$|[、，。；：！？,;:!?—…”’」』）》〉】〕]\s*$/u;

interface Piece {
  readonly text: string;
  /** Ems. */
  readonly width: number;
  /** Ems of the blanks at its end, which vanish where a line ends. */
  readonly blank: number;
  /** Of ending a line behind it. */
  readonly breakCost: number;
}

/** A line has room for about so many in the largest type. */
const LONGEST_WHOLE = 8;
const BEGINS_PHRASE = /^[在和与及或把被从向对将让给为以是不老小大新旧每这那第]$/u;
const COUNT = /[一二三四五六七八九十百千万亿两几零〇]$/u;

const words = new Intl.Segmenter("zh-CN", { granularity: "word" });

/**
 * Breaks a headline where a reader would: between phrases, at the newspaper's blank and behind punctuation, where that
 * does not make the type much smaller; else between words, never inside one. Lines are of about one length, in the largest
 * type that fits. What does not fit is cut off with `…`.
 */
export function cardLines(headline: string): CardLines {
  const pieces = piecesOf(headline);
  const byWords = largestLines(pieces);
  if (byWords === null) {
    const shorter = withoutLastCharacter(headline.replace(/…$/, ""));
    return shorter === ""
      ? { lines: [headline], fontSize: SMALLEST_FONT_SIZE }
      : cardLines(`${withoutLastCharacter(shorter).trimEnd()}…`);
  }
  const byPhrases = largestLines(phrasesOf(pieces));
  return byPhrases !== null &&
    byPhrases.lines.length > 1 &&
    byPhrases.fontSize >= byWords.fontSize * PHRASE_TYPE_SHARE
    ? byPhrases
    : byWords;
}

/** Null where the pieces do not fit in any size. */
function largestLines(pieces: readonly Piece[]): CardLines | null {
  for (const fontSize of FONT_SIZES) {
    const mostLines = Math.floor(TEXT_HEIGHT / (fontSize * LINE_HEIGHT));
    const lines = breakIntoLines(pieces, LINE_WIDTH / fontSize, mostLines);
    if (lines !== null) return { lines, fontSize };
  }
  return null;
}

/** Pieces up to where a line may end without a cost. */
function phrasesOf(pieces: readonly Piece[]): readonly Piece[] {
  const phrases: Piece[] = [];
  let start = true;
  for (const piece of pieces) {
    const last = phrases.at(-1);
    if (start || last === undefined) phrases.push(piece);
    else {
      const { blank, breakCost } = piece;
      phrases[phrases.length - 1] = {
        text: last.text + piece.text,
        width: last.width + piece.width,
        blank,
        breakCost,
      };
    }
    start = piece.breakCost === 0;
  }
  return phrases;
}

function withoutLastCharacter(text: string): string {
  return text.replace(/.$/su, "");
}

function piecesOf(headline: string): readonly Piece[] {
  const texts: string[] = [];
  for (const { segment } of words.segment(headline)) {
    const last = texts.at(-1);
    const isGlued =
      last !== undefined &&
      (segment.trim() === "" ||
        OPENING.test(last) ||
        CLOSING.test(segment) ||
        isInsideWord(last, segment) ||
        isChineseWhole(last, segment));
    if (isGlued) texts[texts.length - 1] = last + segment;
    else texts.push(segment);
  }
  return texts.flatMap(splitLong).map((text) => {
    const blank = widthOf(/\s*$/.exec(text)?.[0] ?? "");
    const breakCost = ENDS_PHRASE.test(text) ? 0 : WORD_BREAK_COST;
    return { text, width: widthOf(text), blank, breakCost };
  });
}

/** A word that is longer than a line of the smallest type, in parts that fit. */
function splitLong(text: string): readonly string[] {
  const most = LINE_WIDTH / SMALLEST_FONT_SIZE;
  const parts: string[] = [];
  let part = "";
  for (const character of text) {
    if (part !== "" && widthOf(part + character.trimEnd()) > most) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part];
}

/** `R&D`, `3.5`, `don't`: no blank between narrow characters means one word. */
function isInsideWord(before: string, after: string): boolean {
  return /[!-~]$/.test(before) && /^[!-~]/.test(after);
}

/**
 * Segmentation leaves endings and counts alone (记账|员, 十八|岁, 二|十七|种). A single character belongs to what stands before
 * it, but for those that begin a phrase (在, 与, 老), which belong to what follows.
 */
function isChineseWhole(before: string, after: string): boolean {
  if (before.length + after.length > LONGEST_WHOLE) return false;
  if (!/\p{Script=Han}$/u.test(before) || !/^\p{Script=Han}/u.test(after)) return false;
  if (BEGINS_PHRASE.test(after)) return false;
  const isOne = (text: string): boolean => /^\p{Script=Han}$/u.test(text);
  return isOne(after) || BEGINS_PHRASE.test(before) || (COUNT.test(before) && COUNT.test(after));
}

/** Ems. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += /[\u2E80-\uFFEF\u{20000}-\u{3FFFF}“”‘’…—]/u.test(character) ? 1 : NARROW_WIDTH;
  }
  return width;
}

/** The cheapest breaks; null where the pieces do not fit. */
function breakIntoLines(
  pieces: readonly Piece[],
  lineWidth: number,
  mostLines: number,
): readonly string[] | null {
  const total = pieces.reduce((sum, { width }) => sum + width, 0);
  for (let count = Math.max(1, Math.ceil(total / lineWidth)); count <= mostLines; count += 1) {
    const lines = cheapestLines(pieces, lineWidth, count);
    if (lines !== null) return lines;
  }
  return null;
}

function cheapestLines(
  pieces: readonly Piece[],
  lineWidth: number,
  count: number,
): readonly string[] | null {
  type Layout = { readonly cost: number; readonly lines: readonly string[] } | null;
  const known = new Map<string, Layout>();
  const layOut = (start: number, left: number): Layout => {
    if (start === pieces.length) return left === 0 ? { cost: 0, lines: [] } : null;
    if (left === 0) return null;
    const key = `${start} ${left}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let best: Layout = null;
    let width = 0;
    for (let end = start; end < pieces.length; end += 1) {
      const piece = pieces[end];
      if (piece === undefined) break;
      width += piece.width;
      if (width - piece.blank > lineWidth) break;
      const rest = layOut(end + 1, left - 1);
      if (rest === null) continue;
      const breakCost = end + 1 === pieces.length ? 0 : piece.breakCost;
      const cost = (1 - (width - piece.blank) / lineWidth) ** 2 + breakCost + rest.cost;
      if (best === null || cost < best.cost) {
        const line = pieces
          .slice(start, end + 1)
          .map(({ text }) => text)
          .join("")
          .trim();
        best = { cost, lines: [line, ...rest.lines] };
      }
    }
    known.set(key, best);
    return best;
  };
  return layOut(0, count)?.lines ?? null;
}
