import { isPageName, nearestPage, pageNeighbours } from "../domain/archive.ts";
import { feedPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import type { AppContext } from "./env.ts";
import type { WantedFeed } from "./feed-responses.ts";
import {
  feedError,
  feedNotModified,
  feedState,
  feedUnavailable,
  isCurrentFeed,
} from "./feed-responses.ts";
import { renderedFeed } from "./rendered-feed.ts";
import { movedTo } from "./responses.ts";

/** Of the page and of the list of pages. */
const LIST_READS = 2;

/** `?page=2022-01`: all articles of one archive page (RFC 5005, section 4). */
export async function archivedFeed(
  context: AppContext,
  scope: Scope,
  wanted: WantedFeed,
  page: string,
): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const [found, archive] = await Promise.all([store.page(scope, page), store.pageIndex(scope)]);
  if (!found.ok) return feedUnavailable(found.failure);
  if (!archive.ok) return feedUnavailable(archive.failure);
  if (found.value === null) {
    const nearest = nearestPage(archive.value, page);
    // The archive of a category that lost its articles is gone, and its feed is not.
    const isEmptied = isPageName(page) && manifest.scope(scope)?.count === 0;
    return nearest === null && !isEmptied
      ? feedError("notFound")
      : movedTo(feedPath(scope, wanted.format, nearest, wanted.view));
  }
  const { digest, refs } = found.value;
  const { newer, older } = pageNeighbours(archive.value, page);
  const document = { ...wanted, topic: scope, page, previousPage: older, nextPage: newer };
  const state = feedState(manifest, document, [digest, newer ?? "", older ?? ""], null);
  if (isCurrentFeed(context, state)) return feedNotModified(context, state);
  return renderedFeed(context, state, manifest.titleOf(scope), refs, LIST_READS);
}
