import { isPageName } from "../domain/archive.ts";
import type { FeedTopic } from "../domain/combination.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import { feedPath, subscribePath } from "../domain/links.ts";
import { absentTopic } from "./absent-topic.ts";
import { archivedFeed } from "./archived-feed.ts";
import type { AppContext } from "./env.ts";
import { isNavigation, preferredDocument } from "./feed-preference.ts";
import type { WantedFormat } from "./feed-responses.ts";
import { feedError, feedUnavailable } from "./feed-responses.ts";
import { findTopic } from "./find-topic.ts";
import { newestFeed } from "./newest-feed.ts";
import { errorPage, movedTo, unavailable } from "./responses.ts";
import { subscribePage } from "./subscribe-handler.ts";
import { queryValue } from "./query.ts";

/**
 * `{scope}/feed.xml`, `atom.xml` and `feed.json`, and the paths where readers guess the site's feed: the newest
 * articles, or with `?page=2022-01` an archive page. Browsers show a feed as source text or save it, so people get a
 * page that explains how to subscribe, unless they add `?raw=1`.
 */
export function feedIn(format: FeedFormat): (context: AppContext) => Promise<Response> {
  return async (context) => {
    const page = queryValue(context.req.url, "page");
    const pathOf = (topic: FeedTopic): string =>
      feedPath(topic, format, page !== undefined && isPageName(page) ? page : null);
    const isForPeople = isNavigation(fetchDestination(context)) && !isRawWanted(context);
    return feedOrPage(context, pathOf, isForPeople ? null : { format, isNegotiated: false });
  };
}

/** `{scope}/feed`: the format that a feed reader prefers, and for people the page that explains how to subscribe. */
export async function preferredFeed(context: AppContext): Promise<Response> {
  const accept = context.req.header("Accept") ?? null;
  const preferred = isRawWanted(context)
    ? "rss"
    : preferredDocument(accept, fetchDestination(context));
  const wanted = preferred === "page" ? null : { format: preferred, isNegotiated: true };
  return feedOrPage(context, subscribePath, wanted);
}

/**
 * @param pathOf the path of the requested document for another topic
 * @param wanted the feed that a reader wants; null for the page that people get
 */
async function feedOrPage(
  context: AppContext,
  pathOf: (topic: FeedTopic) => string,
  wanted: WantedFormat | null,
): Promise<Response> {
  const { site } = context.get("store").manifest;
  const found = await findTopic(context);
  if (!found.ok) {
    return wanted === null ? unavailable(site, found.failure) : feedUnavailable(found.failure);
  }
  switch (found.value.kind) {
    case "found":
      return wanted === null
        ? subscribePage(context, found.value.topic)
        : feedOf(context, found.value.topic, wanted);
    case "elsewhere":
      return movedTo(pathOf(found.value.topic));
    case "none": {
      const audience = wanted === null ? "people" : "readers";
      return absentTopic(context, found.value.scope, pathOf, audience);
    }
    case "too-many":
      return wanted === null ? errorPage(site, "notFound") : feedError("tooMany");
  }
}

async function feedOf(
  context: AppContext,
  topic: FeedTopic,
  wanted: WantedFormat,
): Promise<Response> {
  const page = queryValue(context.req.url, "page");
  return page === undefined || topic.kind === "combination"
    ? newestFeed(context, topic, wanted)
    : archivedFeed(context, topic, wanted, page);
}

function fetchDestination({ req }: AppContext): string | null {
  return req.header("Sec-Fetch-Dest") ?? null;
}

/** `?raw=1` shows the document itself to people too. */
function isRawWanted(context: AppContext): boolean {
  return queryValue(context.req.url, "raw") === "1";
}
