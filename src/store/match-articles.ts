import type { Phrase, SearchQuery } from "../domain/search-query.ts";
import type { SearchWork, TermList } from "./term-list.ts";

/** What a request may do for a search. */
export interface MatchLimits {
  /** The number of the newest article that is looked at, and of the oldest. */
  readonly newest: number;
  readonly oldest: number;
  /** How many are found at most. */
  readonly most: number;
}

export interface Matches {
  /** Numbers of articles, the newest first. */
  readonly articles: readonly number[];
  /** From which number on nobody has looked; null where all were looked at. */
  readonly unseen: number | null;
  /** Whether that is because the work was done. */
  readonly isUnfinished: boolean;
}

/** Some articles, the newest first. */
interface Articles {
  /** The newest that is not above `article`; -1 where there is none. It must not rise from call to call. */
  readonly seek: (article: number) => number;
}

/**
 * Finds the articles that a query means, the newest first, until there are enough or the work is done that a request may do.
 *
 * @param listsOf where a term stands, in each part of the index that may know it
 */
export function matchArticles(
  query: SearchQuery,
  listsOf: (term: string) => readonly TermList[],
  limits: MatchLimits,
  work: SearchWork,
): Matches {
  let reached: number | null = null;
  const isSpent = (article: number): boolean => {
    if (work.bytes > 0 && work.failure === null) return false;
    reached ??= article;
    return true;
  };
  const phraseOf = (phrase: Phrase): Articles => phraseArticles(phrase, listsOf, isSpent);
  const kinds = new Set(query.choices.map(({ kind }) => kind));
  const wanted: readonly Articles[] = [
    ...query.phrases.map(phraseOf),
    ...Array.from(kinds, (kind) =>
      anyOf(
        query.choices.filter((choice) => choice.kind === kind).flatMap(({ term }) => listsOf(term)),
      ),
    ),
  ];
  const unwanted = query.without.map(phraseOf);
  const articles: number[] = [];
  let article = limits.newest;
  while (article >= limits.oldest && !isSpent(article)) {
    const common = newestInAll(wanted, article, isSpent);
    if (common < limits.oldest) break;
    const isUnwanted = unwanted.some(({ seek }) => seek(common) === common);
    if (reached !== null) return { articles, unseen: common, isUnfinished: true };
    article = common - 1;
    if (isUnwanted) continue;
    if (articles.length === limits.most) return { articles, unseen: common, isUnfinished: false };
    articles.push(common);
  }
  return { articles, unseen: reached, isUnfinished: reached !== null };
}

/** The newest article, not above one, that all have; -1 where there is none. */
function newestInAll(
  parts: readonly Articles[],
  from: number,
  isSpent: (article: number) => boolean,
): number {
  let article = from;
  for (let agreed = 0; agreed < parts.length;) {
    if (isSpent(article)) return -1;
    agreed = 0;
    for (const { seek } of parts) {
      const found = seek(article);
      if (found < 0) return -1;
      if (found < article) {
        article = found;
        break;
      }
      agreed += 1;
    }
  }
  return article;
}

function anyOf(lists: readonly TermList[]): Articles {
  return {
    seek: (article) => lists.reduce((newest, list) => Math.max(newest, list.seek(article)), -1),
  };
}

/** A term in all parts of the index. */
class Term implements Articles {
  readonly place: number;
  readonly #lists: readonly TermList[];
  #found: TermList | null = null;

  constructor(lists: readonly TermList[], place: number) {
    this.#lists = lists;
    this.place = place;
  }

  readonly seek = (article: number): number => {
    let newest = -1;
    for (const list of this.#lists) {
      const found = list.seek(article);
      if (found > newest) [newest, this.#found] = [found, list];
    }
    return newest;
  };

  /** Where a phrase would begin that has the term at its place. */
  starts(): readonly number[] {
    return (this.#found?.places() ?? []).map((place) => place - this.place);
  }
}

function phraseArticles(
  { terms }: Phrase,
  listsOf: (term: string) => readonly TermList[],
  isSpent: (article: number) => boolean,
): Articles {
  const parts = terms.map(({ term, place }) => new Term(listsOf(term), place));
  return {
    seek: (from) => {
      for (let article = from; article >= 0; article -= 1) {
        article = newestInAll(parts, article, isSpent);
        if (article < 0 || isPhraseThere(parts)) return article;
      }
      return -1;
    },
  };
}

/** Whether the terms stand at their places somewhere in the article that all have found. */
function isPhraseThere([first, ...others]: readonly Term[]): boolean {
  if (first === undefined || others.length === 0) return true;
  const starts = others.map((term) => new Set(term.starts()));
  return first.starts().some((start) => starts.every((known) => known.has(start)));
}
