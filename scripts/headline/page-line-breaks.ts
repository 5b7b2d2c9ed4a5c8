import { PAGE_LINE_CHARACTERS, headlinePhrases, headlineWidth } from "../../src/render/headline.ts";
import type { Layout } from "./break-opportunities.ts";
import { MOST_CHARACTERS, breakOpportunities } from "./break-opportunities.ts";
import { HAN_OR_KANA } from "./text-width.ts";

/** The cost of each further line, beside that of its break: few breaks matter more than good ones. */
const LINE_COST = 1;
/** The cost of an empty line; a partly filled one costs less, by the square of its unused share. */
const SHORT_LINE_COST = 2;

/**
 * Where a headline may break on a narrow phone besides at its own blanks and punctuation, as indexes in UTF-16 units.
 * There are as few breaks as the width of a line allows, often none. The Worker does not compute them, since
 * `Intl.Segmenter` costs a new isolate 20 ms of CPU.
 */
export function pageLineBreaks(title: string): readonly number[] {
  if (!hasLongPhrase(title)) return [];
  const pieces = breakOpportunities(title.slice(0, MOST_CHARACTERS), PAGE_LINE_CHARACTERS);
  const widths = pieces.map(({ text }) => headlineWidth(text.trimEnd()));
  // By index: the cheapest layout of so many pieces from the beginning.
  const best: Layout[] = [{ cost: 0, ends: [] }];
  for (let end = 1; end <= pieces.length; end += 1) {
    let width = 0;
    for (let start = end - 1; start >= 0; start -= 1) {
      width += widths[start] ?? 0;
      const before = best[start];
      if (before === undefined) continue;
      // A single piece is accepted even if it is longer than a line.
      if (width > PAGE_LINE_CHARACTERS && start < end - 1) break;
      const breakCost = pieces[end - 1]?.breakCost ?? 0;
      const shortness = Math.max(0, 1 - width / PAGE_LINE_CHARACTERS);
      const lineCost = breakCost === 0 ? 0 : LINE_COST + SHORT_LINE_COST * shortness ** 2;
      const cost = before.cost + breakCost + lineCost;
      if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, ends: [...before.ends, end] };
    }
  }
  const ends = new Set(best.at(-1)?.ends);
  const breaks: number[] = [];
  let at = 0;
  for (const [index, { text, breakCost }] of pieces.entries()) {
    at += text.length;
    if (ends.has(index + 1) && breakCost > 0 && at < title.length) breaks.push(at);
  }
  return breaks;
}

/** Whether a Chinese or Japanese phrase, which browsers break between any two characters, is too long for a line. */
function hasLongPhrase(title: string): boolean {
  return headlinePhrases(title).some(
    (phrase) => headlineWidth(phrase) > PAGE_LINE_CHARACTERS && HAN_OR_KANA.test(phrase),
  );
}
