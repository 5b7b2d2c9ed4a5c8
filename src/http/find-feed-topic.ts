import type { FeedTopic, ScopedTopic } from "../domain/combination.ts";
import { scopesOf } from "../domain/combination.ts";
import type { FeedView } from "../domain/feed-view.ts";
import { SEARCH_PATH, searchPath } from "../domain/links.ts";
import { mapped, ok } from "../domain/result.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { QueryFailure } from "../domain/search-query.ts";
import { exclusionOf, parseQuery } from "../domain/search-query.ts";
import type { StoreResult } from "../store/release-store.ts";
import type { AppContext } from "./env.ts";
import { whyAbsent } from "./find-scope.ts";
import type { FoundTopic } from "./find-topic.ts";
import { findTopic } from "./find-topic.ts";
import { queryValues } from "./query.ts";

/** The topic that a feed's address names, searches among them. */
export type FoundFeedTopic =
  | FoundTopic
  | { readonly kind: "found" | "elsewhere"; readonly topic: FeedTopic }
  /** A query that cannot be looked for. */
  | { readonly kind: "refused"; readonly failure: QueryFailure }
  /** A query beside a digest or a language. */
  | { readonly kind: "not-narrowed" };

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

function isNarrowed(url: string): boolean {
  return [...queryValues(url, "q"), ...queryValues(url, "without")].some(Boolean);
}

function searchTopic(url: string): FoundFeedTopic {
  const topic = narrowedTopic(url, SITE_SCOPE);
  if (!("topic" in topic) || topic.topic.kind !== "search") return topic;
  const written = new URL(url).search
    .slice(1)
    .split("&")
    .filter((pair) => /^(?:q|without)=/.test(pair));
  const isCanonical = searchPath(topic.topic.query) === `${SEARCH_PATH}?${written.join("&")}`;
  return { kind: isCanonical ? "found" : "elsewhere", topic: topic.topic };
}

/** The search for what an address narrows. */
function narrowedTopic(url: string, topic: ScopedTopic): FoundFeedTopic {
  const choices: string[] = [];
  for (const scope of scopesOf(topic)) {
    if (scope.kind === "language") return { kind: "not-narrowed" };
    if (scope.kind !== "site") choices.push(`${scope.kind}:"${scope.name}"`);
  }
  const typed = queryValues(url, "q").join(" ");
  const wanted = parseQuery(typed);
  // Else the choices alone would be left of it.
  if (!wanted.ok && wanted.failure.reason !== "empty") {
    return { kind: "refused", failure: wanted.failure };
  }
  const unwanted = exclusionOf(queryValues(url, "without").join(" "));
  if (!unwanted.ok) return { kind: "refused", failure: unwanted.failure };
  const query = parseQuery([typed, unwanted.value, ...choices].join(" "));
  return query.ok
    ? { kind: "elsewhere", topic: { kind: "search", query: query.value.text } }
    : { kind: "refused", failure: query.failure };
}
