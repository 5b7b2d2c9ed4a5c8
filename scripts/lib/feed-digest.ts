import type { Site } from "../../src/domain/site.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import type { Collection } from "./collect-scopes.ts";

/** An article with the entry that stores it, whose hash says when its content changed. */
export interface StoredArticle {
  readonly entry: PackEntry;
  readonly categories: readonly string[];
}

/**
 * A hash of everything that a scope's feed documents show, without making the documents: it changes exactly when they
 * do, and so serves as their validator.
 *
 * @param articles in the feed, newest first
 * @param page the archive page that it is, or that it leads to
 */
export function feedDigest(
  { scope, title }: Pick<Collection<never>, "scope" | "title">,
  articles: readonly StoredArticle[],
  page: string,
  { site, renderer, categoryTitle }: FeedContext,
): ContentHash {
  const categories = new Set(articles.flatMap((article) => article.categories));
  return contentHash([
    "offprint feed",
    renderer,
    JSON.stringify(site),
    scopeKey(scope),
    title,
    page,
    ...articles.map((article) => article.entry.hash),
    ...[...categories].map(categoryTitle),
  ]);
}

/** What all feeds of a release share. */
export interface FeedContext {
  readonly site: Site;
  readonly renderer: ContentHash;
  readonly categoryTitle: (slug: string) => string;
}
