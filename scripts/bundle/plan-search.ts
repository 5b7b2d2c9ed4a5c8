import type { ArticleHeader } from "../../src/domain/article.ts";
import { compareNewestFirst } from "../../src/domain/article.ts";
import { parseDayNumber } from "../../src/domain/day-number.ts";
import type { SearchMode } from "../../src/domain/site.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { encodeTerms } from "../../src/store/encode-search.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { PACK_FORMAT_VERSION, encodePack, lazyPackEntry, packHash } from "../../src/store/pack.ts";
import type { SearchRecord } from "../../src/store/search-layout.ts";
import {
  IDS_KEY,
  SEARCH_FORMAT_VERSION,
  divisorOf,
  encodeIds,
  partOf,
  searchPackName,
} from "../../src/store/search-layout.ts";
import type { PlannedPack } from "../../src/store/sorted-map.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import type { SearchedTexts } from "./searched-texts.ts";
import { IndexedTexts, searchedTexts } from "./searched-texts.ts";

/** What the index depends on. */
export interface SearchInput {
  readonly articles: readonly StoredArticle[];
  readonly mode: SearchMode;
  /** An article's date by the site's clock, as `2022-01-10T07:35`. */
  readonly localTime: (article: ArticleHeader) => string;
  readonly categoryTitle: (slug: string) => string;
  /** A hash of what feeds show besides articles. */
  readonly basis: ContentHash;
}

export interface PlannedSearch {
  readonly packs: readonly PlannedPack[];
  readonly record: Omit<SearchRecord, "changedAt">;
}

/**
 * Articles of so many days stay with the newest ones: what comes late, or is corrected soon, changes the one value that every publish
 * changes.
 */
const NEWEST_DAYS = 7;
/**
 * In so many days all parts of the older articles are written once, each on its day, so that no publish writes many. Were they
 * written together, when a month ends, then the first publish of each month would take 20 writes more at 100,000 articles.
 */
const CYCLE_DAYS = 14;
/** Characters of the texts in a part: 1.2 MB, compressed. */
const PART_CHARACTERS = 600_000;
/** The same of the newest articles, which a small site has in one value. */
const NEWEST_PART_CHARACTERS = 1_000_000;
const LEAST_IDS_PER_VALUE = 65_536;
const MOST_IDS_VALUES = 4;
const YEAR_LENGTH = "2022".length;
const EMPTY = new Uint8Array();
const encoder = new TextEncoder();

/**
 * Lays out the index. The names of its values are hashes of the texts that they are made of and not of what they hold, so that nothing of an article
 * is looked at for a value that KV has.
 */
