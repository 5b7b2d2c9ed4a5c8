import type { SearchUnit } from "./search-units.ts";
import { foldedText, searchUnits } from "./search-units.ts";

/*
 * What the index knows of a text: every word, every two neighbours of which one is a character (of Han, kana or hangul), and
 * characters without a neighbour; each with its place, so that phrases can be proven. No two of these can be spelled alike.
 */

/** A term of a phrase, and how many places behind the phrase's beginning it is. */
export interface PlacedTerm {
  readonly term: string;
  readonly place: number;
}

/** What has to be found for a phrase. */
export interface PhraseTerms {
  /** The units that can be found. */
  readonly units: readonly SearchUnit[];
  /** As few as hold every unit; in the order of their places. */
  readonly terms: readonly PlacedTerm[];
  /** Characters at the ends that no term holds: they stand alone, where the text may go on. */
  readonly lonely: readonly string[];
}

/** Where a stop is between two units, a place stays empty. */
const STOP = 1;

/**
 * Calls `found` for every term of a text.
 *
 * @param place of the first unit
 * @returns the place for the text behind it, which no phrase reaches
 */
export function eachTerm(
  text: string,
  place: number,
  found: (term: string, place: number) => void,
): number {
  const units = searchUnits(text);
  let at = place;
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index];
    if (unit === undefined) break;
    if (index > 0) at += unit.isJoined ? 1 : 1 + STOP;
    const next = units[index + 1];
    const isPair = isPairOf(unit, next);
    if (next !== undefined && isPair) found(unit.text + next.text, at);
    if (!unit.isCharacter) found(unit.text, at);
    else if (!isPair && !isPairOf(units[index - 1], unit)) found(unit.text, at);
  }
  return at + 1 + STOP;
}

/** The terms that prove a phrase, without the characters at its ends of which only a neighbour is missing. */
export function phraseTerms(written: readonly SearchUnit[]): PhraseTerms {
  let [start, end] = [0, written.length];
  while (start < end && isLonely(written[start], undefined, written[start + 1])) start += 1;
  while (start < end && isLonely(written[end - 1], written[end - 2], undefined)) end -= 1;
  const units = written.slice(start, end);
  const lonely = [...written.slice(0, start), ...written.slice(end)].map(({ text }) => text);
  const terms: PlacedTerm[] = [];
  let place = 0;
  let isCovered = false;
  for (const [index, unit] of units.entries()) {
    if (index > 0) place += unit.isJoined ? 1 : 1 + STOP;
    const [previous, next] = [units[index - 1], units[index + 1]];
    if (isCovered) {
      isCovered = false;
    } else if (next !== undefined && isPairOf(unit, next)) {
      terms.push({ term: unit.text + next.text, place });
      isCovered = true;
    } else if (unit.isCharacter && previous !== undefined && isPairOf(previous, unit)) {
      terms.push({ term: previous.text + unit.text, place: place - 1 });
    } else {
      terms.push({ term: unit.text, place });
    }
  }
  return { units, terms, lonely };
}

/** Whether a unit is a character without a neighbour. */
function isLonely(
  unit: SearchUnit | undefined,
  previous: SearchUnit | undefined,
  next: SearchUnit | undefined,
): boolean {
  return unit?.isCharacter === true && !isPairOf(previous, unit) && !isPairOf(unit, next);
}

/** Whether two units stand together in the index. */
function isPairOf(unit: SearchUnit | undefined, next: SearchUnit | undefined): boolean {
  if (unit === undefined || next?.isJoined !== true) return false;
  return unit.isCharacter || next.isCharacter;
}

/** Names by which articles are chosen, whatever their texts say. */
export type ChosenBy = "category" | "tag" | "author";

/** No unit of a text begins with this. */
const CHOICE = "\u0001";

/**
 * The term of all articles of a category, a tag or an author, in whatever capitals and forms of characters it is spelled. Marks
 * tell categories and tags apart (C, C++), but not people.
 */
export function choiceTerm(kind: ChosenBy, name: string): string {
  const units = kind === "author" ? searchUnits(name).map(({ text }) => text) : [];
  return `${CHOICE}${kind.charAt(0)}${units.length === 0 ? foldedText(name) : units.join(" ")}`;
}
