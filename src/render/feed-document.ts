import type { Article } from "../domain/article.ts";
import type { FeedTopic } from "../domain/combination.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import {
  FAVICON_PATH,
  FEED_STYLESHEET_PATH,
  TOUCH_ICON_PATH,
  feedPath,
  listPath,
  scopePath,
  subscribePath,
} from "../domain/links.ts";
import type { Moment } from "../domain/moment.ts";
import type { FeedSite } from "../domain/site.ts";
import type { Chunk, Sized } from "./chunk.ts";
import { byteLengthOf, encodeTexts } from "./chunk.ts";
import { feedEntry, lastChange } from "./feed-entry.ts";
import type { FeedHead, FeedWriter } from "./feed-writer.ts";
import { tagUri } from "./tag-uri.ts";

/** A feed, whatever its format is. */
export interface Feed<Body = Uint8Array> {
  readonly site: FeedSite;
  readonly topic: FeedTopic;
  /** The topic's title, for people. */
  readonly title: string;
  /** Newest first; of an archive page, all of its articles. */
  readonly articles: readonly Article<Body>[];
  readonly categoryTitle: (slug: string) => string;
  /** The archive page that this is, such as `2022-01`; null for the feed of the newest articles. */
  readonly page: string | null;
  /** The next older archive page; null where there is none. */
  readonly previousPage: string | null;
  /** The next newer archive page; null where there is none, and for the feed of the newest articles. */
  readonly nextPage: string | null;
}

/** How long a feed may be kept; the `ttl` in RSS says the same. */
export const FEED_MAX_AGE_SECONDS = 1800;

/** Several readers refuse larger documents. */
export const MAXIMUM_FEED_BYTES = 1_000_000;

const SECONDS_PER_MINUTE = 60;

/** The date of a feed without articles, because every feed must have one: 2026-01-01T00:00:00Z. */
const EMPTY_FEED_UPDATED: Moment = { epochSeconds: 1_767_225_600, offsetMinutes: 0 };

/**
 * The document of a feed in pieces: texts, and bodies as the writer leaves them. Where it would be too large, its
 * oldest articles are left out, because archive pages hold them; an archive page is always whole.
 *
 * @param maximumBytes of the document, which has at least one article in any case
 */
export function layOutFeed<Body extends Sized>(
  feed: Feed<Body>,
  format: FeedFormat,
  writer: FeedWriter<Body>,
  maximumBytes = MAXIMUM_FEED_BYTES,
): readonly (Uint8Array | Body)[] {
  const { site, articles, categoryTitle } = feed;
  const entries = articles.map((article, index) => [
    index === 0 ? "" : writer.separator,
    ...writer.entry(feedEntry(article, site, categoryTitle)),
  ]);
  const piecesOf = (count: number): readonly (Uint8Array | Body)[] => {
    const { start, end } = writer.frame(
      headOf({ ...feed, articles: articles.slice(0, count) }, format),
    );
    const shown = entries.slice(0, count).flat();
    return encodeTexts([...start, "\n", ...shown, "\n", ...end, "\n"]);
  };
  const pieces = piecesOf(articles.length);
  const excessBytes = byteLengthOf(pieces) - maximumBytes;
  if (feed.page !== null || excessBytes <= 0) return pieces;
  return piecesOf(countWithoutExcess(entries, excessBytes));
}

/** How many entries remain when enough of the last ones are left out. */
function countWithoutExcess<Body extends Sized>(
  entries: readonly (readonly Chunk<Body>[])[],
  excessBytes: number,
): number {
  let bytes = 0;
  const lastKept = entries.findLastIndex((entry) => {
    if (bytes >= excessBytes) return true;
    bytes += byteLengthOf(encodeTexts(entry));
    return false;
  });
  return Math.max(1, lastKept + 1);
}

function headOf(feed: Feed<unknown>, format: FeedFormat): FeedHead {
  const { site, topic, page, previousPage, nextPage } = feed;
  const urlOf = (name: string | null): string => site.url + feedPath(topic, format, name);
  return {
    id: tagUri(site.idAuthority, topicName(topic)),
    title: topic.kind === "site" ? feed.title : `${feed.title} · ${site.title}`,
    description: site.description,
    language: site.language,
    author: site.author ?? site.title,
    updated: newestChange(feed.articles) ?? EMPTY_FEED_UPDATED,
    selfUrl: urlOf(page),
    homeUrl:
      site.url + (topic.kind === "combination" ? subscribePath(topic) : listPath(topic, page)),
    iconUrl: site.icon ?? site.url + TOUCH_ICON_PATH,
    faviconUrl: site.url + FAVICON_PATH,
    stylesheetUrl: site.url + FEED_STYLESHEET_PATH,
    hubUrl: site.hub,
    timeToLiveMinutes: page === null ? FEED_MAX_AGE_SECONDS / SECONDS_PER_MINUTE : null,
    currentUrl: page === null ? null : urlOf(null),
    previousArchiveUrl: previousPage === null ? null : urlOf(previousPage),
    nextArchiveUrl: nextPage === null ? null : urlOf(nextPage),
  };
}

/** The topic in the feed's id. It is not the address, which differs by format. */
function topicName(topic: FeedTopic): string {
  return topic.kind === "combination"
    ? topic.scopes.map(scopePath).join("+")
    : `${scopePath(topic)}/`;
}

function newestChange(articles: readonly Article<unknown>[]): Moment | null {
  return articles.reduce<Moment | null>((newest, article) => {
    const change = lastChange(article);
    return newest === null || change.epochSeconds > newest.epochSeconds ? change : newest;
  }, null);
}
