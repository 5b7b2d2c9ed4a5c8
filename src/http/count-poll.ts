import type { FeedTopic } from "../domain/combination.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import { pollPoint } from "../domain/feed-poll.ts";
import type { FeedView } from "../domain/feed-view.ts";
import { readFetcher } from "../domain/fetcher.ts";
import type { Site } from "../domain/site.ts";
import type { AppContext } from "./env.ts";

/** The feed that an answer shows. */
interface PolledFeed {
  readonly site: Pick<Site, "url">;
  readonly topic: FeedTopic;
  readonly format: FeedFormat;
  readonly view: FeedView;
  /** The page of the archive; null for the newest articles. */
  readonly page: string | null;
}

/**
 * Counts a poll where the site has the binding for it: of whom, only what the program calls itself and for how many people it
 * fetches. The runtime writes the data point by itself, behind the answer. No trouble with it becomes one of the answer's.
 *
 * @param isUnchanged whether the answer is a 304
 */
export function countPoll(context: AppContext, feed: PolledFeed, isUnchanged: boolean): void {
  const { req } = context;
  const { FOLLOWERS: followers } = context.env;
  // Who reads the archive follows nothing there.
  if (followers === undefined || feed.page !== null || req.method !== "GET") return;
  try {
    const point = pollPoint({
      ...feed,
      site: feed.site.url,
      fetcher: readFetcher(req.header("User-Agent") ?? ""),
      url: req.url,
      isUnchanged,
    });
    followers.writeDataPoint({
      indexes: [...point.indexes],
      blobs: [...point.blobs],
      doubles: [...point.doubles],
    });
  } catch (error) {
    console.error("Cannot count a poll:", error);
  }
}
