import { NEWS_SITEMAP_PERIOD, SITEMAP_INDEX_PATH, sitemapPath } from "../domain/links.ts";
import type { Site } from "../domain/site.ts";

/**
 * `/robots.txt`: allows everything and names the sitemaps. A site that search engines may not show names none, and allows them
 * everything all the same, because whoever may not fetch a page does not read its `noindex` either.
 */
export function renderRobots(
  { url }: Pick<Site, "url">,
  isIndexed: boolean,
  hasNews = false,
): string {
  const paths = [SITEMAP_INDEX_PATH, ...(hasNews ? [sitemapPath(NEWS_SITEMAP_PERIOD)] : [])];
  const sitemaps = paths.map((path) => `Sitemap: ${url}${path}\n`).join("");
  return `User-agent: *\nAllow: /\n${isIndexed ? `\n${sitemaps}` : ""}`;
}
