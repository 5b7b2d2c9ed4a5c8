import type { CardId } from "./card-id.ts";
import type { FeedTopic, SearchTopic } from "./combination.ts";
import { isScope } from "./combination.ts";
import type { FeedFormat } from "./feed-format.ts";
import { FEED_FORMATS } from "./feed-format.ts";
import type { FeedView } from "./feed-view.ts";
import { isListedAuthor } from "./listed-authors.ts";
import { remembered } from "./remembered.ts";
import type { NamedScope, Scope } from "./scope.ts";
import type { ShareId } from "./share-id.ts";
import type { Site } from "./site.ts";

/* The paths to which pages and feeds link, in their canonical spelling: percent-encoded and in NFC. */

export const FAVICON_PATH = "/favicon.svg";
export const TOUCH_ICON_PATH = "/apple-touch-icon.png";
export const FEED_STYLESHEET_PATH = "/feed.css";
export const OPML_PATH = "/feeds.opml";
export const CATEGORIES_PATH = "/categories";
/** The period of the sitemap of the newest articles, beside those of months. */
export const NEWS_SITEMAP_PERIOD = "news";
export const SITEMAP_INDEX_PATH = "/sitemap.xml";
export const SEARCH_PATH = "/search";

/** Below it lie the share pages. */
export const SHARE_PAGES_PATH = "/s";

/** Behind the address of a share page: the article as Markdown. */
export const MARKDOWN_ENDING = ".md";

export function sharePath(id: ShareId): string {
  return `${SHARE_PAGES_PATH}/${id}`;
}

/** An article as Markdown. */
export function markdownPath(id: ShareId): string {
  return `${sharePath(id)}${MARKDOWN_ENDING}`;
}

/** A QR code of a share page's address. */
export function qrCodePath(id: ShareId): string {
  return `/q/${id}.svg`;
}

/** The oEmbed document of a share page (https://oembed.com). */
export function oembedPath(id: ShareId): string {
  return `/oembed?url=${sharePath(id)}`;
}

/**
 * The list of a scope; `page` is an archive page such as `2022-01`. A language has none, but only the page that says how to
 * subscribe.
 */
export function listPath(scope: Scope | SearchTopic, page: string | null = null): string {
  if (scope.kind === "language") return subscribePath(scope);
  if (scope.kind === "search") return searchPath(scope.query);
  const path = scopePath(scope);
  return `${path === "" ? "/" : path}${pageQuery(page)}`;
}

/**
 * What was found for a query, as the form asks for it.
 *
 * @param before the number of an article, for those that are older
 */
export function searchPath(query: string, before: number | null = null): string {
  return `${SEARCH_PATH}?${searchQuery(query)}${before === null ? "" : `&before=${before}`}`;
}

/** A blank is `+`, as forms write it. */
function searchQuery(query: string): string {
  return new URLSearchParams({ q: query }).toString();
}

/** The absolute address of an author's list; null where there is none. */
export function authorUrl(name: string, site: Pick<Site, "authors" | "url">): string | null {
  const path = site.authors === false ? null : pathOfAuthor(name);
  return path === null ? null : site.url + path;
}

/** The list of all categories; its pages count from 1. */
export function categoriesPath(page: number): string {
  return page === 1 ? CATEGORIES_PATH : `${CATEGORIES_PATH}?page=${page}`;
}

/**
 * A feed in one format; `page` is an archive page such as `2022-01`, of a single scope only. Digests have no archive.
 */
export function feedPath(
  topic: FeedTopic,
  format: FeedFormat,
  page: string | null = null,
  view: FeedView = "texts",
): string {
  const { file, digestFile } = FEED_FORMATS[format];
  return view === "digest"
    ? topicPath(topic, digestFile)
    : topicPath(topic, file, page, onlyQuery(view));
}

/** The address at which readers get the format that they prefer, and people learn how to subscribe. */
export function subscribePath(topic: FeedTopic, view: FeedView = "texts"): string {
  return topicPath(topic, "feed", null, onlyQuery(view));
}

function topicPath(
  topic: FeedTopic,
  file: string,
  page: string | null = null,
  only: string | null = null,
): string {
  const hasPage = isScope(topic) && page !== null;
  const query = [...topicQuery(topic), hasPage ? `page=${page}` : null, only]
    .filter((parameter) => parameter !== null)
    .join("&");
  const path = `${topicBeginning(topic)}/${file}`;
  return query === "" ? path : `${path}?${query}`;
}

function topicBeginning(topic: FeedTopic): string {
  if (topic.kind === "search") return SEARCH_PATH;
  return topic.kind === "combination" ? "" : scopePath(topic);
}

/** The parameters that name a topic whose feeds have no path of their own. */
function topicQuery(topic: FeedTopic): readonly string[] {
  const scopes = topic.kind === "combination" ? topic.scopes : [];
  if (topic.kind === "language") return [`lang=${topic.name}`];
  if (topic.kind === "search") return [searchQuery(topic.query)];
  return scopes.map(({ kind, name }) => `${kind}=${encodeSegment(name)}`);
}

function onlyQuery(view: FeedView): string | null {
  return view === "summaries" ? "only=summary" : null;
}

/** A share card. With an outdated hash, the address leads to today's card. */
export function cardPath(id: CardId, hash: string): string {
  return `/c/${id}-${hash}.png`;
}

/** A part of the sitemap: all articles of a month, or of a shorter time in which there were many. */
export function sitemapPath(period: string): string {
  return `/sitemap-${encodeSegment(period)}.xml`;
}

/** The beginning of a scope's paths: empty where it has none of its own, `/category/{slug}`, `/tag/{name}` or `/author/{name}`. */
export function scopePath(scope: Scope): string {
  return scope.kind === "site" || scope.kind === "language"
    ? ""
    : `/${scope.kind}/${encodeSegment(scope.name)}`;
}

/** The path of a category, tag or author, percent-decoded as in the `redirects` map. */
export function decodedScopePath({ kind, name }: NamedScope): string {
  return `/${kind}/${name}`;
}

/** Most sites have fewer categories and authors. */
const MOST_NAMES = 5000;

/** Reporters and correspondents of some years. Feeds ask for those of each entry, and to find out takes a microsecond or two. */
const MOST_AUTHORS = 20_000;

const pathOfAuthor = remembered(MOST_AUTHORS, (name) =>
  isListedAuthor(name, {}) ? listPath({ kind: "author", name }) : null,
);

/** A name as a path segment, in NFC and percent-encoded, so that equal names have equal addresses. */
export const encodeSegment = remembered(MOST_NAMES, (name) =>
  encodeURIComponent(name.normalize("NFC")),
);

/**
 * A canonical path as pages link to it: letters and digits stand as they are (URL Standard, section 4.3), as they do in the
 * name beside the link, so that in gzip they cost next to nothing. Browsers ask for the canonical path.
 */
export function hrefOf(path: string): string {
  return path.includes("%") ? hrefOfEncoded(path) : path;
}

const hrefOfEncoded = remembered(MOST_NAMES, (path) =>
  path.replaceAll(/(?:%[89A-F][\dA-F])+/g, (encoded) =>
    decodeURIComponent(encoded).replaceAll(/[^\p{L}\p{N}]+/gu, encodeURIComponent),
  ),
);

/** A percent-decoded path as addresses spell it; a slash at its end stays. */
export function encodedPath(path: string): string {
  return path.split("/").map(encodeSegment).join("/");
}

/** The sitemap of the site's own pages. */
export const PAGES_SITEMAP_PERIOD = "pages";

function pageQuery(page: string | null): string {
  return page === null ? "" : `?page=${page}`;
}
