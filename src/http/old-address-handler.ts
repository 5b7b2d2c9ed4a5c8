import { percentDecoded } from "../domain/percent-decoded.ts";
import type { Identity } from "../domain/identity.ts";
import { identityOfCode } from "../domain/identity.ts";
import { identitiesOfPermalink } from "../domain/jekyll-permalink.ts";
import { parseLegacyCode } from "../domain/legacy-code.ts";
import { sharePath } from "../domain/links.ts";
import { plainPath } from "../domain/plain-path.ts";
import type { Result } from "../domain/result.ts";
import { ok } from "../domain/result.ts";
import { isAnswered } from "../domain/routes.ts";
import { shareIdOf } from "../domain/share-id.ts";
import type { Redirect } from "../store/redirect-entry.ts";
import type { ReleaseStore, StoreFailure, StoreResult } from "../store/release-store.ts";
import { canonicalPath } from "./canonical-path.ts";
import type { AppContext } from "./env.ts";
import { jekyllDocument } from "./jekyll-documents.ts";
import { errorPage, movedTo, redirected, unavailable } from "./responses.ts";

/** `/html_News/NewsShare.html?infoCode={code}`: the share page of the old system. */
export async function oldSharePage(context: AppContext): Promise<Response> {
  const code = parseLegacyCode(context.req.query("infoCode") ?? "");
  if (code === null) return errorPage(context.get("store").manifest.site, "notFound");
  return answered(context, await findOldAddress(context.get("store"), null, identityOfCode(code)));
}

/**
 * Any other path: an address of an article on the Jekyll site, from which its id is computed or which the release knows, or
 * what such sites have besides articles.
 */
export async function oldAddress(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { site } = store.manifest;
  const decoded = percentDecoded(context.req.path)?.normalize("NFC") ?? null;
  if (decoded === null) return errorPage(site, "notFound");
  const path = pathBelow(site.baseUrl, decoded);
  if (path !== decoded && isAnswered(path)) {
    return movedTo(canonicalPath(encodeURI(path)) + new URL(context.req.url).search);
  }
  const { likely, late } = identitiesOfPermalink(path);
  return answered(context, await findOldAddress(store, path, likely, late));
}

/** The rest of a path that begins with the base path of the Jekyll site; any other path as it is. */
function pathBelow(baseUrl: string, path: string): string {
  if (baseUrl === "" || !`${path}/`.startsWith(`${baseUrl}/`)) return path;
  return path.slice(baseUrl.length) || "/";
}

/**
 * Where an old address leads, what is certain before what is guessed: where the release says so against what would be computed,
 * the article whose id is computed, what the release says otherwise, the article of the day before, what Jekyll sites have
 * besides articles. Null where it leads nowhere.
 *
 * @param path percent-decoded; null where only the identity is known
 */
async function findOldAddress(
  store: ReleaseStore,
  path: string | null,
  likely: Identity | null,
  late: Identity | null = null,
): StoreResult<Redirect | null> {
  const none: Result<Redirect | null, StoreFailure> = ok(null);
  const article = async (identity: Identity | null): StoreResult<Redirect | null> => {
    if (identity === null) return none;
    const id = shareIdOf(identity);
    const exists = await store.hasArticle(id);
    return exists.ok ? ok(exists.value ? { kind: "article", id } : null) : exists;
  };
  // A withdrawn article may be recorded under its share page only.
  const page = async (identity: Identity | null): StoreResult<Redirect | null> =>
    identity === null ? none : store.redirect(sharePath(shareIdOf(identity)));
  const document = path === null ? null : jekyllDocument(store.manifest, plainPath(path));
  const steps: readonly (() => StoreResult<Redirect | null>)[] = [
    async () => (likely === null || path === null ? none : store.strongRedirect(path)),
    async () => article(likely),
    async () => (path === null ? none : store.redirect(path)),
    async () => article(late),
    async () => page(likely),
    async () => page(late),
    async () => ok(document === null ? null : { kind: "path", path: document }),
  ];
  for (const step of steps) {
    const found = await step();
    if (!found.ok || found.value !== null) return found;
  }
  return none;
}

function answered(
  context: AppContext,
  found: Awaited<ReturnType<typeof findOldAddress>>,
): Response {
  const { site } = context.get("store").manifest;
  return found.ok ? redirected(site, found.value) : unavailable(site, found.failure);
}
