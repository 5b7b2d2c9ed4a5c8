import type { Result } from "./result.ts";
import { failed, ok } from "./result.ts";
import type { ChosenBy, PlacedTerm } from "./search-terms.ts";
import { choiceTerm, phraseTerms } from "./search-terms.ts";
import type { SearchUnit } from "./search-units.ts";
import { searchUnits } from "./search-units.ts";

/** Words that stand in a text one behind the other. */
export interface Phrase {
  /** The text of which it is a part. */
  readonly typed: string;
  /** In one spelling, quoted where it has to be. */
  readonly written: string;
  readonly units: readonly SearchUnit[];
  readonly terms: readonly PlacedTerm[];
}

/** A choice by name, such as `category:news`. */
export interface Choice {
  readonly kind: ChosenBy;
  readonly name: string;
  readonly term: string;
}

/** What a reader looks for. An article has all phrases and, of each kind of choice, one of the names. */
export interface SearchQuery {
  /** In one spelling: whatever means the same, but for capitals and forms of characters, is written alike. */
  readonly text: string;
  readonly phrases: readonly Phrase[];
  /** What the article must not have. */
  readonly without: readonly Phrase[];
  readonly choices: readonly Choice[];
  /** The year of its date; null for any. */
  readonly year: number | null;
  /** Whether only its first words are looked for, because there are too many. */
  readonly isCut: boolean;
  /** Characters that were left out, because one alone cannot be looked for. */
  readonly leftOut: readonly string[];
}

export type QueryFailure =
  /** Nothing was asked. */
  | { readonly reason: "empty" }
  /** Longer than a query may be, or of more names and words to leave out. */
  | { readonly reason: "too-long" }
  /** One character of Han, kana or hangul. */
  | { readonly reason: "one-character"; readonly character: string }
  /** Marks and signs only. */
  | { readonly reason: "no-words" }
  /** `category:` and the like with nothing behind it. */
  | { readonly reason: "no-name"; readonly written: string }
  /** `year:` with something that is no year, two of them, or one that is not wanted. */
  | { readonly reason: "no-year"; readonly written: string };

/** In UTF-16 units: a long headline has 60 characters of Han. */
const MOST_LENGTH = 150;
/** Each may take a read of storage. 32 characters of Han are 16 terms. */
export const MOST_TERMS = 16;

/** The words before a colon, those of Chinese readers too. */
const OPERATORS: Readonly<Record<string, ChosenBy | "year">> = {
  category: "category",
  栏目: "category",
  欄目: "category",
  tag: "tag",
  标签: "tag",
  標籤: "tag",
  author: "author",
  作者: "author",
  year: "year",
  年份: "year",
};

const ANY_OPERATOR = `(?:${Object.keys(OPERATORS).join("|")})[:：]`;
const BEGINS_WITH_OPERATOR = new RegExp(`^${ANY_OPERATOR}`, "iu");
/** An operator or `-`, then a text in quotes or up to the next blank. Marks may be those of a Chinese keyboard. */
const PART = new RegExp(
  `([-－−]?)(${ANY_OPERATOR})?(?:(?<=[:：])\\s*)?(?:["“”「『]([^"“”」』]*)["“”」』]?|([^\\s"“”「『]+)|$)`,
  "giu",
);
const FULL_WIDTH_KEY = /[Ａ-Ｚａ-ｚ]+(?=[:：])/gu;
/** As chips and Chinese readers write it too: `2025年`. */
const YEAR = /^(\d{4})[年년]?$/;

