import type { NamedScope, Scope } from "./scope.ts";
import { scopeKey } from "./scope.ts";

/** Several categories, tags and authors that are read as one feed, in which each article appears once. */
export interface Combination {
  readonly kind: "combination";
  /** At least two, each once, in the order of their keys. */
  readonly scopes: readonly NamedScope[];
}

/** All articles that are found for a query. */
export interface SearchTopic {
  readonly kind: "search";
  /** In its one spelling. */
  readonly query: string;
}

/** One scope, or several. */
export type ScopedTopic = Scope | Combination;

/** What a feed is about. */
export type FeedTopic = ScopedTopic | SearchTopic;

/** Whether a topic is a single scope, which has lists and an archive. */
export function isScope(topic: FeedTopic): topic is Scope {
  return topic.kind !== "combination" && topic.kind !== "search";
}

/** The most scopes in one feed: each costs a read, and people must be able to paste the address. */
export const MOST_COMBINED_SCOPES = 5;

/** Combines scopes. Order and repetition make no difference; a single scope remains itself. */
export function combine(first: NamedScope, ...others: readonly NamedScope[]): ScopedTopic {
  const byKey = new Map([first, ...others].map((scope) => [scopeKey(scope), scope]));
  const scopes = [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, scope]) => scope);
  return scopes.length === 1 ? first : { kind: "combination", scopes };
}

/** The title of several scopes that are read as one. */
export function combinedTitle(titles: readonly string[]): string {
  return titles.join(" + ");
}

/** The scopes of which a topic is made. */
export function scopesOf(topic: ScopedTopic): readonly Scope[] {
  return topic.kind === "combination" ? topic.scopes : [topic];
}
