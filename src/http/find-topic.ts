import type { FeedTopic } from "../domain/combination.ts";
import { MOST_COMBINED_SCOPES, combine } from "../domain/combination.ts";
import { subscribePath } from "../domain/links.ts";
import type { NamedScope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { ok } from "../domain/result.ts";
import type { StoreResult } from "../store/release-store.ts";
import type { AppContext } from "./env.ts";
import { findScope, scopeInPath, whyAbsent } from "./find-scope.ts";

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
export async function findTopic(context: AppContext): StoreResult<FoundTopic> {
  const { manifest } = context.get("store");
  const inPath = scopeInPath(context);
  if (inPath !== null) {
    const named = findScope(manifest, inPath);
    if (named.kind === "none") return ok(named);
    return ok({ kind: named.kind === "scope" ? "topic" : named.kind, topic: named.scope });
  }
  const names = (context.req.queries("category") ?? []).map((name) => name.normalize("NFC"));
  const scopes: NamedScope[] = [];
  for (const name of names.filter(Boolean)) {
    const scope = await categoryOfName(context, name);
    if (!scope.ok) return scope;
    scopes.push(scope.value);
  }
  for (const name of (context.req.queries("tag") ?? []).filter(Boolean)) {
    scopes.push({ kind: "tag", name: name.normalize("NFC") });
  }
  const [first, ...others] = scopes;
  if (first === undefined) return ok({ kind: "topic", topic: SITE_SCOPE });
  const topic = combine(first, ...others);
  if (topic.kind === "combination" && topic.scopes.length > MOST_COMBINED_SCOPES) {
    return ok({ kind: "too-many" });
  }
  const isCanonical = subscribePath(topic).endsWith(scopeQuery(context.req.url));
  return ok({ kind: topic.kind === "combination" && isCanonical ? "topic" : "elsewhere", topic });
}

/** The category under its present name. No read but for one that the release does not have. */
async function categoryOfName(context: AppContext, name: string): StoreResult<NamedScope> {
  const store = context.get("store");
  const found = findScope(store.manifest, { kind: "category", name });
  if (found.kind !== "none") return ok(found.scope);
  const absent = await whyAbsent(store, found.scope);
  if (!absent.ok) return absent;
  return ok(absent.value.kind === "moved" ? absent.value.scope : found.scope);
}

/** The part of a query that names scopes, spelled as it came; what else there is means nothing to us. */
function scopeQuery(url: string): string {
  const pairs = new URL(url).search.slice(1).split("&");
  return `?${pairs.filter((pair) => /^(?:category|tag)=/.test(pair)).join("&")}`;
}
