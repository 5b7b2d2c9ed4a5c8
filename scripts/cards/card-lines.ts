import type { Layout, Piece } from "../headline/break-opportunities.ts";
import { MOST_CHARACTERS, breakOpportunities } from "../headline/break-opportunities.ts";
import { textWidth } from "../headline/text-width.ts";

/** The lines of a headline, and the size to set them in. */
export interface CardLines {
  readonly lines: readonly string[];
  /** CSS pixels. */
  readonly fontSize: number;
}

/** CSS pixels. Lines stay inside the middle square, which is all that WeChat, QQ and WhatsApp show of a card. */
export const LINE_WIDTH = 600;
/** As a multiple of the font size. */
export const LINE_HEIGHT = 1.3;
/** The height of all lines together, in CSS pixels. */
export const TEXT_HEIGHT = 350;
/** Font sizes in CSS pixels, each with the cost of setting a headline in it, on the scale of the costs of breaks. */
const FONT_SIZES = [
  [88, 0],
  [74, 0.3],
  [66, 0.9],
  [53, 2.2],
  [44, 3.4],
] as const;
const SMALLEST_FONT_SIZE = 44;
/** The width of a line in ems of the smallest font size. */
const LONGEST_LINE = LINE_WIDTH / SMALLEST_FONT_SIZE;
/** How many lines fit at most, in the smallest font size. */
const MOST_LINES = Math.floor(TEXT_HEIGHT / (SMALLEST_FONT_SIZE * LINE_HEIGHT));
/** A headline with no more characters, or of no more ems, has room however its lines break. */
const SURELY_WHOLE = (LONGEST_LINE * MOST_LINES) / 2;

/** Letters that together are at least as wide as `…`. */
const ROOM_FOR_ELLIPSIS = 4;

/** The cost of a line with a single letter. */
const LONE_CHARACTER_COST = 3;
/** The cost of a short line that begins inside a phrase. */
const REST_COST = 0.8;
/** The width in ems up to which such a line is short. */
const LONGEST_REST = 2.8;
/** The cost of a line with a part of one phrase and something of another. */
const TORN_PHRASE_COST = 1.2;
/** The width in ems of the longest label, such as 快讯：, which belongs to the phrase behind it. */
const LONGEST_LABEL = 3.5;

/**
 * Breaks a headline where a reader would: at a blank, behind punctuation, before the beginning of a phrase, or else between
 * words, but never inside a word. Of all ways to break it, in several font sizes, it takes the best: large, in lines of
 * similar length, with few phrases torn. A headline that does not fit is cut off with `…`.
 */
export function cardLines(headline: string): CardLines {
  if (headline === "") return { lines: [], fontSize: SMALLEST_FONT_SIZE };
  return (
    wholeLines(headline) ?? clippedLines(breakOpportunities(shownPart(headline), LONGEST_LINE))
  );
}

/** Whether a headline is too long for a card, and so is cut off. */
export function isCutOff(headline: string): boolean {
  const isShort = headline.length <= SURELY_WHOLE || textWidth(headline) <= SURELY_WHOLE;
  return !isShort && wholeLines(headline) === null;
}

function wholeLines(headline: string): CardLines | null {
  const shown = shownPart(headline);
  return shown === headline ? bestLines(breakOpportunities(shown, LONGEST_LINE)) : null;
}

function shownPart(headline: string): string {
  return headline.slice(0, MOST_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "");
}

/** The lines of as many pieces as fit, and `…`. */
function clippedLines(pieces: readonly Piece[]): CardLines {
  let count = 0;
  let width = 0;
  for (const piece of pieces) {
    width += piece.width;
    if (width > LONGEST_LINE * MOST_LINES) break;
    count += 1;
  }
  for (; count > 0; count -= 1) {
    const kept = pieces.slice(0, count);
    const text = kept.map((piece) => piece.text).join("");
    // A part of a word that was cut fills its line, so it has to make room for `…`.
    const isFull = kept.at(-1)?.cutMark !== null;
    const end = isFull ? text.slice(0, -ROOM_FOR_ELLIPSIS) : text;
    const clipped = `${end.replace(/[\s\p{P}\uD800-\uDBFF]+$/u, "")}…`;
    const lines = bestLines(breakOpportunities(clipped, LONGEST_LINE));
    if (lines !== null) return lines;
  }
  return { lines: ["…"], fontSize: SMALLEST_FONT_SIZE };
}

