import type { ArticleHeader } from "../domain/article.ts";
import type { FeedTopic } from "../domain/combination.ts";
import { cardPath } from "../domain/links.ts";
import type { NamedCard } from "../render/card.ts";
import { articleCardPath, cardHash, namedCategoryCard, namedSiteCard } from "../render/card.ts";
import type { Manifest } from "../store/manifest.ts";

/**
 * The address of an article's share card: its own if it is among the newest, else its category's. It is known without a
 * read; null where the site has no cards.
 */
export function articleCardUrl(manifest: Manifest, header: ArticleHeader): string | null {
  const { site, cardsSince } = manifest;
  if (cardsSince === null) return null;
  return header.published.epochSeconds >= cardsSince
    ? site.url + articleCardPath(header, site)
    : categoryCardUrl(manifest, header.categories[0] ?? null);
}

/** The address of a list's share card; tags and combinations use the site's. Null where the site has no cards. */
export function scopeCardUrl(manifest: Manifest, topic: FeedTopic): string | null {
  if (manifest.cardsSince === null) return null;
  const hasCard = topic.kind === "category" && manifest.scope(topic)?.count !== 0;
  return categoryCardUrl(manifest, hasCard ? topic.name : null);
}

/**
 * Addresses by category slug, the site's under `null`. They are kept, because all older articles use them and each
 * takes two hashes to compute.
 */
const categoryCardUrls = new WeakMap<Manifest, Map<string | null, string>>();

function categoryCardUrl(manifest: Manifest, slug: string | null): string {
  const urls = categoryCardUrls.get(manifest) ?? new Map<string | null, string>();
  categoryCardUrls.set(manifest, urls);
  const url = urls.get(slug) ?? urlOf(manifest, scopeCard(manifest, slug));
  urls.set(slug, url);
  return url;
}

/** The share card of a category, or of the site where `slug` is null. */
export function scopeCard(manifest: Manifest, slug: string | null): NamedCard {
  const { site } = manifest;
  return slug === null
    ? namedSiteCard(site)
    : namedCategoryCard(slug, manifest.categoryTitle(slug), site);
}

function urlOf({ site }: Manifest, { id, card }: NamedCard): string {
  return site.url + cardPath(id, cardHash(card));
}
