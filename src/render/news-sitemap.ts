import type { ArticleRef } from "../domain/article.ts";
import { sharePath } from "../domain/links.ts";
import { formatRfc3339 } from "../domain/moment.ts";
import type { Site } from "../domain/site.ts";
import { parentElement, textElement, xmlDocument } from "./xml.ts";

const NAMESPACES = {
  xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9",
  "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
};

/**
 * The newest articles, for search engines' news
 * (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
 *
 * @param name of the publication, as it is called there
 */
export function renderNewsSitemap(
  site: Pick<Site, "url" | "language">,
  name: string,
  refs: readonly ArticleRef[],
): Uint8Array<ArrayBuffer> {
  const publication = parentElement("news:publication", [
    textElement("news:name", name),
    textElement("news:language", newsLanguage(site.language)),
  ]);
  const urls = refs.map(({ id, title, published }) =>
    parentElement("url", [
      textElement("loc", site.url + sharePath(id)),
      parentElement("news:news", [
        publication,
        textElement("news:publication_date", formatRfc3339(published)),
        textElement("news:title", title),
      ]),
    ]),
  );
  return xmlDocument("urlset", NAMESPACES, urls);
}

/** The language of a publication: ISO 639, of two or three letters, but for Chinese, which is `zh-cn` or `zh-tw`. */
function newsLanguage(tag: string): string {
  const [language = "", ...parts] = tag.toLowerCase().split("-");
  if (language !== "zh") return language;
  const isTraditional = parts.some((part) => ["hant", "tw", "hk", "mo"].includes(part));
  return isTraditional && !parts.includes("hans") ? "zh-tw" : "zh-cn";
}
