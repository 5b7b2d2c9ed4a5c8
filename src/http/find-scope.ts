import type { NamedScope } from "../domain/scope.ts";
import { decodedScopePath } from "../domain/links.ts";
import { mapped } from "../domain/result.ts";
import type { Manifest } from "../store/manifest.ts";
import type { Redirect } from "../store/redirect-entry.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";
import type { AppContext } from "./env.ts";

/** What a path's `category` or `tag` and name stand for. */
interface FoundScope {
  /** `elsewhere` is another spelling of a category that exists, `none` a category that the release does not have. */
  readonly kind: "found" | "elsewhere" | "none";
  readonly scope: NamedScope;
}

/** The old Jekyll site had its categories at `/category/{slug}.html`. */
const JEKYLL_SUFFIX = /\.html$/i;

/** The scope that a request's path names, whether there is one or not; null for paths of the whole site. */
export function scopeInPath({ req }: AppContext): NamedScope | null {
  const name = req.param("name");
  if (name === undefined) return null;
  return { kind: req.path.startsWith("/tag/") ? "tag" : "category", name };
}

/**
 * Finds the scope that a path names, without a read. The manifest knows every category, so an unknown one is looked
 * for as the old site's `.html` page and in other capitals; of tags only a read can tell, and they are taken as named.
 */
export function findScope(manifest: Manifest, scope: NamedScope): FoundScope {
  if (scope.kind === "tag" || manifest.scope(scope) !== null) return { kind: "found", scope };
  const base = scope.name.replace(JEKYLL_SUFFIX, "");
  const slug =
    manifest.scope({ kind: "category", name: base }) === null
      ? manifest.categoryInAnyCase(base)
      : base;
  return slug === null
    ? { kind: "none", scope }
    : { kind: "elsewhere", scope: { kind: "category", name: slug } };
}

/**
 * What has become of a scope that the release does not have: renamed, withdrawn, or the `.html` page of a tag. Null where
 * there never was one. Two reads at most.
 */
export async function whyAbsent(
  store: ReleaseStore,
  scope: NamedScope,
): StoreResult<Redirect | null> {
  const redirect = await store.redirect(decodedScopePath(scope));
  if (!redirect.ok || redirect.value !== null) return redirect;
  if (scope.kind === "category" || !JEKYLL_SUFFIX.test(scope.name)) return redirect;
  const tag: NamedScope = { kind: "tag", name: scope.name.replace(JEKYLL_SUFFIX, "") };
  return mapped(await store.head(tag), (head) =>
    head === null ? null : { kind: "scope", scope: tag },
  );
}
