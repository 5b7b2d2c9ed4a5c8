import type { Scope } from "../domain/scope.ts";
import type { Directory } from "../store/directory.ts";

/** What a path's `category` or `tag` and name stand for. */
export type FoundScope =
  | { readonly kind: "scope"; readonly scope: Scope }
  /** Another spelling of a category that exists. */
  | { readonly kind: "elsewhere"; readonly scope: Scope }
  | { readonly kind: "none" };

/** The old Jekyll site had its categories at `/category/{slug}.html`. */
const JEKYLL_SUFFIX = ".html";

/**
 * Finds the scope that a path names, without a read. The directory knows every category, so an unknown one is looked
 * for as the old site's `.html` page and in other capitals; of tags only a read can tell, and they are taken as named,
 * but for the old suffix.
 */
export function findScope(
  directory: Directory,
  kind: string | undefined,
  name: string | undefined,
): FoundScope {
  if (name === undefined) return { kind: "none" };
  const base = name.endsWith(JEKYLL_SUFFIX) ? name.slice(0, -JEKYLL_SUFFIX.length) : null;
  if (kind === "tag") return { kind: "scope", scope: { kind: "tag", name } };
  const scope: Scope = { kind: "category", name };
  if (directory.scope(scope) !== null) return { kind: "scope", scope };
  if (base !== null && directory.scope({ kind: "category", name: base }) !== null) {
    return { kind: "elsewhere", scope: { kind: "category", name: base } };
  }
  const slug = directory.categoryInAnyCase(base ?? name);
  return slug === null
    ? { kind: "none" }
    : { kind: "elsewhere", scope: { kind: "category", name: slug } };
}
