import { percentDecoded } from "../domain/percent-decoded.ts";
import { identityOfCode } from "../domain/identity.ts";
import { identitiesOfPermalink } from "../domain/jekyll-permalink.ts";
import { parseLegacyCode } from "../domain/legacy-code.ts";
import { listPath, sharePath } from "../domain/links.ts";
import type { ShareId } from "../domain/share-id.ts";
import { shareIdOf } from "../domain/share-id.ts";
import type { AppContext } from "./env.ts";
import { findScope } from "./find-scope.ts";
import { errorPage, movedTo, redirected, unavailable } from "./responses.ts";
import { queryValue } from "./query.ts";

/** `/html_News/NewsShare.html?infoCode={code}`: the share page of the old system. */
export async function oldSharePage(context: AppContext): Promise<Response> {
  const code = parseLegacyCode(queryValue(context.req.url, "infoCode") ?? "");
  if (code === null) return errorPage(context.get("store").manifest.site, "notFound");
  const id = shareIdOf(identityOfCode(code));
  return firstArticle(context, [id], sharePath(id));
}

/**
 * Any other path: permalinks of the Jekyll site, from which the article's id is computed, and paths of `permalink` and
 * `redirect_from` in the front matter.
 */
export async function oldAddress(context: AppContext): Promise<Response> {
  const { manifest } = context.get("store");
  const path = percentDecoded(context.req.path)?.normalize("NFC") ?? null;
  if (path === null) return errorPage(manifest.site, "notFound");
  const oldCategory = findOldCategory(context, path);
  if (oldCategory !== null) return movedTo(oldCategory);
  return firstArticle(context, identitiesOfPermalink(path).map(shareIdOf), path);
}

/** Redirects to the first of `candidates` that exists, else to where the release says that `path` leads. */
async function firstArticle(
  context: AppContext,
  candidates: readonly ShareId[],
  path: string,
): Promise<Response> {
  const store = context.get("store");
  const { site } = store.manifest;
  for (const id of candidates) {
    const exists = await store.hasArticle(id);
    if (!exists.ok) return unavailable(site, exists.failure);
    if (exists.value) return movedTo(sharePath(id));
  }
  // A withdrawn article may be recorded under its share page only.
  for (const known of new Set([path, ...candidates.map(sharePath)])) {
    const redirect = await store.redirect(known);
    if (!redirect.ok) return unavailable(site, redirect.failure);
    if (redirect.value !== null) return redirected(site, redirect.value);
  }
  return errorPage(site, "notFound");
}

/**
 * The list of a category, which early versions of the old site had at the root, as `/emnews/`; null for other paths.
 */
function findOldCategory(context: AppContext, path: string): string | null {
  const name = /^\/([^/]+)$/.exec(path)?.[1];
  if (name === undefined) return null;
  const found = findScope(context.get("store").manifest, { kind: "category", name });
  return found.kind === "none" ? null : listPath(found.scope);
}
