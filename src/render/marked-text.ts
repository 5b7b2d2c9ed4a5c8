import type { SearchUnit } from "../domain/search-units.ts";
import { searchUnits } from "../domain/search-units.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** A text with `<mark>` around the phrases that stand in it. */
export function markedText(text: string, phrases: readonly (readonly SearchUnit[])[]): Markup {
  const units = searchUnits(text);
  const marked = new Set<number>();
  for (const phrase of phrases) {
    for (let start = 0; start + phrase.length <= units.length; start += 1) {
      if (!isAt(phrase, units, start)) continue;
      for (let index = start; index < start + phrase.length; index += 1) marked.add(index);
    }
  }
  const pieces: Markup[] = [];
  let at = 0;
  for (let index = 0; index < units.length; index += 1) {
    if (!marked.has(index)) continue;
    const start = units[index]?.start ?? at;
    while (marked.has(index + 1) && units[index + 1]?.isJoined === true) index += 1;
    const end = units[index]?.end ?? start;
    pieces.push(markup`${text.slice(at, start)}<mark>${text.slice(start, end)}</mark>`);
    at = end;
  }
  return markup`${pieces.reduce((all, piece) => markup`${all}${piece}`, markup``)}${text.slice(at)}`;
}

/** Whether some or all of a phrase is in a text. */
function isAt(phrase: readonly SearchUnit[], units: readonly SearchUnit[], start: number): boolean {
  return phrase.every(({ text, isJoined }, index) => {
    const unit = units[start + index];
    return unit?.text === text && (index === 0 || unit.isJoined === isJoined);
  });
}
