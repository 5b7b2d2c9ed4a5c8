import type { ArchivePage } from "./archive.ts";

/** So many articles stand in two packs at most, whatever their titles. */
const MOST_ARTICLES = 1000;

/** How much of `2022-01-10T07:35` names a period, from coarse to fine. */
const PERIOD_LENGTHS = [7, 10, 13, 16] as const;

/**
 * The periods into which a sitemap is divided: months, and where a month has many articles its days, hours or minutes.
 * A period is a beginning that names of archive pages share, so that all of its articles are found side by side.
 *
 * @param pages of the site
 * @returns in the order in which the pages came
 */
export function sitemapPeriods(pages: readonly ArchivePage[]): readonly string[] {
  return periods(pages, 0);
}

function periods(pages: readonly ArchivePage[], level: number): readonly string[] {
  const groups = Map.groupBy(pages, ({ name }) => name.slice(0, PERIOD_LENGTHS[level]));
  return [...groups].flatMap(([period, members]) => {
    const count = members.reduce((sum, page) => sum + page.count, 0);
    const canDivide = level + 1 < PERIOD_LENGTHS.length && members.length > 1;
    return count > MOST_ARTICLES && canDivide ? periods(members, level + 1) : [period];
  });
}