/** Reads what somebody typed. */
export function parseQuery(typed: string): Result<SearchQuery, QueryFailure> {
  const written = typed.trim().replaceAll(FULL_WIDTH_KEY, (key) => key.normalize("NFKC"));
  if (written === "") return failed({ reason: "empty" });
  if (written.length > MOST_LENGTH) return failed({ reason: "too-long" });
  const phrases: Phrase[] = [];
  const without: Phrase[] = [];
  const choices: Choice[] = [];
  const years = new Set<string>();
  const leftOut: string[] = [];
  for (const [, minus = "", key = "", quoted, plain = ""] of written.matchAll(PART)) {
    const operator = OPERATORS[key.slice(0, -1).toLowerCase()];
    const text = quoted ?? plain;
    if (operator === "year") {
      const year = YEAR.exec(text.normalize("NFKC"))?.[1];
      // All years but one are not a year.
      if (year === undefined || minus !== "") {
        return failed({ reason: "no-year", written: minus + key + text });
      }
      years.add(year);
    } else if (operator !== undefined) {
      if (quoted === undefined && (text === "" || BEGINS_WITH_OPERATOR.test(text))) {
        return failed({ reason: "no-name", written: key });
      }
      const choice = choiceOf(operator, text);
      if (choice === null) continue;
      if (minus === "") choices.push(choice);
      else without.push(unwantedChoice(choice));
    } else {
      addPhrases(text, quoted !== undefined, minus === "" ? phrases : without, leftOut);
    }
  }
  const [yearText, ...otherYears] = years;
  if (otherYears.length > 0) return failed({ reason: "no-year", written: [...years].join(" ") });
  const cut = cutPhrases(phrases, MOST_TERMS - termsOf({ phrases: [], without, choices }).size);
  const query = {
    phrases: distinctPhrases(cut),
    without: distinctPhrases(without),
    choices: distinctChoices(choices),
    year: yearText === undefined ? null : Number(yearText),
    isCut: cut.length < phrases.length || cut.at(-1) !== phrases.at(-1),
    leftOut,
  };
  if (termsOf(query).size > MOST_TERMS) return failed({ reason: "too-long" });
  const isNothing = query.phrases.length + query.without.length + query.choices.length === 0;
  if (isNothing && query.year === null) {
    const [character] = leftOut;
    return failed(
      character === undefined ? { reason: "no-words" } : { reason: "one-character", character },
    );
  }
  const sorted = { phrases: inOneOrder(query.phrases), without: inOneOrder(query.without) };
  return ok({ text: spelledQuery({ ...query, ...sorted }), ...query });
}

/**
 * What a query for other texts needs to leave out all that one finds, in one spelling; empty for nothing. Years, and what is left out
 * already, cannot be.
 */
export function exclusionOf(typed: string): Result<string, QueryFailure> {
  const parsed = parseQuery(typed);
  if (!parsed.ok) return parsed.failure.reason === "empty" ? ok("") : parsed;
  const { phrases, without, choices, year } = parsed.value;
  if (year !== null) return failed({ reason: "no-year", written: `-year:${year}` });
  if (without.length > 0) return failed({ reason: "no-words" });
  const unwanted = [...phrases, ...choices.map(unwantedChoice)];
  return ok(spelledQuery({ phrases: [], without: unwanted, choices: [], year: null }));
}

/** All terms of a query, each once. */
export function termsOf({
  phrases,
  without,
  choices,
}: Pick<SearchQuery, "phrases" | "without" | "choices">): ReadonlySet<string> {
  return new Set([
    ...[...phrases, ...without].flatMap(({ terms }) => terms.map(({ term }) => term)),
    ...choices.map(({ term }) => term),
  ]);
}

/** How a query is written, in the order of its words. */
export function spelledQuery({
  phrases,
  without,
  choices,
  year,
}: Omit<SearchQuery, "text" | "isCut" | "leftOut">): string {
  return [
    ...phrases.map(({ written }) => written),
    ...without.map(({ written }) => `-${written}`),
    ...choices.map(writtenChoice),
    ...(year === null ? [] : [`year:${year}`]),
  ].join(" ");
}

/** Shorter queries, of which one may find what a query does not; empty where there are none. */
export function shorterQueries(query: SearchQuery): readonly string[] {
  const { phrases, without, choices, year } = query;
  const isNarrowed = without.length + choices.length > 0 || year !== null;
  const bare = { phrases, without: [], choices: [], year: null };
  const whole = isNarrowed && phrases.length > 0 ? [spelledQuery(bare)] : [];
  if (phrases.length > 1) {
    const others = phrases.map((left) => ({
      ...bare,
      phrases: phrases.filter((phrase) => phrase !== left),
    }));
    return [...whole, ...others.map(spelledQuery)];
  }
  const units = searchUnits(phrases[0]?.written ?? "");
  if (units.length < LEAST_TO_HALVE) return whole;
  const middle = units[Math.ceil(units.length / 2)]?.start ?? 0;
  const { written = "" } = phrases[0] ?? {};
  const halves = [written.slice(0, middle), written.slice(middle)];
  return [...new Set([...whole, ...halves.map((half) => half.replaceAll('"', "").trim())])];
}

