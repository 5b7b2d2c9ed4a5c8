import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import type { Scope } from "../../src/domain/scope.ts";
import { renderFeed } from "../../src/render/feed.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { editionHash, encodeEdition } from "../../src/store/edition.ts";
import { editionKey } from "../../src/store/value-keys.ts";
import type { FeedContext } from "./feed-digest.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { compareBusiestFirst } from "./plan-collections.ts";
import { restoreArticle } from "../read/article/store-article.ts";

/** The finished feed documents of one scope. */
export interface PlannedEdition {
  readonly scope: Scope;
  readonly hash: ContentHash;
  readonly key: string;
  readonly encode: () => Promise<Uint8Array>;
}

/**
 * Finishes the feeds of the site and of the busiest categories.
 *
 * @param count categories with an edition
 */
export function planEditions(
  planned: readonly PlannedCollection[],
  context: FeedContext,
  count: number,
): readonly PlannedEdition[] {
  const categories = planned
    .filter(({ collection: { scope } }) => scope.kind === "category")
    .toSorted(compareBusiestFirst);
  const site = planned.filter(({ collection: { scope } }) => scope.kind === "site");
  return [...site, ...categories.slice(0, count)].map((scope) => planEdition(scope, context));
}

function planEdition(
  { collection: { scope, title, members }, head }: PlannedCollection,
  { site, categoryTitle }: FeedContext,
): PlannedEdition {
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
  const hash = editionHash(documents);
  return { scope, hash, key: editionKey(hash), encode: async () => encodeEdition(documents) };
}
