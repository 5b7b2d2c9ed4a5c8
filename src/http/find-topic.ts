import type { FeedTopic } from "../domain/combination.ts";
import { MOST_COMBINED_SCOPES, combine } from "../domain/combination.ts";
import { subscribePath } from "../domain/links.ts";
import type { NamedScope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Directory } from "../store/directory.ts";
import type { AppContext } from "./env.ts";
import { findScope } from "./find-scope.ts";

/** What the address of a feed stands for. */
export type FoundTopic =
  | { readonly kind: "topic"; readonly topic: FeedTopic }
  /** Another spelling of a topic. */
  | { readonly kind: "elsewhere"; readonly topic: FeedTopic }
  /** A category that the release does not have. */
  | { readonly kind: "none"; readonly scope: NamedScope }
  | { readonly kind: "too-many" };

/**
 * Finds what a feed's address is about: the scope in its path, else the categories and tags in its query
 * (`?category=a&tag=b`), else the whole site. In a combination, a category that there is not is kept: it adds nothing,
 * and may come back.
 */
export function findTopic(context: AppContext): FoundTopic {
  const { directory } = context.get("store");
  const kind = context.req.param("kind");
  if (kind !== undefined) {
    const named = findScope(directory, kind, context.req.param("name"));
    return named.kind === "none"
      ? named
      : { kind: named.kind === "scope" ? "topic" : named.kind, topic: named.scope };
  }
  const asked = (context.req.queries("category") ?? [])
    .map((name) => inRelease(directory, name))
    .concat((context.req.queries("tag") ?? []).map((name): NamedScope => ({ kind: "tag", name })))
    .map((scope): NamedScope => ({ kind: scope.kind, name: scope.name.normalize("NFC") }))
    .filter(({ name }) => name !== "");
  const [first, ...others] = asked;
  if (first === undefined) return { kind: "topic", topic: SITE_SCOPE };
  const topic = combine(first, ...others);
  if (topic.kind === "combination" && topic.scopes.length > MOST_COMBINED_SCOPES) {
    return { kind: "too-many" };
  }
  const isCanonical = subscribePath(topic).endsWith(scopeQuery(context.req.url));
  return { kind: topic.kind === "combination" && isCanonical ? "topic" : "elsewhere", topic };
}

function inRelease(directory: Directory, name: string): NamedScope {
  const found = findScope(directory, "category", name);
  return found.kind === "elsewhere" ? found.scope : { kind: "category", name };
}

/** The part of a query that names scopes, spelled as it came; what else there is means nothing to us. */
function scopeQuery(url: string): string {
  const pairs = new URL(url).search.slice(1).split("&");
  return `?${pairs.filter((pair) => /^(?:category|tag)=/.test(pair)).join("&")}`;
}
