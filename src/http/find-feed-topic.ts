import type { FeedTopic } from "../domain/combination.ts";
import type { FeedView } from "../domain/feed-view.ts";
import { SEARCH_PATH, searchPath } from "../domain/links.ts";
import { mapped, ok } from "../domain/result.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { StoreResult } from "../store/release-store.ts";
import type { AppContext } from "./env.ts";
import { whyAbsent } from "./find-scope.ts";
import type { FoundTopic } from "./find-topic.ts";
import { findTopic } from "./find-topic.ts";
import type { NarrowedTopic } from "./narrowed-topic.ts";
import { isNarrowed, narrowedTopic } from "./narrowed-topic.ts";

/** The topic that a feed's address names, searches among them. */
export type FoundFeedTopic =
  | FoundTopic
  | { readonly kind: "found" | "elsewhere"; readonly topic: FeedTopic }
  | NarrowedTopic;

/**
 * Finds the topic of a feed's address. Below `/search` that is the query; elsewhere `?q=` and `?without=` narrow categories and tags, which
 * is a search for articles of theirs and has its address. What cannot be narrowed is refused: nobody who follows some articles is sent
 * to more.
 */
export async function findFeedTopic(
  context: AppContext,
  view: FeedView,
): StoreResult<FoundFeedTopic> {
  const { url, path } = context.req;
  if (path.startsWith(`${SEARCH_PATH}/`)) return ok(searchTopic(url));
  const store = context.get("store");
  const found = await findTopic(context);
  if (!found.ok || store.manifest.search === null || !isNarrowed(url)) return found;
  if (view === "digest") return ok({ kind: "not-narrowed" });
  if (found.value.kind !== "none") {
    return ok("topic" in found.value ? narrowedTopic(url, found.value.topic) : found.value);
  }
  const { scope } = found.value;
  return mapped(await whyAbsent(store, scope), (absent) =>
    absent?.kind === "scope" ? narrowedTopic(url, absent.scope) : { kind: "none", scope },
  );
}

function searchTopic(url: string): FoundFeedTopic {
  const topic = narrowedTopic(url, SITE_SCOPE);
  if (topic.kind !== "elsewhere") return topic;
  const written = new URL(url).search
    .slice(1)
    .split("&")
    .filter((pair) => /^(?:q|without)=/.test(pair));
  const isCanonical = searchPath(topic.topic.query) === `${SEARCH_PATH}?${written.join("&")}`;
  return { kind: isCanonical ? "found" : "elsewhere", topic: topic.topic };
}
