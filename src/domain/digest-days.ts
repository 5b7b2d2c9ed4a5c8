import type { ArticleRef } from "./article.ts";
import { compareNewestFirst } from "./article.ts";
import type { ShareId } from "./share-id.ts";

/** How many days a digest holds. */
const MOST_DIGEST_DAYS = 14;
/** A digest ends before the day with which it would hold more articles, unless that is its newest. */
const MOST_DIGEST_ARTICLES = 600;
/** How many articles the entry of one day names. */
const MOST_LISTED_ARTICLES = 500;

/** Lists know the articles of so many of the newest days, the last of which has not ended. */
const KNOWN_DAYS = 3;
/** What a request can afford to read of a list. */
const MOST_KNOWN_ARTICLES = 1000;

type Dated = Pick<ArticleRef, "id" | "published">;

/** The articles of a day that is over. */
export interface DigestDay<Item> {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Newest first. */
  readonly articles: readonly Item[];
  /** Whether these are all: not where lists know no further, or the day has more than an entry names. */
  readonly isWhole: boolean;
  /** Whether one of them has its date: not where they all came late. */
  readonly isDated: boolean;
}

/** What digests know of the articles of one scope. */
export interface KnownArticles<Item> {
  /** The newest by date. */
  readonly newest: readonly Item[];
  /** Whether there are older ones. */
  readonly isCut: boolean;
  /** Others, which came late. */
  readonly late: readonly Item[];
}

/**
 * The newest days of a digest, newest first, of one scope or several together. An article belongs to the day of its date; one
 * that came when that day was over, to the day on which it came, because the entry of a day does not change once it has
 * been read.
 *
 * @param until the first day that is not over
 * @param dayOf the day of an article's date
 * @param cameOn the days on which articles came that did not come on their own
 */
export function digestDays<Item extends Dated>(
  parts: readonly KnownArticles<Item>[],
  until: number,
  dayOf: (article: Item) => number,
  cameOn: ReadonlyMap<ShareId, number>,
): readonly DigestDay<Item>[] {
  const articles = new Map(
    parts.flatMap(({ newest, late }) => [...newest, ...late]).map((one) => [one.id, one]),
  );
  const byDay = Map.groupBy(
    [...articles.values()].toSorted(compareNewestFirst),
    (one) => cameOn.get(one.id) ?? dayOf(one),
  );
  // The oldest day of a list that is cut may lack some, and so may all days before it.
  const wholeSince = Math.max(
    ...parts.map(({ newest, isCut }) => {
      const oldest = newest.at(-1);
      return isCut && oldest !== undefined ? dayOf(oldest) + 1 : -Infinity;
    }),
  );
  const over = [...byDay.keys()].filter((day) => day < until).toSorted((a, b) => b - a);
  const whole = over.filter((day) => day >= wholeSince);
  // Of a day that is longer than a list, part is better than nothing. Of any other, lists know less where only what came late
  // has the dates of younger days: it had an entry of its own, which must not lose what it said.
  const isLong = parts.some(({ newest, isCut }) => isCut && newest.length >= MOST_KNOWN_ARTICLES);
  const shown = whole.length > 0 || !isLong ? whole : over.slice(0, 1);
  const days = shown.map((day): DigestDay<Item> => {
    const all = byDay.get(day) ?? [];
    const listed = all.slice(0, MOST_LISTED_ARTICLES);
    return {
      day,
      articles: listed,
      isWhole: day >= wholeSince && listed.length === all.length,
      isDated: all.some((article) => dayOf(article) === day),
    };
  });
  return withinLimits(days);
}

function withinLimits<Item>(days: readonly DigestDay<Item>[]): readonly DigestDay<Item>[] {
  let count = 0;
  const beyond = days.findIndex(({ articles }, index) => {
    count += articles.length;
    return index > 0 && count > MOST_DIGEST_ARTICLES;
  });
  return days.slice(0, Math.min(beyond < 0 ? days.length : beyond, MOST_DIGEST_DAYS));
}

/**
 * How many of the newest articles lists must know, so that digests know those of three days: these, and one more, which
 * shows that the last day is whole.
 *
 * @param articles newest first
 */
export function digestReach<Item>(
  articles: readonly Item[],
  dayOf: (article: Item) => number | string,
): number {
  let days = 0;
  let day: number | string | null = null;
  for (const [index, article] of articles.slice(0, MOST_KNOWN_ARTICLES).entries()) {
    const own = dayOf(article);
    if (own === day) continue;
    day = own;
    days += 1;
    if (days > KNOWN_DAYS) return index + 1;
  }
  return Math.min(articles.length, MOST_KNOWN_ARTICLES);
}
