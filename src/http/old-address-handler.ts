import { percentDecoded } from "../domain/percent-decoded.ts";
import { identityOfCode } from "../domain/identity.ts";
import { identitiesOfPermalink } from "../domain/jekyll-permalink.ts";
import { parseLegacyCode } from "../domain/legacy-code.ts";
import { isAnswered } from "../domain/routes.ts";
import { canonicalPath } from "./canonical-path.ts";
import type { AppContext } from "./env.ts";
import { findOldAddress } from "./find-old-address.ts";
import { belowBaseUrl } from "./below-base-url.ts";
import { errorPage, movedTo, redirected, unavailable } from "./responses.ts";
import { queryValue } from "./query.ts";

/** `/html_News/NewsShare.html?infoCode={code}`: the share page of the old system. */
export async function oldSharePage(context: AppContext): Promise<Response> {
  const code = parseLegacyCode(queryValue(context.req.url, "infoCode") ?? "");
  if (code === null) return errorPage(context.get("store").manifest, "notFound");
  return answered(context, await findOldAddress(context.get("store"), null, identityOfCode(code)));
}

/**
 * Any other path: an address of an article on the Jekyll site, from which its id is computed or which the release knows, or
 * what such sites have besides articles.
 */
export async function oldAddress(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const decoded = percentDecoded(context.req.path)?.normalize("NFC") ?? null;
  if (decoded === null) return errorPage(manifest, "notFound");
  const path = belowBaseUrl(manifest.site.baseUrl, decoded);
  if (path !== decoded && isAnswered(path)) {
    return movedTo(canonicalPath(encodeURI(path)) + new URL(context.req.url).search);
  }
  const { likely, late } = identitiesOfPermalink(path);
  return answered(context, await findOldAddress(store, path, likely, late));
}

function answered(
  context: AppContext,
  found: Awaited<ReturnType<typeof findOldAddress>>,
): Response {
  const { manifest } = context.get("store");
  return found.ok ? redirected(manifest, found.value) : unavailable(manifest, found.failure);
}
