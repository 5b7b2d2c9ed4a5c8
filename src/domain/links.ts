import type { CardId } from "./card-id.ts";
import type { FeedTopic } from "./combination.ts";
import type { FeedFormat } from "./feed-format.ts";
import { FEED_FORMATS } from "./feed-format.ts";
import type { NamedScope, Scope } from "./scope.ts";
import type { ShareId } from "./share-id.ts";

/** Every public path is built here and only here. All are canonical: percent-encoded, NFC, without a slash at the end. */

export const FAVICON_PATH = "/favicon.svg";
export const TOUCH_ICON_PATH = "/apple-touch-icon.png";
export const FEED_STYLESHEET_PATH = "/feed.css";
export const OPML_PATH = "/feeds.opml";
export const SITEMAP_INDEX_PATH = "/sitemap.xml";

export function sharePath(id: ShareId): string {
  return `/s/${id}`;
}

/** A QR code of a share page's address. */
export function qrCodePath(id: ShareId): string {
  return `/q/${id}.svg`;
}

/** What programs that embed links are told of a share page (https://oembed.com). */
export function oembedPath(id: ShareId): string {
  return `/oembed?url=${sharePath(id)}`;
}

/** The list of a scope; `page` is an archive page such as `2022-01`. */
export function listPath(scope: Scope, page: string | null = null): string {
  const path = scopePath(scope);
  return `${path === "" ? "/" : path}${pageQuery(page)}`;
}

/** A feed in one format; `page` is an archive page such as `2022-01`, of a single scope only. */
export function feedPath(topic: FeedTopic, format: FeedFormat, page: string | null = null): string {
  return topicPath(topic, FEED_FORMATS[format].file, page);
}

/** Where readers get the format that they ask for, and people are told how to subscribe. */
export function subscribePath(topic: FeedTopic): string {
  return topicPath(topic, "feed");
}

function topicPath(topic: FeedTopic, file: string, page: string | null = null): string {
  return topic.kind === "combination"
    ? `/${file}?${topic.scopes.map(({ kind, name }) => `${kind}=${encodeSegment(name)}`).join("&")}`
    : `${scopePath(topic)}/${file}${pageQuery(page)}`;
}

/** A share card; another hash of the same card leads to today's. */
export function cardPath(id: CardId, hash: string): string {
  return `/c/${id}-${hash}.png`;
}

/** A part of the sitemap: all articles of a month, or of a shorter time in which there were many. */
export function sitemapPath(period: string): string {
  return `/sitemap-${encodeSegment(period)}.xml`;
}

/** What stands before the name of a scope's documents: empty, `/category/{slug}` or `/tag/{name}`. */
export function scopePath(scope: Scope): string {
  return scope.kind === "site" ? "" : `/${scope.kind}/${encodeSegment(scope.name)}`;
}

/** The path of a category or tag, percent-decoded, as `redirects` knows old paths. */
export function decodedScopePath({ kind, name }: NamedScope): string {
  return `/${kind}/${name}`;
}

/** One path segment as a URL parser leaves it, so that equal names have equal addresses. */
export function encodeSegment(name: string): string {
  return encodeURIComponent(name.normalize("NFC"));
}

function pageQuery(page: string | null): string {
  return page === null ? "" : `?page=${page}`;
}
