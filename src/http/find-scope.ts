import type { NamedScope } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import { decodedScopePath } from "../domain/links.ts";
import type { Result } from "../domain/result.ts";
import { ok } from "../domain/result.ts";
import type { Manifest } from "../store/manifest.ts";
import type { ReleaseStore, StoreFailure } from "../store/release-store.ts";
import type { AppContext } from "./env.ts";

/** What a path's `category` or `tag` and name stand for. */
export type FoundScope =
  | { readonly kind: "scope"; readonly scope: NamedScope }
  /** Another spelling of a category that exists. */
  | { readonly kind: "elsewhere"; readonly scope: NamedScope }
  /** A category that the release does not have. */
  | { readonly kind: "none"; readonly scope: NamedScope };

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
  if (scope.kind === "tag" || manifest.scope(scope) !== null) return { kind: "scope", scope };
  const base = scope.name.replace(JEKYLL_SUFFIX, "");
  const slug =
    manifest.scope({ kind: "category", name: base }) === null
      ? manifest.categoryInAnyCase(base)
      : base;
  return slug === null
    ? { kind: "none", scope }
    : { kind: "elsewhere", scope: { kind: "category", name: slug } };
}

/** What has become of a scope that the release does not have. */
export type AbsentScope =
  | { readonly kind: "moved"; readonly scope: NamedScope }
  | { readonly kind: "article"; readonly id: ShareId }
  | { readonly kind: "gone" }
  | { readonly kind: "none" };

/** Asks the release why a scope is not there: renamed, withdrawn, or the `.html` page of a tag. Two reads at most. */
export async function whyAbsent(
  store: ReleaseStore,
  scope: NamedScope,
): Promise<Result<AbsentScope, StoreFailure>> {
  const redirect = await store.redirect(decodedScopePath(scope));
  if (!redirect.ok) return redirect;
  if (redirect.value !== null) {
    return ok(
      redirect.value.kind === "scope" ? { ...redirect.value, kind: "moved" } : redirect.value,
    );
  }
  if (scope.kind === "category" || !JEKYLL_SUFFIX.test(scope.name)) return ok({ kind: "none" });
  const tag: NamedScope = { kind: "tag", name: scope.name.replace(JEKYLL_SUFFIX, "") };
  const head = await store.head(tag);
  if (!head.ok) return head;
  return ok(head.value === null ? { kind: "none" } : { kind: "moved", scope: tag });
}
