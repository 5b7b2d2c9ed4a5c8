import { isPageName } from "../domain/archive.ts";
import type { FeedTopic } from "../domain/combination.ts";
import { MOST_COMBINED_SCOPES } from "../domain/combination.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import { feedPath, subscribePath } from "../domain/links.ts";
import { absentFeed } from "./absent-feed.ts";
import { absentPage } from "./absent-page.ts";
import { archivedFeed } from "./archived-feed.ts";
import { combinedFeed } from "./combined-feed.ts";
import type { AppContext } from "./env.ts";
import { isNavigation, preferredDocument } from "./feed-preference.ts";
import type { WantedFormat } from "./feed-responses.ts";
import { feedRefused, feedUnavailable } from "./feed-responses.ts";
import { findTopic } from "./find-topic.ts";
import { movedTo, notFound, unavailable } from "./responses.ts";
import { scopeFeed } from "./scope-feed.ts";
import { subscribePage } from "./subscribe-handler.ts";

/**
 * `{scope}/feed.xml`, `atom.xml`, `feed.json`, and addresses at which readers look for the site's feed: the newest
 * articles, or with `?page=2022-01` a page of the archive.
 */
export function feedIn(format: FeedFormat): (context: AppContext) => Promise<Response> {
  return async (context) => feedInFormat(context, format);
}

/** `{scope}/feed`: the format that a reader asks for, and for people the page that tells how to subscribe. */
export async function preferredFeed(context: AppContext): Promise<Response> {
  const accept = context.req.header("Accept") ?? null;
  const preferred = isRawWanted(context)
    ? "rss"
    : preferredDocument({ accept, fetchDestination: fetchDestination(context) });
  return preferred === "page"
    ? pageForPeople(context, subscribePath)
    : feedForReaders(context, subscribePath, { format: preferred, isNegotiated: true });
}

/** A browser shows people a feed as its source, or saves it: they get the page instead, unless they insist. */
async function feedInFormat(context: AppContext, format: FeedFormat): Promise<Response> {
  const page = context.req.query("page");
  const pathOf = (topic: FeedTopic): string =>
    feedPath(topic, format, page !== undefined && isPageName(page) ? page : null);
  return isNavigation(fetchDestination(context)) && !isRawWanted(context)
    ? pageForPeople(context, pathOf)
    : feedForReaders(context, pathOf, { format, isNegotiated: false });
}

/** @param pathOf the address that was asked for, of another topic */
async function feedForReaders(
  context: AppContext,
  pathOf: (topic: FeedTopic) => string,
  wanted: WantedFormat,
): Promise<Response> {
  const found = await findTopic(context);
  if (!found.ok) return feedUnavailable(found.failure);
  switch (found.value.kind) {
    case "topic":
      return feedOf(context, found.value.topic, wanted);
    case "elsewhere":
      return movedTo(pathOf(found.value.topic));
    case "none":
      return absentFeed(context, found.value.scope, pathOf);
    case "too-many":
      return feedRefused(
        `A combined feed has at most ${MOST_COMBINED_SCOPES} categories and tags.`,
      );
  }
}

/** @param pathOf the address that was asked for, of another topic */
async function pageForPeople(
  context: AppContext,
  pathOf: (topic: FeedTopic) => string,
): Promise<Response> {
  const { site } = context.get("store").manifest;
  const found = await findTopic(context);
  if (!found.ok) return unavailable(site, found.failure);
  switch (found.value.kind) {
    case "topic":
      return subscribePage(context, found.value.topic);
    case "elsewhere":
      return movedTo(pathOf(found.value.topic));
    case "none":
      return absentPage(context, found.value.scope, pathOf);
    case "too-many":
      return notFound(site);
  }
}

async function feedOf(
  context: AppContext,
  topic: FeedTopic,
  wanted: WantedFormat,
): Promise<Response> {
  if (topic.kind === "combination") return combinedFeed(context, topic, wanted);
  const page = context.req.query("page");
  return page === undefined
    ? scopeFeed(context, topic, wanted)
    : archivedFeed(context, topic, wanted, page);
}

function fetchDestination({ req }: AppContext): string | null {
  return req.header("Sec-Fetch-Dest") ?? null;
}

/** `?raw=1` shows the document itself to people too. */
function isRawWanted(context: AppContext): boolean {
  return context.req.query("raw") === "1";
}
