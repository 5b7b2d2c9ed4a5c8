import { isPageName } from "../domain/archive.ts";
import type { FeedTopic } from "../domain/combination.ts";
import { isScope } from "../domain/combination.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import type { FeedView } from "../domain/feed-view.ts";
import { SEARCH_PATH, feedPath, subscribePath } from "../domain/links.ts";
import { absentTopic } from "./absent-topic.ts";
import { archivedFeed } from "./archived-feed.ts";
import type { AppContext } from "./env.ts";
import { isNavigation, preferredDocument } from "./feed-preference.ts";
import type { WantedFeed } from "./feed-responses.ts";
import { digestFeed } from "./digest-feed.ts";
import { feedError, feedUnavailable } from "./feed-responses.ts";
import { isSpelledLike, viewInQuery } from "./feed-spelling.ts";
import { findFeedTopic } from "./find-feed-topic.ts";
import { newestFeed } from "./newest-feed.ts";
import { errorPage, movedTo, unavailable } from "./responses.ts";
import { searchFeed } from "./search-feed.ts";
import { subscribePage } from "./subscribe-handler.ts";
import { queryValue } from "./query.ts";

/**
 * `{scope}/feed.xml`, `atom.xml` and `feed.json`, and the paths where readers guess the site's feed: the newest
 * articles, or with `?page=2022-01` an archive page; with `?only=summary` without their texts. Browsers show a feed as
 * source text or save it, so people get a page that explains how to subscribe, unless they add `?raw=1`.
 */
export function feedIn(format: FeedFormat): (context: AppContext) => Promise<Response> {
  return async (context) => feedOrPage(context, format, viewInQuery(context.req.url));
}

/** `{scope}/digest.xml`, `digest-atom.xml` and `digest.json`: an entry for each day that is over. */
export function digestIn(format: FeedFormat): (context: AppContext) => Promise<Response> {
  return async (context) => feedOrPage(context, format, "digest");
}

async function feedOrPage(
  context: AppContext,
  format: FeedFormat,
  view: FeedView,
): Promise<Response> {
  const page = queryValue(context.req.url, "page");
  const pathOf = (topic: FeedTopic): string =>
    feedPath(topic, format, page !== undefined && isPageName(page) ? page : null, view);
  const isForPeople = isNavigation(fetchDestination(context)) && !isRawWanted(context);
  const wanted = { format, view, isNegotiated: false };
  return isForPeople ? pageForPeople(context, pathOf, view) : feedFor(context, pathOf, wanted);
}

/** `{scope}/feed`: the format that a feed reader prefers, and for people the page that explains how to subscribe. */
export async function preferredFeed(context: AppContext): Promise<Response> {
  const accept = context.req.header("Accept") ?? null;
  const view = viewInQuery(context.req.url);
  const pathOf = (topic: FeedTopic): string => subscribePath(topic, view);
  const preferred = isRawWanted(context)
    ? "rss"
    : preferredDocument(accept, fetchDestination(context));
  return preferred === "page"
    ? pageForPeople(context, pathOf, view)
    : feedFor(context, pathOf, { format: preferred, view, isNegotiated: true });
}

/** @param pathOf the path of the requested document for another topic */
async function pageForPeople(
  context: AppContext,
  pathOf: (topic: FeedTopic) => string,
  view: FeedView,
): Promise<Response> {
  const { manifest } = context.get("store");
  const found = await findFeedTopic(context, view);
  if (!found.ok) return unavailable(manifest, found.failure);
  switch (found.value.kind) {
    case "found":
      return isSpelledLike(context.req.url, pathOf(found.value.topic))
        ? subscribePage(context, found.value.topic, view)
        : movedTo(pathOf(found.value.topic));
    case "elsewhere":
      return movedTo(pathOf(found.value.topic));
    case "none":
      return absentTopic(context, found.value.scope, pathOf, "people");
    case "refused":
      // The page of the search says what is wrong with a query.
      return movedTo(SEARCH_PATH + new URL(context.req.url).search);
    default:
      return errorPage(manifest, "notFound");
  }
}

/** @param pathOf the path of the requested document for another topic */
async function feedFor(
  context: AppContext,
  pathOf: (topic: FeedTopic) => string,
  wanted: WantedFeed,
): Promise<Response> {
  const found = await findFeedTopic(context, wanted.view);
  if (!found.ok) return feedUnavailable(found.failure);
  switch (found.value.kind) {
    case "found":
      return feedOf(context, found.value.topic, pathOf(found.value.topic), wanted);
    case "elsewhere":
      return movedTo(pathOf(found.value.topic));
    case "none":
      return absentTopic(context, found.value.scope, pathOf, "readers");
    case "too-many":
      return feedError("tooMany");
    case "no-language":
      return feedError("noLanguage");
    case "not-combined":
      return feedError("notCombined");
    case "not-narrowed":
      return feedError("notNarrowed");
    case "refused":
      return feedError("badQuery");
  }
}

/** @param path the canonical path of the document */
async function feedOf(
  context: AppContext,
  topic: FeedTopic,
  path: string,
  { view, ...wanted }: WantedFeed,
): Promise<Response> {
  const { url } = context.req;
  const page = queryValue(url, "page");
  const isNewest = page === undefined || !isScope(topic) || view === "digest";
  // A page that cannot be is answered where it is looked for.
  if ((isNewest || isPageName(page)) && !isSpelledLike(url, path)) return movedTo(path);
  if (topic.kind === "search") {
    return view === "digest"
      ? feedError("notFound")
      : searchFeed(context, topic, { ...wanted, view });
  }
  if (view === "digest") return digestFeed(context, topic, { ...wanted, view });
  return isNewest
    ? newestFeed(context, topic, { ...wanted, view })
    : archivedFeed(context, topic, { ...wanted, view }, page);
}

function fetchDestination({ req }: AppContext): string | null {
  return req.header("Sec-Fetch-Dest") ?? null;
}

/** `?raw=1` shows the document itself to people too. */
function isRawWanted(context: AppContext): boolean {
  return queryValue(context.req.url, "raw") === "1";
}
