import { NEWS_SITEMAP_PERIOD, SITEMAP_INDEX_PATH, sitemapPath } from "../domain/links.ts";
import type { CrawlerRule, Site } from "../domain/site.ts";

/** The group of all crawlers that no other one names (RFC 9309, section 2.2.1). */
const ALL_OTHERS = "*";

/**
 * `/robots.txt`: says what crawlers may fetch, which is everything where the settings do not say, and names the sitemaps. A site
 * that search engines may not show names none, and lets them fetch all the same, because whoever may not fetch a page does
 * not read its `noindex` either.
 */
export function renderRobots(
  { url, crawlers = {} }: Pick<Site, "url" | "crawlers">,
  isIndexed: boolean,
  hasNews = false,
): string {
  const groups = Object.entries({ [ALL_OTHERS]: "all" as const, ...crawlers });
  const paths = [SITEMAP_INDEX_PATH, ...(hasNews ? [sitemapPath(NEWS_SITEMAP_PERIOD)] : [])];
  const sitemaps = paths.map((path) => `Sitemap: ${url}${path}\n`).join("");
  return [...groups.map(groupOf), ...(isIndexed ? [sitemaps] : [])].join("\n");
}

function groupOf([crawler, rule]: readonly [string, CrawlerRule]): string {
  return `User-agent: ${crawler}\n${rulesOf(rule)}`;
}

function rulesOf(rule: CrawlerRule): string {
  if (rule === "all" || rule.length === 0) return "Allow: /\n";
  if (rule === "none") return "Disallow: /\n";
  return rule.map((path) => `Disallow: ${path}\n`).join("");
}
