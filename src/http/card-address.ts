import type { ArticleHeader } from "../domain/article.ts";
import type { FeedTopic } from "../domain/combination.ts";
import { cardPath } from "../domain/links.ts";
import type { NamedCard } from "../render/card.ts";
import { articleCard, cardHash, namedCategoryCard, namedSiteCard } from "../render/card.ts";
import type { Directory } from "../store/directory.ts";
import { scopeTitle } from "../store/scope-titles.ts";

/**
 * The address of an article's share card: its own where it is among the newest, else its category's. Known without a
 * read; null where the site has no cards.
 */
export function articleCardUrl(directory: Directory, header: ArticleHeader): string | null {
  const { site, cardsSince } = directory;
  if (cardsSince === null) return null;
  return header.published.epochSeconds >= cardsSince
    ? urlOf(directory, { id: header.id, card: articleCard(header, site) })
    : categoryCardUrl(directory, header.categories[0] ?? null);
}

/** The address of the card of a list; null where the site has no cards. Tags and combinations have the site's. */
export function scopeCardUrl(directory: Directory, topic: FeedTopic): string | null {
  if (directory.cardsSince === null) return null;
  return categoryCardUrl(directory, topic.kind === "category" ? topic.name : null);
}

/** By category, of the site under `null`: all older articles have these, and each takes two hashes. */
const categoryCardUrls = new WeakMap<Directory, Map<string | null, string>>();

function categoryCardUrl(directory: Directory, slug: string | null): string {
  const urls = categoryCardUrls.get(directory) ?? new Map<string | null, string>();
  categoryCardUrls.set(directory, urls);
  const url = urls.get(slug) ?? urlOf(directory, scopeCard(directory, slug));
  urls.set(slug, url);
  return url;
}

/** @param slug of a category; null for the site */
export function scopeCard(directory: Directory, slug: string | null): NamedCard {
  const { site } = directory;
  return slug === null
    ? namedSiteCard(site)
    : namedCategoryCard(slug, scopeTitle(directory, { kind: "category", name: slug }), site);
}

function urlOf({ site }: Directory, { id, card }: NamedCard): string {
  return site.url + cardPath(id, cardHash(card));
}
