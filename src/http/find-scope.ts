import type { NamedScope } from "../domain/scope.ts";
import { NAMED_KINDS } from "../domain/scope.ts";
import { decodedScopePath } from "../domain/links.ts";
import { mapped } from "../domain/result.ts";
import type { Manifest } from "../store/manifest.ts";
import type { Redirect } from "../store/redirect-entry.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";
import type { AppContext } from "./env.ts";

/** The category, tag or author that a path names, and whether it exists. */
interface FoundScope {
  /**
   * `elsewhere`: the path is another spelling of an existing category, or a name that it had. `none`: the release has no such
   * category.
   */
  readonly kind: "found" | "elsewhere" | "none";
  readonly scope: NamedScope;
}

/** The old Jekyll site had its categories at `/category/{slug}.html`. */
const JEKYLL_SUFFIX = /\.html$/i;

/** The scope that a request's path names, whether it exists or not; null for paths of the whole site. */
export function scopeInPath({ req }: AppContext): NamedScope | null {
  const name = req.param("name");
  if (name === undefined) return null;
  const kind = NAMED_KINDS.find((each) => req.path.startsWith(`/${each}/`)) ?? "category";
  return { kind, name };
}

/**
 * Finds the scope that a path names, without a read. The manifest knows every category and the names that they had, so an unknown one
 * is looked for without the old site's `.html` and in other capitals. Only a read can tell whether a tag or an author exists, so each
 * counts as found.
 */
export function findScope(manifest: Manifest, scope: NamedScope): FoundScope {
  if (scope.kind !== "category" || manifest.scope(scope) !== null) return { kind: "found", scope };
  const base = scope.name.replace(JEKYLL_SUFFIX, "");
  const slug =
    manifest.scope({ kind: "category", name: base }) === null
      ? manifest.knownName({ kind: "category", name: base })
      : base;
  return slug === null
    ? { kind: "none", scope }
    : { kind: "elsewhere", scope: { kind: "category", name: slug } };
}

/**
 * What became of a scope that the release does not have: it was renamed or withdrawn, or the path is the old `.html`
 * page of a tag. Null where it never existed. At most two reads.
 */
export async function whyAbsent(
  store: ReleaseStore,
  scope: NamedScope,
): StoreResult<Redirect | null> {
  const redirect = await store.redirect(decodedScopePath(scope));
  if (!redirect.ok || redirect.value !== null) return redirect;
  if (scope.kind !== "tag" || !JEKYLL_SUFFIX.test(scope.name)) return redirect;
  const tag: NamedScope = { kind: "tag", name: scope.name.replace(JEKYLL_SUFFIX, "") };
  return mapped(await store.head(tag), (head) =>
    head === null ? null : { kind: "scope", scope: tag },
  );
}
