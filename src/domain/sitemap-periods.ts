import type { ArchivePage } from "./archive.ts";
import { divideByTime } from "./archive.ts";

/** This many articles fit in two packs, however long their titles are. */
const MOST_ARTICLES = 1000;

/**
 * The periods into which a sitemap is divided: months, and where a month has many articles its days, hours or minutes.
 * A period is the beginning of archive pages' names, so its articles are stored side by side.
 *
 * @param pages the archive pages of the site
 * @returns in the order in which the pages came
 */
export function sitemapPeriods(pages: readonly ArchivePage[]): readonly string[] {
  const areTooMany = (members: readonly ArchivePage[]): boolean =>
    members.length > 1 && members.reduce((sum, { count }) => sum + count, 0) > MOST_ARTICLES;
  return divideByTime(pages, ({ name }) => name, areTooMany).map(([period]) => period);
}
