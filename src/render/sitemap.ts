import type { ArticleRef } from "../domain/article.ts";
import { encodedPath, sharePath, sitemapPath } from "../domain/links.ts";
import { formatRfc3339 } from "../domain/moment.ts";
import type { Site } from "../domain/site.ts";
import { lastChange } from "./feed-entry.ts";
import { parentElement, textElement, xmlDocument } from "./xml.ts";

const NAMESPACE = { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" };

/** The index of all sitemaps (https://www.sitemaps.org/protocol.html). */
export function renderSitemapIndex(
  site: Site,
  periods: readonly string[],
): Uint8Array<ArrayBuffer> {
  const sitemaps = periods.map((period) =>
    parentElement("sitemap", [textElement("loc", site.url + sitemapPath(period))]),
  );
  return xmlDocument("sitemapindex", NAMESPACE, sitemaps);
}

/** The articles of one period. */
export function renderSitemap(site: Site, refs: readonly ArticleRef[]): Uint8Array<ArrayBuffer> {
  const urls = refs.map((ref) =>
    parentElement("url", [
      textElement("loc", site.url + sharePath(ref.id)),
      textElement("lastmod", formatRfc3339(lastChange(ref))),
    ]),
  );
  return xmlDocument("urlset", NAMESPACE, urls);
}

/** The pages of the site's own. */
export function renderPagesSitemap(
  site: Site,
  addresses: readonly string[],
): Uint8Array<ArrayBuffer> {
  const urls = addresses.map((address) =>
    parentElement("url", [textElement("loc", site.url + encodedPath(address))]),
  );
  return xmlDocument("urlset", NAMESPACE, urls);
}
