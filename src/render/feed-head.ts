import type { FeedTopic } from "../domain/combination.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import type { FeedView } from "../domain/feed-view.ts";
import {
  FAVICON_PATH,
  FEED_STYLESHEET_PATH,
  SEARCH_PATH,
  TOUCH_ICON_PATH,
  encodeSegment,
  feedPath,
  listPath,
  scopePath,
  subscribePath,
} from "../domain/links.ts";
import type { Moment } from "../domain/moment.ts";
import type { FeedSite } from "../domain/site.ts";
import type { FeedHead } from "./feed-writer.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { tagUri } from "./tag-uri.ts";

/** A feed besides its entries. */
export interface FeedDescription {
  readonly site: FeedSite;
  readonly topic: FeedTopic;
  /** The topic's title, for people. */
  readonly title: string;
  /** How it shows the articles, where that is another way than with their texts. */
  readonly variant?: FeedVariant;
  /** The hub that is told of changes; null where none is told of this feed. */
  readonly hubUrl: string | null;
  /** The archive page that this is, such as `2022-01`; null for the feed of the newest articles. */
  readonly page: string | null;
  /** The next older archive page; null where there is none. */
  readonly previousPage: string | null;
  /** The next newer archive page; null where there is none, and for the feed of the newest articles. */
  readonly nextPage: string | null;
}

export interface FeedVariant {
  readonly view: Exclude<FeedView, "texts">;
  /** What people call it, in the feed's language. */
  readonly title: string;
}

/** The variant that shows a view, named in the words of a language; nothing where it shows texts. */
export function variantOf(
  view: FeedView,
  { variants }: Pick<Phrases, "variants">,
): Pick<FeedDescription, "variant"> {
  return view === "texts" ? {} : { variant: { view, title: variants[view] } };
}

/** How long a feed may be kept; the `ttl` in RSS says the same. */
export const FEED_MAX_AGE_SECONDS = 1800;

const SECONDS_PER_MINUTE = 60;

/** The date of a feed without entries, because every feed must have one: 2026-01-01T00:00:00Z. */
const EMPTY_FEED_UPDATED: Moment = { epochSeconds: 1_767_225_600, offsetMinutes: 0 };

/** @param updated the newest change of an entry; null where there is none */
export function feedHead(
  feed: FeedDescription,
  format: FeedFormat,
  updated: Moment | null,
): FeedHead {
  const { site, topic, variant, hubUrl, page, previousPage, nextPage } = feed;
  const view = variant?.view ?? "texts";
  const urlOf = (name: string | null): string => site.url + feedPath(topic, format, name, view);
  const names = [
    feed.title,
    topic.kind === "site" ? null : site.title,
    variant === undefined ? null : variant.title,
  ];
  return {
    id: tagUri(site.idAuthority, view === "texts" ? topicName(topic) : variantName(topic, view)),
    title: names.filter((name) => name !== null).join(" · "),
    description: site.description,
    language: feedLanguage(feed),
    author: site.author ?? site.title,
    updated: updated ?? EMPTY_FEED_UPDATED,
    selfUrl: urlOf(page),
    homeUrl:
      site.url + (topic.kind === "combination" ? subscribePath(topic) : listPath(topic, page)),
    iconUrl: feedIcon(site),
    faviconUrl: site.url + FAVICON_PATH,
    stylesheetUrl: site.url + FEED_STYLESHEET_PATH,
    hubUrl,
    podcast: null,
    timeToLiveMinutes: page === null ? FEED_MAX_AGE_SECONDS / SECONDS_PER_MINUTE : null,
    currentUrl: page === null ? null : urlOf(null),
    previousArchiveUrl: previousPage === null ? null : urlOf(previousPage),
    nextArchiveUrl: nextPage === null ? null : urlOf(nextPage),
  };
}

/** The language of a feed's own words. */
export function feedLanguage({ site, topic }: Pick<FeedDescription, "site" | "topic">): string {
  return topic.kind === "language" ? topic.name : site.language;
}

/** The address of a feed's square picture. */
export function feedIcon(site: Pick<FeedSite, "icon" | "url">): string {
  return site.icon ?? site.url + TOUCH_ICON_PATH;
}

/** A variant of a topic in ids. */
export function variantName(topic: FeedTopic, view: FeedVariant["view"]): string {
  return `${topicName(topic).replace(/\/$/, "")}/${view}`;
}

/** The topic in ids. It is not the address, which differs by format. */
function topicName(topic: FeedTopic): string {
  switch (topic.kind) {
    case "combination":
      return topic.scopes.map(scopePath).join("+");
    case "language":
      return `/language/${topic.name}/`;
    case "search":
      return `${SEARCH_PATH}/${encodeSegment(topic.query)}/`;
    default:
      return `${scopePath(topic)}/`;
  }
}
