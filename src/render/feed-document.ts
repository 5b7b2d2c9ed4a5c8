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
import type { Sized } from "./chunk.ts";
import { encodeTexts } from "./chunk.ts";
import { feedEntry, lastChange } from "./feed-entry.ts";
import type { FeedHead, FeedWriter } from "./feed-writer.ts";
import { podcastHead } from "./podcast.ts";
import { tagUri } from "./tag-uri.ts";

/** A feed, whatever its format is. */
export interface Feed<Body = Uint8Array> {
  readonly site: FeedSite;
  readonly topic: FeedTopic;
  /** The topic's title, for people. */
  readonly title: string;
  /** Newest first; of an archive page, all of its articles. An entry without a body shows summary and link. */
  readonly articles: readonly Article<Body | null>[];
  /** The words of the link to an article whose body is not there, in the feed's language. */
  readonly readOn: string;
  /** The hub that is told of changes; null where none is told of this feed. */
  readonly hubUrl: string | null;
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

const SECONDS_PER_MINUTE = 60;

/** The date of a feed without articles, because every feed must have one: 2026-01-01T00:00:00Z. */
const EMPTY_FEED_UPDATED: Moment = { epochSeconds: 1_767_225_600, offsetMinutes: 0 };

/** The document of a feed in pieces: texts, and bodies as the writer leaves them. */
export function layOutFeed<Body extends Sized>(
  feed: Feed<Body>,
  format: FeedFormat,
  writer: FeedWriter<Body>,
): readonly (Uint8Array | Body)[] {
  const { site, articles, readOn, categoryTitle } = feed;
  const head = headOf(feed, format);
  const isPodcast = head.podcast !== null;
  const { start, end } = writer.frame(head);
  const entries = articles.flatMap((article, index) => [
    index === 0 ? "" : writer.separator,
    ...writer.entry(feedEntry(article, site, isPodcast, readOn, categoryTitle)),
  ]);
  return encodeTexts([...start, "\n", ...entries, "\n", ...end, "\n"]);
}

function headOf(feed: Feed<unknown>, format: FeedFormat): FeedHead {
  const { site, topic, hubUrl, page, previousPage, nextPage } = feed;
  const iconUrl = site.icon ?? site.url + TOUCH_ICON_PATH;
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
    iconUrl,
    faviconUrl: site.url + FAVICON_PATH,
    stylesheetUrl: site.url + FEED_STYLESHEET_PATH,
    hubUrl,
    podcast: isPodcastFeed(feed) ? podcastHead(site, iconUrl) : null,
    timeToLiveMinutes: page === null ? FEED_MAX_AGE_SECONDS / SECONDS_PER_MINUTE : null,
    currentUrl: page === null ? null : urlOf(null),
    previousArchiveUrl: previousPage === null ? null : urlOf(previousPage),
    nextArchiveUrl: nextPage === null ? null : urlOf(nextPage),
  };
}

/**
 * Whether a feed is a podcast's: by the settings, or because there is sound in the document. Nothing else needs to be asked,
 * so that the same entries always make the same document.
 */
function isPodcastFeed({ site, topic, articles }: Feed<unknown>): boolean {
  if (topic.kind === "category" && site.podcast?.categories.includes(topic.name) === true) {
    return true;
  }
  return articles.some(({ recordings = [] }) => recordings.some(({ kind }) => kind === "audio"));
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
