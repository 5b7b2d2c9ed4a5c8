import type { Scope } from "../../src/domain/scope.ts";
import type { BodyLimits } from "../../src/render/feed-bodies.ts";
import {
  FEED_ON_REQUEST,
  PRERENDERED_FEED,
  withBodiesThatFit,
} from "../../src/render/feed-bodies.ts";
import { renderFeed } from "../../src/render/feed.ts";
import { variantOf } from "../../src/render/feed-head.ts";
import { feedWords } from "../../src/render/feed-words.ts";
import { encodePrerenderedFeed, prerenderedFeedKey } from "../../src/store/prerendered-feed.ts";
import { bodyLengthOf } from "../../src/store/pack.ts";
import type { FeedContext } from "./feed-digest.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { compareBusiestFirst } from "./plan-collections.ts";
import type { ShownFeed } from "./plan-late-articles.ts";
import { feedByDates } from "./plan-late-articles.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import { bringArticle, headerOf } from "../read/article/store-article.ts";

/** The prerendered feed documents of one scope, rendered when `encode` is called. */
export interface PrerenderedFeed {
  readonly scope: Scope;
  readonly key: string;
  readonly encode: () => Promise<Uint8Array>;
}

/** Of feeds that are prerendered for their size alone. Each is a write where it changes. */
const MOST_LARGE_FEEDS = 50;

/**
 * Chooses the scopes whose feeds are prerendered because of what the articles' dates say: the site, the busiest categories, and
 * those with large feeds.
 *
 * @param planned those that the manifest knows
 * @param count how many of the busiest categories
 */
export function choosePrerendered(
  planned: readonly PlannedCollection[],
  count: number,
): readonly PlannedCollection[] {
  const {
    site: whole = [],
    category: categories = [],
    language: languages = [],
    tag: tags = [],
    author: authors = [],
  } = Object.groupBy(planned, ({ collection: { scope } }) => scope.kind);
  const byActivity = categories.toSorted(compareBusiestFirst);
  const others = [...byActivity.slice(count), ...languages, ...tags, ...authors];
  return [...whole, ...byActivity.slice(0, count), ...withLargeFeeds(others, feedByDates)];
}

/** The scopes whose feeds are more than a request could make whole; where there are too many, those of the busiest. */
export function withLargeFeeds(
  planned: readonly PlannedCollection[],
  shownIn: (collection: PlannedCollection) => ShownFeed,
): readonly PlannedCollection[] {
  return planned
    .filter((collection) => isTooLarge(shownIn(collection).articles))
    .toSorted(compareBusiestFirst)
    .slice(0, MOST_LARGE_FEEDS);
}

/** Whether a request could not make a feed of these articles whole. What no feed shows whole makes none larger. */
function isTooLarge(articles: readonly StoredArticle[]): boolean {
  if (articles.length > FEED_ON_REQUEST.entries) return true;
  const sizes = articles.map(({ entry }) => ({ body: { byteLength: bodyLengthOf(entry) } }));
  const fitting = (limits: BodyLimits): number =>
    withBodiesThatFit(sizes, limits).filter(({ body }) => body !== null).length;
  return fitting(FEED_ON_REQUEST) < fitting(PRERENDERED_FEED);
}

/** Plans the prerendered feed of a scope, which is rendered only when it is written. */
export function planPrerenderedFeed(
  { collection: { scope, title }, head: { newestPage } }: PlannedCollection,
  { articles, digest }: ShownFeed,
  { site, renderers, categoryTitle }: FeedContext,
): PrerenderedFeed {
  const key = prerenderedFeedKey(digest, renderers);
  const encode = async (): Promise<Uint8Array> => {
    const words = feedWords(site, scope);
    const feed = {
      site,
      topic: scope,
      title,
      readOn: words.readOn,
      categoryTitle,
      page: null,
      previousPage: newestPage === "" ? null : newestPage,
      nextPage: null,
    };
    const restored = await Promise.all(articles.map(bringArticle));
    const whole = withBodiesThatFit(restored, PRERENDERED_FEED);
    const texts = { ...feed, hubUrl: site.hub, articles: whole };
    const withoutBodies = articles.map((article) => ({ ...headerOf(article), body: null }));
    const summaries = {
      ...feed,
      ...variantOf("summaries", words),
      hubUrl: null,
      articles: withoutBodies,
    };
    return encodePrerenderedFeed(key, (format, view) =>
      renderFeed(view === "texts" ? texts : summaries, format),
    );
  };
  return { scope, key, encode };
}