/** Of characters of Han, both halves are words that can be looked for. */
const LEAST_TO_HALVE = 4;

function choiceOf(kind: ChosenBy, written: string): Choice | null {
  const name = written.normalize("NFC").replaceAll(/\s+/g, " ").trim();
  return name === "" ? null : { kind, name, term: choiceTerm(kind, name) };
}

/** What an article must not be in. */
function unwantedChoice(choice: Choice): Phrase {
  return {
    typed: "",
    written: writtenChoice(choice),
    units: [],
    terms: [{ term: choice.term, place: 0 }],
  };
}

function writtenChoice({ kind, name }: Choice): string {
  const isPlain = !/[\s"“”「」『』]/.test(name) && !BEGINS_WITH_OPERATOR.test(name);
  return `${kind}:${isPlain ? name : `"${name.replaceAll(/["“”「」『』]/g, " ")}"`}`;
}

/** The first phrases that have no more terms than that, and the beginning of the next: a long headline that is pasted is found. */
function cutPhrases(phrases: readonly Phrase[], most: number): readonly Phrase[] {
  const kept: Phrase[] = [];
  const fits = (phrase: Phrase): boolean =>
    termsOf({ phrases: [...kept, phrase], without: [], choices: [] }).size <= most;
  for (const phrase of phrases) {
    if (!fits(phrase)) {
      const beginning = phrase.units
        .map((_, index) => phraseOf(phrase.typed, phrase.units.slice(0, index)).phrase)
        .findLast((shorter) => shorter !== null && fits(shorter));
      return beginning ? [...kept, beginning] : kept;
    }
    kept.push(phrase);
  }
  return kept;
}

/** A quoted text is one phrase; any other is divided where its marks let a reader stop. */
function addPhrases(text: string, isQuoted: boolean, to: Phrase[], leftOut: string[]): void {
  const units = searchUnits(text);
  const parts: SearchUnit[][] = [];
  for (const unit of units) {
    const last = parts.at(-1);
    if (last === undefined || (!unit.isJoined && !isQuoted)) parts.push([unit]);
    else last.push(unit);
  }
  for (const part of parts) {
    const { phrase, lonely } = phraseOf(text, part);
    leftOut.push(...lonely);
    if (phrase !== null) to.push(phrase);
  }
}

/** The phrase of some units of a text, and the characters of it that cannot be looked for. */
function phraseOf(
  typed: string,
  written: readonly SearchUnit[],
): { readonly phrase: Phrase | null; readonly lonely: readonly string[] } {
  const { units, terms, lonely } = phraseTerms(written);
  if (terms.length === 0) return { phrase: null, lonely };
  const text = typed.slice(units[0]?.start, units.at(-1)?.end).normalize("NFKC");
  return { phrase: { typed, written: quotedPhrase(text), units, terms }, lonely };
}

/** In quotes, if anything but letters and digits is in it. */
function quotedPhrase(written: string): string {
  if (/^[\p{L}\p{M}\p{N}]+$/u.test(written)) return written;
  return `"${written.replaceAll(/["“”「」『』]/g, ",").replaceAll(/\s+/g, " ")}"`;
}

/** Each once, in the order in which they were typed. */
function distinctPhrases(phrases: readonly Phrase[]): readonly Phrase[] {
  return [...new Map(phrases.map((phrase) => [meaningOf(phrase), phrase])).values()];
}

/** In the order of what they mean. */
function inOneOrder(phrases: readonly Phrase[]): readonly Phrase[] {
  return phrases.toSorted((a, b) => (meaningOf(a) < meaningOf(b) ? -1 : 1));
}

function meaningOf({ terms }: Phrase): string {
  return terms.map(({ term, place }) => `${term} ${place}`).join("\n");
}

function distinctChoices(choices: readonly Choice[]): readonly Choice[] {
  const byTerm = new Map(choices.map((choice) => [choice.term, choice]));
  return [...byTerm].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, choice]) => choice);
}
