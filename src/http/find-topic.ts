import type { FeedTopic } from "../domain/combination.ts";
import { MOST_COMBINED_SCOPES, combine } from "../domain/combination.ts";
import { subscribePath } from "../domain/links.ts";
import type { NamedScope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { allOk, mapped, ok } from "../domain/result.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";
import type { AppContext } from "./env.ts";
import { findScope, scopeInPath, whyAbsent } from "./find-scope.ts";
import { queryValues } from "./query.ts";

/** The topic that a feed's address names. */
export type FoundTopic =
  /** `elsewhere`: the address is another spelling of the topic. */
  | { readonly kind: "found" | "elsewhere"; readonly topic: FeedTopic }
  /** A category that the release does not have. */
  | { readonly kind: "none"; readonly scope: NamedScope }
  | { readonly kind: "too-many" };

/**
 * Finds the topic of a feed's address: the scope in its path, else the categories and tags in its query
 * (`?category=a&tag=b`), else the whole site. A combination keeps categories that do not exist, because they add
 * nothing and may come back.
 */
export async function findTopic(context: AppContext): StoreResult<FoundTopic> {
  const store = context.get("store");
  const inPath = scopeInPath(context);
  if (inPath !== null) {
    const { kind, scope } = findScope(store.manifest, inPath);
    return ok(kind === "none" ? { kind, scope } : { kind, topic: scope });
  }
  const namesOf = (kind: NamedScope["kind"]): readonly string[] => [
    ...new Set(
      queryValues(context.req.url, kind)
        .filter(Boolean)
        .map((name) => name.normalize("NFC")),
    ),
  ];
  const [categoryNames, tagNames] = [namesOf("category"), namesOf("tag")];
  // Before anything is read, because each unknown name may take a read.
  if (categoryNames.length + tagNames.length > MOST_COMBINED_SCOPES) {
    return ok({ kind: "too-many" });
  }
  const categories = allOk(
    await Promise.all(categoryNames.map(async (name) => categoryOfName(store, name))),
  );
  if (!categories.ok) return categories;
  const tags = tagNames.map((name): NamedScope => ({ kind: "tag", name }));
  const [first, ...others] = [...categories.value, ...tags];
  if (first === undefined) return ok({ kind: "found", topic: SITE_SCOPE });
  const topic = combine(first, ...others);
  const isCanonical = subscribePath(topic).endsWith(scopeQuery(context.req.url));
  return ok({ kind: topic.kind === "combination" && isCanonical ? "found" : "elsewhere", topic });
}

/** The category under its current name. Only a category that the release does not have takes a read. */
async function categoryOfName(store: ReleaseStore, name: string): StoreResult<NamedScope> {
  const { kind, scope } = findScope(store.manifest, { kind: "category", name });
  if (kind !== "none") return ok(scope);
  return mapped(await whyAbsent(store, scope), (absent) =>
    absent?.kind === "scope" ? absent.scope : scope,
  );
}

/** The parameters of a query that name scopes, spelled as they came; others are ignored. */
function scopeQuery(url: string): string {
  const pairs = new URL(url).search.slice(1).split("&");
  return `?${pairs.filter((pair) => /^(?:category|tag)=/.test(pair)).join("&")}`;
}
