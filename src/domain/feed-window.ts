import type { ArticleRef } from "./article.ts";
import { compareNewestFirst } from "./article.ts";
import type { FeedTopic } from "./combination.ts";
import type { Site } from "./site.ts";

/** The most entries of a feed: about a day of a large newspaper. */
export const MOST_FEED_ENTRIES = 500;

const SECONDS_PER_HOUR = 3600;

/** How far back feeds go. */
export type FeedReach = Pick<Site, "feedLength" | "feedHours">;

/**
 * How far back the feed of a topic goes: that of a podcast to its first episode, because directories drop every episode that
 * the document lacks and know no archive.
 */
export function reachOf(topic: FeedTopic, site: FeedReach & Pick<Site, "podcast">): FeedReach {
  const isPodcast = topic.kind === "category" && site.podcast?.categories.includes(topic.name);
  return isPodcast === true ? { ...site, feedLength: MOST_FEED_ENTRIES } : site;
}

/** What decides the order of entries. */
type Dated = Pick<ArticleRef, "id" | "published">;

/**
 * The articles that a feed shows because of their dates: the newest `feedLength`, and all within `feedHours` before the newest.
 *
 * @param articles newest first
 */
export function feedWindow<Item extends Dated>(
  articles: readonly Item[],
  { feedLength, feedHours }: FeedReach,
): readonly Item[] {
  const newest = articles[0]?.published.epochSeconds ?? 0;
  const since = newest - feedHours * SECONDS_PER_HOUR;
  // Where the hours are off, articles of the very same second are no reason to go on.
  const isBeyond = ({ published }: Item, index: number): boolean =>
    index >= feedLength && (feedHours === 0 || published.epochSeconds < since);
  const end = articles.findIndex(isBeyond);
  return articles.slice(0, Math.min(end < 0 ? articles.length : end, MOST_FEED_ENTRIES));
}

/**
 * All that a feed shows, newest first: what its articles' dates decide, and what came late. Where that would be too much, the
 * oldest of the former are left out, which were in the feed for longest.
 *
 * @param window from `feedWindow`
 * @param late articles that came late, in any order; some may be there twice, or in the window too
 */
export function withLateArticles<Item extends Dated>(
  window: readonly Item[],
  late: readonly Item[],
): readonly Item[] {
  if (late.length === 0) return window;
  const beyond = new Map(late.map((article) => [article.id, article]));
  for (const { id } of window) beyond.delete(id);
  if (beyond.size === 0) return window;
  const room = Math.max(0, MOST_FEED_ENTRIES - beyond.size);
  return [...window.slice(0, room), ...beyond.values()].toSorted(compareNewestFirst);
}

/**
 * Whether an article comes so long after its date that the date alone might take it out of feeds before readers saw it.
 *
 * @param now when it comes, in seconds since 1970
 */
export function isLate(
  { published }: Pick<ArticleRef, "published">,
  { feedHours }: FeedReach,
  now: number,
): boolean {
  return published.epochSeconds < now - (feedHours * SECONDS_PER_HOUR) / LATE_SHARE;
}

/** After which part of `feedHours` an article is late: then its date keeps it in feeds for three quarters of them. */
const LATE_SHARE = 4;
