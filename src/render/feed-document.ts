import type { Article } from "../domain/article.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import type { Moment } from "../domain/moment.ts";
import type { Sized } from "./chunk.ts";
import { entriesOf, lastChange } from "./feed-entry.ts";
import type { FeedDescription } from "./feed-head.ts";
import { feedHead, feedIcon } from "./feed-head.ts";
import { feedPieces } from "./feed-pieces.ts";
import type { FeedWriter } from "./feed-writer.ts";
import { podcastHead } from "./podcast.ts";

/** A feed of articles, whatever its format is. */
export interface Feed<Body = Uint8Array> extends FeedDescription {
  /** Newest first; of an archive page, all of its articles. An entry without a body shows summary and link. */
  readonly articles: readonly Article<Body | null>[];
  /** The words of the link to an article whose body is not there, in the feed's language. */
  readonly readOn: string;
  readonly categoryTitle: (slug: string) => string;
}

/** The document of a feed in pieces: texts, and bodies as the writer leaves them. */
export function layOutFeed<Body extends Sized>(
  feed: Feed<Body>,
  format: FeedFormat,
  writer: FeedWriter<Body>,
): readonly (Uint8Array | Body)[] {
  const { articles } = feed;
  const podcast = isPodcastFeed(feed) ? podcastHead(feed.site, feedIcon(feed.site)) : null;
  const head = { ...feedHead(feed, format, newestChange(articles)), podcast };
  return feedPieces(writer, head, articles, entriesOf<Body>(feed, podcast !== null));
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

function newestChange(articles: readonly Article<unknown>[]): Moment | null {
  return articles.reduce<Moment | null>((newest, article) => {
    const change = lastChange(article);
    return newest === null || change.epochSeconds > newest.epochSeconds ? change : newest;
  }, null);
}
