import type { FeedTopic } from "./combination.ts";
import { scopesOf } from "./combination.ts";
import type { FeedFormat } from "./feed-format.ts";
import type { FeedView } from "./feed-view.ts";
import type { Fetcher } from "./fetcher.ts";
import { scopeKey } from "./scope.ts";

/** The binding of the Analytics Engine in wrangler's settings, which counts who follows. */
export const FOLLOWERS_BINDING = "FOLLOWERS";

/** What the feeds of searches are counted as. */
export const SEARCH_POLLS = "search";

/** A request for a feed that was answered with the feed, or with word that it is as it was. */
export interface FeedPoll {
  /** The address of the site: several may write to one dataset. */
  readonly site: string;
  readonly topic: FeedTopic;
  readonly format: FeedFormat;
  readonly view: FeedView;
  readonly fetcher: Fetcher;
  /** The address that was asked for. */
  readonly url: string;
  /** Whether the answer was a 304. */
  readonly isUnchanged: boolean;
}

/** What the Analytics Engine is given of a poll. */
interface DataPoint {
  readonly indexes: readonly [string];
  readonly blobs: readonly string[];
  readonly doubles: readonly number[];
}

/** Where the parts of a poll stand in a data point, by the names that its SQL gives them. */
export const POLL_COLUMNS = {
  site: "blob1",
  topic: "blob2",
  format: "blob3",
  view: "blob4",
  fetcher: "blob5",
  /** Which of a fetcher's own feeds this is, where it names subscribers; else empty. */
  feed: "blob6",
  subscribers: "double1",
  unchanged: "double2",
} as const;

/** An index has at most 96 bytes, and a character at most three of them. */
const MOST_INDEX_CHARACTERS = 32;
/** All blobs have at most 16 KB; an address may name a feed of any length. */
const MOST_BLOB_CHARACTERS = 600;

/**
 * The data point of a poll. Where a fetcher gives its feed no number, the address that it asks for tells feeds apart. What is rare
 * has an index of its own, because the Analytics Engine takes samples of each index that is written to very often.
 */
export function pollPoint({
  site,
  topic,
  format,
  view,
  fetcher,
  url,
  isUnchanged,
}: FeedPoll): DataPoint {
  const key = topicKey(topic);
  const { name, subscribers, feedId } = fetcher;
  const feed = subscribers === null ? "" : (feedId ?? url.split("?", 1)[0] ?? "");
  const blobs = [site, key, format, view, name, feed];
  return {
    indexes: [`${name} ${key}`.slice(0, MOST_INDEX_CHARACTERS)],
    blobs: blobs.map((blob) => blob.slice(0, MOST_BLOB_CHARACTERS)),
    doubles: [subscribers ?? 0, isUnchanged ? 1 : 0],
  };
}

/** The keys of a topic's scopes, one a line. What somebody searches for is nobody's business, so that all searches are one. */
function topicKey(topic: FeedTopic): string {
  if (topic.kind === "search") return SEARCH_POLLS;
  return scopesOf(topic).map(scopeKey).join("\n");
}
