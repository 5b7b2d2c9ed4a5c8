import type { ArchivePage } from "./archive.ts";
import { divideByTime } from "./archive.ts";

/** So many articles stand in two packs at most, whatever their titles. */
const MOST_ARTICLES = 1000;

/**
 * The periods into which a sitemap is divided: months, and where a month has many articles its days, hours or minutes.
 * A period is a beginning that names of archive pages share, so that all of its articles are found side by side.
 *
 * @param pages of the site
 * @returns in the order in which the pages came
 */
export function sitemapPeriods(pages: readonly ArchivePage[]): readonly string[] {
  const areTooMany = (members: readonly ArchivePage[]): boolean =>
    members.length > 1 && members.reduce((sum, { count }) => sum + count, 0) > MOST_ARTICLES;
  return divideByTime(pages, ({ name }) => name, areTooMany).map(([period]) => period);
}
