import type { ArchivePage } from "./archive.ts";
import { PAGE_NAME_LENGTHS } from "./archive.ts";

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
  return periods(pages, 0);
}

function periods(pages: readonly ArchivePage[], level: number): readonly string[] {
  const groups = Map.groupBy(pages, ({ name }) => name.slice(0, PAGE_NAME_LENGTHS[level]));
  return [...groups].flatMap(([period, members]) => {
    const count = members.reduce((sum, page) => sum + page.count, 0);
    const canDivide = level + 1 < PAGE_NAME_LENGTHS.length && members.length > 1;
    return count > MOST_ARTICLES && canDivide ? periods(members, level + 1) : [period];
  });
}
