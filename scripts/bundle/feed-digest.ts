import type { Site } from "../../src/domain/site.ts";
import { FEED_SETTINGS } from "../../src/domain/site.ts";
import { phrasesFor } from "../../src/render/phrases/phrases-for.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import type { Collection } from "./collect-scopes.ts";
import type { RendererHashes } from "../program/renderer-hashes.ts";

/**
 * A hash of everything that a scope's feed documents show, found without making the documents. It does not include how they
 * show it, so that a change of code rewrites nothing that is stored.
 *
 * @param articles the articles in the feed, newest first
 * @param page the name of the archive page that it is, or that it leads to
 */
export function feedDigest(
  { scope, title }: Pick<Collection, "scope" | "title">,
  articles: readonly Pick<StoredArticle, "entry" | "categories">[],
  page: string,
  { basis, categoryTitle }: FeedContext,
): ContentHash {
  const categories = new Set<string>();
  // Hashes have one length, so they need no separator.
  let hashes = "";
  for (const article of articles) {
    hashes += article.entry.hash;
    for (const category of article.categories) categories.add(category);
  }
  const titles = Array.from(categories, categoryTitle);
  return contentHash([basis, scopeKey(scope), title, page, hashes, ...titles]);
}

/** A hash of the settings of the site that every feed shows. */
export function feedBasis(site: Site): ContentHash {
  return contentHash([
    "offprint feed",
    // What the settings do not have changes no feed.
    ...FEED_SETTINGS.filter((name) => site[name] !== undefined).map((name) =>
      JSON.stringify([name, site[name]]),
    ),
    phrasesFor(site).readOn,
  ]);
}

/** What all feeds of a release share. */
export interface FeedContext {
  readonly site: Site;
  readonly renderers: RendererHashes;
  /** The result of `feedBasis`. */
  readonly basis: ContentHash;
  readonly categoryTitle: (slug: string) => string;
}