/** The best lines in any font size; null if the pieces do not fit in any. */
function bestLines(pieces: readonly Piece[]): CardLines | null {
  let best: (Layout & { readonly fontSize: number }) | null = null;
  for (const [fontSize, sizeCost] of FONT_SIZES) {
    if (best !== null && sizeCost >= best.cost) break;
    const mostLines = Math.floor(TEXT_HEIGHT / (fontSize * LINE_HEIGHT));
    for (let count = 1; count <= Math.min(mostLines, pieces.length); count += 1) {
      const layout = layOut(pieces, LINE_WIDTH / fontSize, count);
      if (layout === null) continue;
      const cost = layout.cost + sizeCost;
      if (best === null || cost < best.cost) best = { ...layout, cost, fontSize };
    }
  }
  if (best === null) return null;
  const lines = best.ends.map((end, index, ends) => {
    const text = textOf(pieces, index === 0 ? 0 : (ends[index - 1] ?? 0), end).trim();
    return text + (pieces[end - 1]?.cutMark ?? "");
  });
  return { lines, fontSize: best.fontSize };
}

/** The cheapest way to break the pieces into `count` lines; null if they do not fit. */
function layOut(pieces: readonly Piece[], lineWidth: number, count: number): Layout | null {
  const target = pieces.reduce((sum, { width }) => sum + width, 0) / count;
  // By index: the best layout of so many pieces from the beginning.
  let layouts: (Layout | null)[] = [{ cost: 0, ends: [] }];
  for (let line = 1; line <= count; line += 1) {
    const longer: (Layout | null)[] = [];
    for (let end = 1; end <= pieces.length; end += 1) {
      if (line === count && end < pieces.length) continue;
      let width = -(pieces[end - 1]?.blank ?? 0);
      let best: Layout | null = null;
      for (let start = end - 1; start >= 0; start -= 1) {
        width += pieces[start]?.width ?? 0;
        if (width > lineWidth) break;
        const rest = layouts[start] ?? null;
        if (rest === null) continue;
        const cost = rest.cost + lineCost(pieces, start, end, width, target);
        if (best === null || cost < best.cost) best = { cost, ends: [...rest.ends, end] };
      }
      longer[end] = best;
    }
    layouts = longer;
  }
  return layouts[pieces.length] ?? null;
}

function lineCost(
  pieces: readonly Piece[],
  start: number,
  end: number,
  width: number,
  target: number,
): number {
  const isLast = end === pieces.length;
  const breakCost = isLast ? 0 : (pieces[end - 1]?.breakCost ?? 0);
  const isOnly = start === 0 && isLast;
  const isLone = !isOnly && /^\P{L}*\p{L}\P{L}*$/u.test(textOf(pieces, start, end));
  const isRest = start > 0 && pieces[start - 1]?.breakCost !== 0 && width <= LONGEST_REST;
  const raggedness = ((width - target) / target) ** 2;
  return (
    raggedness +
    breakCost +
    (isLone ? LONE_CHARACTER_COST : 0) +
    (isRest ? REST_COST : 0) +
    (isTorn(pieces, start, end) ? TORN_PHRASE_COST : 0)
  );
}

/** Whether a line has a part of one phrase and something of another. A label before a phrase does not count. */
function isTorn(pieces: readonly Piece[], start: number, end: number): boolean {
  const isWhole = (index: number): boolean =>
    index === 0 || index === pieces.length || pieces[index - 1]?.breakCost === 0;
  if (isWhole(start) && isWhole(end)) return false;
  let last = start;
  for (let index = start + 1; index < end; index += 1) if (isWhole(index)) last = index;
  if (last === start) return false;
  const first = textOf(pieces, start, last);
  return !(isWhole(start) && /[：:]\s*$/.test(first) && textWidth(first) <= LONGEST_LABEL);
}

function textOf(pieces: readonly Piece[], start: number, end: number): string {
  let text = "";
  for (let index = start; index < end; index += 1) text += pieces[index]?.text ?? "";
  return text;
}
