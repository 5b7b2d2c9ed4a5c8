import type { Next } from "hono";
import { encodedPath } from "../domain/links.ts";
import { percentDecoded } from "../domain/percent-decoded.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { renderSitePage } from "../render/site-page.ts";
import type { Manifest } from "../store/manifest.ts";
import { sitePageKey } from "../store/page-entry.ts";
import { writtenPath } from "./canonical-path.ts";
import { scopeCardUrl } from "./card-address.ts";
import type { AppContext } from "./env.ts";
import { knownPage, newPage, pageValidators } from "./page-validators.ts";
import { belowBaseUrl } from "./below-base-url.ts";
import { errorPage, movedTo, unavailable } from "./responses.ts";

/**
 * A page of the site's own, at the address that it has in Jekyll; its other spellings lead there. The manifest knows all
 * pages, so that other paths are passed on without a read.
 */
export async function sitePage(context: AppContext, next: Next): Promise<Response | undefined> {
  const store = context.get("store");
  const { manifest } = store;
  const { site } = manifest;
  const written = writtenPath(context.req.url);
  const address = pageAt(manifest, written) ?? pageAt(manifest, context.req.path);
  if (address === null) {
    await next();
    return undefined;
  }
  const path = encodedPath(address);
  if (written !== path) return movedTo(path + new URL(context.req.url).search);
  // It may end with a slash, unlike all other addresses.
  context.set("address", path);
  const validators = pageValidators(manifest, "articles", sitePageKey(address));
  const known = knownPage(context, path, validators);
  if (known !== null) return known;

  const page = await store.sitePage(address);
  if (!page.ok) return unavailable(manifest, page.failure);
  if (page.value === null) return errorPage(manifest, "notFound");
  const body = renderSitePage(site, page.value, scopeCardUrl(manifest, SITE_SCOPE));
  return newPage(context, path, body, validators);
}

function pageAt(manifest: Manifest, path: string): string | null {
  const decoded = percentDecoded(path)?.normalize("NFC") ?? "";
  return manifest.pageAt(decoded) ?? manifest.pageAt(belowBaseUrl(manifest.site.baseUrl, decoded));
}
