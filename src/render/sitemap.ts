import type { ArticleRef } from "../domain/article.ts";
import { sharePath, sitemapPath } from "../domain/links.ts";
import { formatRfc3339 } from "../domain/moment.ts";
import type { Site } from "../domain/site.ts";
import { encodeChunks } from "./chunk.ts";
import { lastChange } from "./feed-entry.ts";
import type { Xml } from "./xml.ts";
import { XML_DECLARATION, endTag, lines, parentElement, startTag, textElement } from "./xml.ts";

const NAMESPACE = { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" };

/** The index of all sitemaps (https://www.sitemaps.org/protocol.html). */
export function renderSitemapIndex(
  site: Site,
  periods: readonly string[],
): Uint8Array<ArrayBuffer> {
  return document(
    "sitemapindex",
    periods.map((period) =>
      parentElement("sitemap", [textElement("loc", site.url + sitemapPath(period))]),
    ),
  );
}

/** The articles of one period. */
export function renderSitemap(site: Site, refs: readonly ArticleRef[]): Uint8Array<ArrayBuffer> {
  return document(
    "urlset",
    refs.map((ref) =>
      parentElement("url", [
        textElement("loc", site.url + sharePath(ref.id)),
        textElement("lastmod", formatRfc3339(lastChange(ref))),
      ]),
    ),
  );
}

function document(root: string, children: readonly Xml[]): Uint8Array<ArrayBuffer> {
  return encodeChunks([
    ...lines([XML_DECLARATION, startTag(root, NAMESPACE), ...children, endTag(root)]),
    "\n",
  ]);
}
