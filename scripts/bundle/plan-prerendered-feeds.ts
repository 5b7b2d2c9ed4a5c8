import type { Scope } from "../../src/domain/scope.ts";
import { renderFeed } from "../../src/render/feed.ts";
import { encodePrerenderedFeed, prerenderedFeedKey } from "../../src/store/prerendered-feed.ts";
import type { FeedContext } from "./feed-digest.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { compareBusiestFirst } from "./plan-collections.ts";
import { restoreArticle } from "../read/article/store-article.ts";

/** The prerendered feed documents of one scope, rendered when `encode` is called. */
export interface PrerenderedFeed {
  readonly scope: Scope;
  readonly key: string;
  readonly encode: () => Promise<Uint8Array>;
}

/**
 * Chooses the feeds to prerender: those of the site and of the busiest categories. A feed is rendered only when it is
 * written.
 *
 * @param count how many categories have prerendered feeds
 */
export function planPrerenderedFeeds(
  planned: readonly PlannedCollection[],
  { site, renderers, categoryTitle }: FeedContext,
  count: number,
): readonly PrerenderedFeed[] {
  const { site: whole = [], category: categories = [] } = Object.groupBy(
    planned,
    ({ collection: { scope } }) => scope.kind,
  );
  const busiest = categories.toSorted(compareBusiestFirst).slice(0, count);
  return [...whole, ...busiest].map(({ collection: { scope, title, members }, head }) => {
    const key = prerenderedFeedKey(head.digest, renderers);
    const encode = async (): Promise<Uint8Array> => {
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
      return encodePrerenderedFeed(key, (format) => renderFeed(feed, format));
    };
    return { scope, key, encode };
  });
}
