import { decodeHTML } from "entities";
import type { SearchMode } from "../../src/domain/site.ts";
import { choiceTerm, eachTerm } from "../../src/domain/search-terms.ts";
import type { TermPlaces } from "../../src/store/encode-search.ts";
import { inflateBody } from "../../src/store/pack.ts";
import type { StoredArticle } from "../read/article/store-article.ts";

/** What is found of an article: texts, the title first, and the names by which it is chosen. */
export interface SearchedTexts {
  readonly texts: readonly string[];
  readonly choices: readonly string[];
  /** Of all that is searched, in characters. */
  readonly length: number;
  /** Its text, where that is searched too; it may be large, so that it is made when it is wanted. */
  readonly readBody: () => string;
}

/** Elements inside a sentence, which end no word. */
const INLINE =
  /<\/?(?:a|abbr|b|bdi|bdo|cite|code|del|em|font|i|ins|kbd|mark|q|rb|ruby|s|small|span|strong|sub|sup|u|var|wbr)\b[^>]*>/gi;
const ELEMENT = /<[^>]*>/g;

const decoder = new TextDecoder();

/** What is found of an article. */
export function searchedTexts(
  article: StoredArticle,
  mode: SearchMode,
  categoryTitle: (slug: string) => string,
): SearchedTexts {
  const { title, source, authors, tags, categories, summary } = article;
  const titles = categories.map(categoryTitle);
  // A tag that names the category, as a newspaper's do, is found once.
  const texts = [title, ...new Set([source ?? "", ...authors, ...tags, ...titles]), summary];
  const shown = texts.reduce((sum, text) => sum + text.length, 0);
  return {
    texts,
    length: mode === "text" ? shown + article.characterCount : shown,
    choices: [
      ...new Set([
        ...[...categories, ...titles].map((name) => choiceTerm("category", name)),
        ...tags.map((name) => choiceTerm("tag", name)),
        ...authors.map((name) => choiceTerm("author", name)),
      ]),
    ],
    readBody: () => {
      if (mode === "leads") return "";
      const html = decoder.decode(inflateBody(article.entry.deflate()));
      return decodeHTML(html.replaceAll(INLINE, "").replaceAll(ELEMENT, "\n"));
    },
  };
}

/** The terms of some articles with their places, found when they are wanted first and kept in few bytes. */
export class IndexedTexts {
  readonly #first: number;
  readonly #articles: () => Iterable<SearchedTexts>;
  #found: FoundTerms | null = null;

  /** @param first the number of the first article */
  constructor(first: number, articles: () => Iterable<SearchedTexts>) {
    this.#first = first;
    this.#articles = articles;
  }

  /**
   * Where terms stand.
   *
   * @param rangeOf the numbers of the articles that are wanted of a term, the last excluded; null for none
   */
  places(
    rangeOf: (term: string) => readonly [first: number, end: number] | null,
  ): ReadonlyMap<string, TermPlaces> {
    const { terms, occurrences, places, ends } = (this.#found ??= findTerms(this.#articles()));
    const ranges = terms.map(rangeOf);
    const lists = ranges.map((range): number[] | null => (range === null ? null : []));
    let at = 0;
    for (const [index, end] of ends.entries()) {
      const article = this.#first + index;
      for (; at < end; at += 1) {
        const term = occurrences[at] ?? 0;
        const list = lists[term];
        const range = ranges[term];
        if (list === null || list === undefined || range === null || range === undefined) continue;
        if (article >= range[0] && article < range[1]) list.push(article, places[at] ?? 0);
      }
    }
    return new Map(
      terms.flatMap((term, index): readonly (readonly [string, TermPlaces])[] => {
        const list = lists[index] ?? [];
        return list.length === 0 ? [] : [[term, list]];
      }),
    );
  }
}

interface FoundTerms {
  readonly terms: readonly string[];
  /** Numbers of terms, in the order of articles. */
  readonly occurrences: Uint32Array;
  readonly places: Uint32Array;
  /** Behind the last occurrence of each article. */
  readonly ends: readonly number[];
}

const FIRST_ROOM = 65_536;

function findTerms(articles: Iterable<SearchedTexts>): FoundTerms {
  const numbers = new Map<string, number>();
  let occurrences = new Uint32Array(FIRST_ROOM);
  let places = new Uint32Array(FIRST_ROOM);
  let count = 0;
  const ends: number[] = [];
  const found = (term: string, place: number): void => {
    let number = numbers.get(term);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(term, number);
    }
    if (count === occurrences.length) {
      occurrences = grown(occurrences);
      places = grown(places);
    }
    occurrences[count] = number;
    places[count] = place;
    count += 1;
  };
  for (const { texts, choices, readBody } of articles) {
    let place = 0;
    for (const text of texts) place = eachTerm(text, place, found);
    eachTerm(readBody(), place, found);
    for (const choice of choices) found(choice, 0);
    ends.push(count);
  }
  return { terms: [...numbers.keys()], occurrences, places, ends };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
