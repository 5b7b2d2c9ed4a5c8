import { feedPath } from "../../src/domain/links.ts";
import { combine } from "../../src/domain/combination.ts";
import type { FeedTopic } from "../../src/domain/combination.ts";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { tagUri } from "../../src/render/tag-uri.ts";
import { LARGEST_BODY_BYTES } from "../../src/render/feed-bodies.ts";
import type { PublishedArticle, PublisherOptions } from "./publisher.ts";
import {
  DEPLOYS_A_DAY,
  FIRST_SECOND,
  Publisher,
  SECONDS_PER_DAY,
  SECONDS_PER_HOUR,
} from "./publisher.ts";
import { Subscriber } from "./subscriber.ts";

/** What became of one subscriber. */
export interface Subscription {
  readonly feed: string;
  readonly everyHours: number;
  readonly published: number;
  readonly seen: number;
  readonly lost: readonly PublishedArticle[];
  readonly doubled: number;
  /** How many ended without their body, though no feed is too small for it. */
  readonly shrunk: number;
  readonly bytesADay: number;
}

interface WatchedFeed {
  readonly name: string;
  readonly topic: FeedTopic;
  readonly format: FeedFormat;
  readonly holds: (published: PublishedArticle) => boolean;
}

const inCategory =
  (name: string) =>
  ({ article }: PublishedArticle): boolean =>
    article.categories.includes(name);

/** Feeds of every kind. */
const FEEDS: readonly WatchedFeed[] = [
  { name: "the site", topic: { kind: "site" }, format: "rss", holds: () => true },
  {
    name: "a prerendered category",
    topic: { kind: "category", name: "paper-0" },
    format: "atom",
    holds: inCategory("paper-0"),
  },
  {
    name: "a category made on request",
    topic: { kind: "category", name: "paper-1" },
    format: "json",
    holds: inCategory("paper-1"),
  },
  {
    name: "a tag",
    topic: { kind: "tag", name: "paper-2" },
    format: "rss",
    holds: inCategory("paper-2"),
  },
  {
    name: "two categories together",
    topic: combine({ kind: "category", name: "paper-3" }, { kind: "category", name: "paper-4" }),
    format: "atom",
    holds: (one) => inCategory("paper-3")(one) || inCategory("paper-4")(one),
  },
];

const INTERVALS = [1, 6, 24];

/**
 * Publishes day after day, lets subscribers of every kind of feed ask hourly, six-hourly and daily, and a day longer, and tells
 * what became of them.
 */
export async function watchFeeds(
  days: number,
  options: PublisherOptions,
  say: (line: string) => void,
): Promise<readonly Subscription[]> {
  const publisher = new Publisher(options);
  const subscribers = FEEDS.flatMap((feed) =>
    INTERVALS.map((hours) => ({
      feed,
      subscriber: new Subscriber(feedPath(feed.topic, feed.format), hours),
    })),
  );
  const hoursBetween = SECONDS_PER_DAY / SECONDS_PER_HOUR / DEPLOYS_A_DAY;
  for (let hour = 0; hour < (days + 1) * 24; hour += 1) {
    const now = FIRST_SECOND + hour * SECONDS_PER_HOUR;
    if (hour < days * 24 && hour % hoursBetween === 0) await publisher.deploy(now);
    // Nobody knows of what is there at first whether it is new.
    if (hour === 0) continue;
    for (const { subscriber } of subscribers) {
      if (hour % subscriber.everyHours === 0) await subscriber.poll(publisher);
    }
    if (hour % 240 === 239) say(`${(hour + 1) / 24} days, ${publisher.published.length} articles`);
  }
  return subscribers.map(({ feed, subscriber }) => {
    const idOf = ({ article }: PublishedArticle): string =>
      tagUri(publisher.site.idAuthority, `/s/${article.id}`);
    const published = publisher.published.filter(
      (one) => one.arrivedAt > FIRST_SECOND && feed.holds(one),
    );
    const seen = published.filter((one) => subscriber.contents.has(idOf(one)));
    const isWhole = (one: PublishedArticle): boolean =>
      subscriber.contents.get(idOf(one)) === new TextDecoder().decode(one.article.body);
    return {
      feed: feed.name,
      everyHours: subscriber.everyHours,
      published: published.length,
      seen: seen.length,
      lost: published.filter((one) => !seen.includes(one)),
      doubled: subscriber.doubled,
      shrunk: seen.filter(
        (one) => one.article.body.byteLength <= LARGEST_BODY_BYTES && !isWhole(one),
      ).length,
      bytesADay: subscriber.bytes / (days + 1),
    };
  });
}
