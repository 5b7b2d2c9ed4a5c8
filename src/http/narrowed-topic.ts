import type { ScopedTopic, SearchTopic } from "../domain/combination.ts";
import { scopesOf } from "../domain/combination.ts";
import type { QueryFailure } from "../domain/search-query.ts";
import { exclusionOf, parseQuery } from "../domain/search-query.ts";
import { queryValues } from "./query.ts";

/** What an address with `?q=` or `?without=` means. */
export type NarrowedTopic =
  | { readonly kind: "elsewhere"; readonly topic: SearchTopic }
  /** A query that cannot be looked for. */
  | { readonly kind: "refused"; readonly failure: QueryFailure }
  /** A query beside a language, by which articles are not found. */
  | { readonly kind: "not-narrowed" };

/** Whether an address asks for some articles of what its path names. */
export function isNarrowed(url: string): boolean {
  return [...queryValues(url, "q"), ...queryValues(url, "without")].some(Boolean);
}

/** The search for what an address narrows. */
export function narrowedTopic(url: string, topic: ScopedTopic): NarrowedTopic {
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
