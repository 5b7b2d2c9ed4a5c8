import type { FeedTopic, ScopedTopic } from "../domain/combination.ts";
import { scopesOf } from "../domain/combination.ts";
import type { FeedView } from "../domain/feed-view.ts";
import { SEARCH_PATH, searchPath } from "../domain/links.ts";
import type { Result } from "../domain/result.ts";
import { failed, mapped, ok } from "../domain/result.ts";
import type { QueryFailure } from "../domain/search-query.ts";
import { parseQuery, spelledQuery } from "../domain/search-query.ts";
import type { StoreResult } from "../store/release-store.ts";
import type { AppContext } from "./env.ts";
import type { FoundTopic } from "./find-topic.ts";
import { findTopic } from "./find-topic.ts";
import { queryValue, queryValues } from "./query.ts";

/** The topic that a feed's address names, searches among them. */
export type FoundFeedTopic =
  | FoundTopic
  | { readonly kind: "found" | "elsewhere"; readonly topic: FeedTopic }
  /** A query that cannot be looked for. */
  | { readonly kind: "refused"; readonly failure: QueryFailure };

/**
 * Finds the topic of a feed's address. Below `/search` that is the query; elsewhere `?q=` and `?without=` narrow categories and tags, which
 * is a search for articles of theirs and has its address.
 */
export async function findFeedTopic(
  context: AppContext,
  view: FeedView,
): StoreResult<FoundFeedTopic> {
  const { url, path } = context.req;
  if (path.startsWith(`${SEARCH_PATH}/`)) return ok(searchTopic(url));
  const found = await findTopic(context);
  if (!found.ok || context.get("store").manifest.search === null || view === "digest") return found;
  const isNarrowed = [...queryValues(url, "q"), ...queryValues(url, "without")].some(Boolean);
  if (!isNarrowed || !("topic" in found.value)) return found;
  const text = narrowedText(url, found.value.topic);
  if (text === null) return found;
  return ok(
    text.ok
      ? { kind: "elsewhere", topic: { kind: "search", query: text.value } }
      : { kind: "refused", failure: text.failure },
  );
}

function searchTopic(url: string): FoundFeedTopic {
  const query = parseQuery(queryValue(url, "q") ?? "");
  if (!query.ok) return { kind: "refused", failure: query.failure };
  const { text } = query.value;
  const written = new URL(url).search
    .slice(1)
    .split("&")
    .filter((pair) => /^(?:q|without)=/.test(pair));
  const isCanonical = searchPath(text) === `${SEARCH_PATH}?${written.join("&")}`;
  return { kind: isCanonical ? "found" : "elsewhere", topic: { kind: "search", query: text } };
}

/**
 * The query for what an address narrows; null for languages, which cannot be.
 */
function narrowedText(url: string, topic: ScopedTopic): Result<string, QueryFailure> | null {
  const choices: string[] = [];
  for (const scope of scopesOf(topic)) {
    if (scope.kind === "language") return null;
    if (scope.kind !== "site") choices.push(`${scope.kind}:"${scope.name}"`);
  }
  const without = parseQuery(queryValues(url, "without").join(" "));
  if (!without.ok && without.failure.reason !== "empty") return failed(without.failure);
  const unwanted = without.ok ? without.value.phrases.map(({ written }) => `-${written}`) : [];
  const query = parseQuery([...queryValues(url, "q"), ...unwanted, ...choices].join(" "));
  return mapped(query, spelledQuery);
}
