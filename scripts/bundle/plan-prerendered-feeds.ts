import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import type { Scope } from "../../src/domain/scope.ts";
import { renderFeed } from "../../src/render/feed.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { prerenderedFeedHash, encodePrerenderedFeed } from "../../src/store/prerendered-feed.ts";
import { prerenderedFeedKey } from "../../src/store/value-keys.ts";
import type { FeedContext } from "./feed-digest.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { compareBusiestFirst } from "./plan-collections.ts";
import { restoreArticle } from "../read/article/store-article.ts";

/** The finished feed documents of one scope. */
export interface PrerenderedFeed {
  readonly scope: Scope;
  readonly hash: ContentHash;
  readonly key: string;
  readonly encode: () => Promise<Uint8Array>;
}

/**
 * Finishes the feeds of the site and of the busiest categories.
 *
 * @param count categories with a prerendered feed
 */
export function planPrerenderedFeeds(
  planned: readonly PlannedCollection[],
  context: FeedContext,
  count: number,
): readonly PrerenderedFeed[] {
  const categories = planned
    .filter(({ collection: { scope } }) => scope.kind === "category")
    .toSorted(compareBusiestFirst);
  const site = planned.filter(({ collection: { scope } }) => scope.kind === "site");
  return [...site, ...categories.slice(0, count)].map((scope) =>
    planPrerenderedFeed(scope, context),
  );
}

function planPrerenderedFeed(
  { collection: { scope, title, members }, head }: PlannedCollection,
  { site, categoryTitle }: FeedContext,
): PrerenderedFeed {
  const feed = {
    site,
    topic: scope,
    title,
    articles: members.slice(0, site.feedLength).map(restoreArticle),
    categoryTitle,
    page: null,
    previousPage: head.newestPage === "" ? null : head.newestPage,
    nextPage: null,
  };
  const documents = Object.fromEntries(
    FEED_FORMAT_NAMES.map((format) => [format, renderFeed(feed, format)]),
  ) as Record<FeedFormat, Uint8Array>;
  const hash = prerenderedFeedHash(documents);
  return {
    scope,
    hash,
    key: prerenderedFeedKey(hash),
    encode: async () => encodePrerenderedFeed(documents),
  };
}