export function planSearch(input: SearchInput): PlannedSearch {
  const articles = input.articles.toSorted(compareNewestFirst).toReversed();
  const found = articles.map((article) => searchedTexts(article, input.mode, input.categoryTitle));
  const days = articles.map((article) => parseDayNumber(input.localTime(article)));
  const lastDay = days.at(-1) ?? 0;
  /** The number of the first article that is not in a part of the older ones. */
  const endOf = (part: number): number => {
    const daysInCycle = (((lastDay - part) % CYCLE_DAYS) + CYCLE_DAYS) % CYCLE_DAYS;
    return firstOf(days, lastDay - NEWEST_DAYS - daysInCycle);
  };
  const settled = firstOf(days, lastDay - NEWEST_DAYS - CYCLE_DAYS + 1);
  const olderParts = Math.ceil(lengthOf(found.slice(0, settled)) / PART_CHARACTERS);
  const newestParts = Math.max(
    1,
    Math.ceil(lengthOf(found.slice(settled)) / NEWEST_PART_CHARACTERS),
  );
  const states = statesOfDays(articles, found, days, input.mode);
  /** A hash of all that is known of some articles; they begin and end with a day. */
  const stateOf = (from: number, to: number): ContentHash =>
    contentHash(
      states.filter(({ first }) => first >= from && first < to).map(({ state }) => state),
    );
  const ids = articles.map(({ id }) => id);
  const idsPerValue = Math.max(
    LEAST_IDS_PER_VALUE,
    2 ** Math.ceil(Math.log2(Math.max(1, articles.length) / MOST_IDS_VALUES)),
  );
  const idsEntry = (from: number, to: number): PackEntry =>
    lazyPackEntry(IDS_KEY, encodeIds(ids.slice(from, to)), EMPTY);
  const fullValues = Math.floor(articles.length / idsPerValue);
  const tail = idsEntry(fullValues * idsPerValue, articles.length);
  const older = new IndexedTexts(0, () => found.slice(0, firstOf(days, lastDay - NEWEST_DAYS + 1)));
  const newest = new IndexedTexts(settled, () => found.slice(settled));
  const startOf = (term: string): number =>
    olderParts === 0 ? 0 : endOf(partOf(term, olderParts));
  return {
    packs: [
      ...Array.from({ length: fullValues }, (_, value) => {
        const entries = [idsEntry(value * idsPerValue, (value + 1) * idsPerValue)];
        return plannedPack(searchPackName("ids", value), packHash(entries), () => entries);
      }),
      ...Array.from({ length: newestParts }, (_, part) =>
        plannedPack(
          searchPackName("newest", part),
          nameOf([
            "newest",
            part,
            divisorOf(part, newestParts),
            olderParts,
            settled,
            lastDay,
            part === 0 ? tail.hash : "",
            stateOf(settled, articles.length),
          ]),
          () => [
            ...(part === 0 ? [tail] : []),
            ...encodeTerms(
              newest.places((term) =>
                partOf(term, newestParts) === part ? [startOf(term), articles.length] : null,
              ),
            ),
          ],
        ),
      ),
      ...Array.from({ length: olderParts }, (_, part) => {
        const end = endOf(part);
        return plannedPack(
          searchPackName("older", part),
          nameOf(["older", part, divisorOf(part, olderParts), stateOf(0, end)]),
          () =>
            encodeTerms(
              older.places((term) => (partOf(term, olderParts) === part ? [0, end] : null)),
            ),
        );
      }),
    ],
    record: {
      articles: articles.length,
      olderParts,
      newestParts,
      idsPerValue,
      years: yearsOf(
        articles.map((article) => Number(input.localTime(article).slice(0, YEAR_LENGTH))),
      ),
      digest: contentHash([
        input.basis,
        ...articles.map(({ entry }) => entry.hash),
        ...new Set(articles.flatMap(({ categories }) => categories.map(input.categoryTitle))),
      ]),
    },
  };
}

function plannedPack(
  name: string,
  hash: ContentHash,
  makeEntries: () => readonly PackEntry[],
): PlannedPack {
  return {
    firstKey: encoder.encode(name),
    hash,
    encode: () => encodePack(makeEntries(), hash),
  };
}

/** The name of a value that is made of what these say. */
function nameOf(parts: readonly (string | number)[]): ContentHash {
  return contentHash([
    `offprint search ${SEARCH_FORMAT_VERSION} ${PACK_FORMAT_VERSION}`,
    JSON.stringify(parts),
  ]);
}

/** A day's articles, by their numbers, and a hash of all that the index knows of them. */
interface DayState {
  readonly first: number;
  readonly state: ContentHash;
}

function statesOfDays(
  articles: readonly StoredArticle[],
  found: readonly SearchedTexts[],
  days: readonly number[],
  mode: SearchMode,
): readonly DayState[] {
  const states: DayState[] = [];
  for (let first = 0; first < articles.length;) {
    const end = firstOf(days, (days[first] ?? 0) + 1);
    const parts = articles.slice(first, end).flatMap(({ id, entry }, index) => {
      const { texts = [], choices = [] } = found[first + index] ?? {};
      return [id, ...texts, "", ...choices, mode === "text" ? entry.hash : ""];
    });
    states.push({ first, state: contentHash(parts) });
    first = end;
  }
  return states;
}

/** The number of the first article that is not before a day. */
function firstOf(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lengthOf(found: readonly SearchedTexts[]): number {
  return found.reduce((sum, { length }) => sum + length, 0);
}

function yearsOf(years: readonly number[]): SearchRecord["years"] {
  return years.flatMap((year, number) =>
    year === years[number - 1] ? [] : [[year, number] as const],
  );
}
