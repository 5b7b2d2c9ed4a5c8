import type { Scope } from "../../src/domain/scope.ts";
import { PRERENDERED_FEED, withBodiesThatFit } from "../../src/render/feed-bodies.ts";
import { renderFeed } from "../../src/render/feed.ts";
import { phrasesFor } from "../../src/render/phrases.ts";
import { encodePrerenderedFeed, prerenderedFeedKey } from "../../src/store/prerendered-feed.ts";
import type { FeedContext } from "./feed-digest.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { compareBusiestFirst } from "./plan-collections.ts";
import type { ShownFeed } from "./plan-late-articles.ts";
import { restoreArticle } from "../read/article/store-article.ts";

/** The prerendered feed documents of one scope, rendered when `encode` is called. */
export interface PrerenderedFeed {
  readonly scope: Scope;
  readonly key: string;
  readonly encode: () => Promise<Uint8Array>;
}

/**
 * Chooses the scopes whose feeds are prerendered: the site and the busiest categories.
 *
 * @param count how many categories have prerendered feeds
 */
export function choosePrerendered(
  planned: readonly PlannedCollection[],
  count: number,
): readonly PlannedCollection[] {
  const { site: whole = [], category: categories = [] } = Object.groupBy(
    planned,
    ({ collection: { scope } }) => scope.kind,
  );
  return [...whole, ...categories.toSorted(compareBusiestFirst).slice(0, count)];
}

/** Plans the prerendered feed of a scope, which is rendered only when it is written. */
export function planPrerenderedFeed(
  { collection: { scope, title }, head: { newestPage } }: PlannedCollection,
  { articles, digest }: ShownFeed,
  { site, renderers, categoryTitle }: FeedContext,
): PrerenderedFeed {
  const key = prerenderedFeedKey(digest, renderers);
  const encode = async (): Promise<Uint8Array> => {
    const feed = {
      site,
      topic: scope,
      title,
      articles: withBodiesThatFit(articles.map(restoreArticle), PRERENDERED_FEED),
      readOn: phrasesFor(site.language).readOn,
      categoryTitle,
      page: null,
      previousPage: newestPage === "" ? null : newestPage,
      nextPage: null,
    };
    return encodePrerenderedFeed(key, (format) => renderFeed(feed, format));
  };
  return { scope, key, encode };
}
