import { canonicalLanguage } from "../domain/canonical-language.ts";
import type { ScopedTopic } from "../domain/combination.ts";
import { MOST_COMBINED_SCOPES, combine } from "../domain/combination.ts";
import { subscribePath } from "../domain/links.ts";
import type { NamedScope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { allOk, mapped, ok } from "../domain/result.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";
import type { Manifest } from "../store/manifest.ts";
import type { AppContext } from "./env.ts";
import { findScope, scopeInPath, whyAbsent } from "./find-scope.ts";
import { valuesInAnyCase } from "./feed-spelling.ts";
import { queryValues } from "./query.ts";

/** The topic that a feed's address names. */
export type FoundTopic =
  /** `elsewhere`: the address is another spelling of the topic. */
  | { readonly kind: "found" | "elsewhere"; readonly topic: ScopedTopic }
  /** A category that the release does not have. */
  | { readonly kind: "none"; readonly scope: NamedScope }
  /** `no-language`: the release has no feed of the language. `not-combined`: a language beside other scopes. */
  | { readonly kind: "too-many" | "no-language" | "not-combined" };

/**
 * Finds the topic of a feed's address: the scope in its path, else the language (`?lang=en`), the categories, tags and authors in its
 * query (`?category=a&tag=b`), else the whole site. A combination keeps categories that do not exist, because they add
 * nothing and may come back.
 */
export async function findTopic(context: AppContext): StoreResult<FoundTopic> {
  const store = context.get("store");
  const inPath = scopeInPath(context);
  const { url } = context.req;
  const languages = valuesInAnyCase(url, "lang").filter(Boolean);
  if (languages.length > 0) {
    const isAlone = inPath === null && scopeQuery(url) === "?";
    return ok(isAlone ? languageOf(store.manifest, languages) : { kind: "not-combined" });
  }
  if (inPath !== null) {
    const { kind, scope } = findScope(store.manifest, inPath);
    return ok(kind === "none" ? { kind, scope } : { kind, topic: scope });
  }
  const namesOf = (kind: NamedScope["kind"]): readonly string[] => [
    ...new Set(
      queryValues(url, kind)
        .filter(Boolean)
        .map((name) => name.normalize("NFC")),
    ),
  ];
  const [categoryNames, tagNames] = [namesOf("category"), namesOf("tag")];
  const authorNames = namesOf("author");
  // Before anything is read, because each unknown name may take a read.
  if (categoryNames.length + tagNames.length + authorNames.length > MOST_COMBINED_SCOPES) {
    return ok({ kind: "too-many" });
  }
  const categories = allOk(
    await Promise.all(categoryNames.map(async (name) => categoryOfName(store, name))),
  );
  if (!categories.ok) return categories;
  const tags = tagNames.map((name): NamedScope => ({ kind: "tag", name }));
  const authors = authorNames.map((name): NamedScope => ({ kind: "author", name }));
  const [first, ...others] = [...categories.value, ...tags, ...authors];
  if (first === undefined) return ok({ kind: "found", topic: SITE_SCOPE });
  const topic = combine(first, ...others);
  const isCanonical = subscribePath(topic).endsWith(scopeQuery(url));
  return ok({ kind: topic.kind === "combination" && isCanonical ? "found" : "elsewhere", topic });
}

/** The language that a query means: `zh` too, where `zh-CN` is the only Chinese. No read. */
function languageOf(manifest: Manifest, written: readonly string[]): FoundTopic {
  const [tag, ...others] = new Set(written.map(canonicalLanguage));
  if (others.length > 0) return { kind: "not-combined" };
  const known = manifest.languages();
  if (known.length === 0 && tag === manifest.site.language) {
    return { kind: "elsewhere", topic: SITE_SCOPE };
  }
  const meant = known.includes(tag ?? "")
    ? [tag]
    : known.filter((language) => language.startsWith(`${tag}-`));
  const [name] = meant;
  if (tag === undefined || tag === null || typeof name !== "string" || meant.length > 1) {
    return { kind: "no-language" };
  }
  return { kind: name === tag ? "found" : "elsewhere", topic: { kind: "language", name } };
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
  return `?${pairs.filter((pair) => /^(?:category|tag|author)=/.test(pair)).join("&")}`;
}
