import { SITEMAP_INDEX_PATH } from "../domain/links.ts";
import type { Site } from "../domain/site.ts";

/**
 * `/robots.txt`: allows everything and names the sitemap. A site that search engines may not show names none, and allows them
 * everything all the same, because whoever may not fetch a page does not read its `noindex` either.
 */
export function renderRobots({ url }: Pick<Site, "url">, isIndexed: boolean): string {
  const sitemap = isIndexed ? `\nSitemap: ${url}${SITEMAP_INDEX_PATH}\n` : "";
  return `User-agent: *\nAllow: /\n${sitemap}`;
}
