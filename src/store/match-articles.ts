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
  seek(article: number): number;
}

/**
 * Finds the articles that a query means, the newest first, until there are enough or the work is done that a request may do. An article
 * that has all terms is looked for first, and only there whether they stand side by side.
 *
 * @param listsOf where a term stands, in each part of the index that may know it, the newest articles first
 */
export function matchArticles(
  query: SearchQuery,
  listsOf: (term: string) => readonly TermList[],
  limits: MatchLimits,
  work: SearchWork,
): Matches {
  let reached: number | null = null;
  const isSpent = (article: number): boolean => {
    // The first article is looked at whatever that takes, or whoever goes on from there would come no further.
    const isAllowed = work.bytes > 0 || article === limits.newest;
    if (isAllowed && work.failure === null) return false;
    reached ??= article;
    return true;
  };
  const termsOf = ({ terms }: Phrase): readonly Term[] =>
    terms.map(({ term, place }) => new Term(listsOf(term), place));
  const phrases = query.phrases.map(termsOf);
  const kinds = new Set(query.choices.map(({ kind }) => kind));
  const wanted: readonly Articles[] = [
    ...phrases.flat(),
    ...Array.from(kinds, (kind) =>
      anyOf(
        query.choices
          .filter((choice) => choice.kind === kind)
          .map(({ term }) => new Term(listsOf(term), 0)),
      ),
    ),
  ];
  const unwanted = query.without.map(termsOf);
  const articles: number[] = [];
  let article = limits.newest;
  while (article >= limits.oldest && !isSpent(article)) {
    const common = newestInAll(wanted, article, isSpent);
    if (common < limits.oldest) break;
    article = common - 1;
    const isUnwanted = (terms: readonly Term[]): boolean =>
      terms.every((term) => term.seek(common) === common) && isPhraseThere(terms);
    if (!phrases.every(isPhraseThere) || unwanted.some(isUnwanted)) continue;
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
  let agreed = 0;
  for (let index = 0; agreed < parts.length; index = (index + 1) % parts.length) {
    if (isSpent(article)) return -1;
    const found = parts[index]?.seek(article) ?? -1;
    if (found < 0) return -1;
    agreed = found < article ? 1 : agreed + 1;
    article = found;
  }
  return article;
}

function anyOf(terms: readonly Term[]): Articles {
  return {
    seek: (article) => terms.reduce((newest, term) => Math.max(newest, term.seek(article)), -1),
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

  seek(article: number): number {
    for (const list of this.#lists) {
      const found = list.seek(article);
      // All that a later list has is older.
      if (found >= 0) {
        this.#found = list;
        return found;
      }
    }
    return -1;
  }

  /** Where a phrase would begin that has the term at its place. */
  starts(): readonly number[] {
    return (this.#found?.places() ?? []).map((place) => place - this.place);
  }
}

/** Whether the terms stand at their places somewhere in the article that all have found. */
function isPhraseThere(terms: readonly Term[]): boolean {
  if (terms.length < 2) return true;
  const [first = [], ...others] = terms.map((term) => term.starts());
  const reached = others.map(() => 0);
  return first.some((start) =>
    others.every((starts, index) => {
      let at = reached[index] ?? 0;
      while ((starts[at] ?? Infinity) < start) at += 1;
      reached[index] = at;
      return starts[at] === start;
    }),
  );
}
