import type { ArchivePage } from "../domain/archive.ts";
import { listPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { grouped } from "./phrases/counted.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { readerPage, readerPagePart } from "./reader-dates.ts";

/** How many characters of `2022-01-10T07:35` name a year, a month, and then a day, an hour and a minute. */
const YEAR_LENGTH = 4;
const MONTH_LENGTH = 7;
const FINER_LENGTHS = [10, 13, 16] as const;

/**
 * Links into the archive of a scope, each with the number of its articles. A busy site has thousands of pages, so every month is linked (to its newest page),
 * but only the current month shows its days, and only the current day its hours. Every page is then at most three steps
 * away.
 *
 * @param current the page that is being read; null for the newest articles
 * @param words a `lang` attribute where the phrases are in another language than the page
 */
export function renderArchiveNav(
  scope: Scope,
  pages: readonly ArchivePage[],
  current: string | null,
  phrases: Phrases,
  words: Markup | null,
): Markup | null {
  if (pages.length === 0) return null;
  const open = current ?? newestOf(pages).name;
  const months = groupByPrefix(pages, YEAR_LENGTH).map(([year, pagesOfYear]) =>
    renderRow(year, groupByPrefix(pagesOfYear, MONTH_LENGTH)),
  );
  const finer = FINER_LENGTHS.flatMap((length, index) => {
    const parent = open.slice(0, FINER_LENGTHS[index - 1] ?? MONTH_LENGTH);
    const inside = pages.filter(({ name }) => name.startsWith(parent) && name.length >= length);
    return inside.length === 0 ? [] : [renderRow(parent, groupByPrefix(inside, length))];
  });
  return markup`
    <nav class="archive" aria-labelledby="archive"${words}>
    <h2 id="archive">${phrases.archive}</h2>
    ${[...finer.toReversed(), ...months]}
    </nav>
  `;

  function renderRow(parent: string, groups: readonly PageGroup[]): Markup {
    const name = readerPage(parent, phrases.dates);
    return markup`
      <h3>${name} ${renderCount(groups.flatMap(([, members]) => members))}</h3>
      <ul class="row" aria-label="${name}">
      ${groups.map(renderGroup)}
      </ul>
    `;
  }

  function renderGroup([prefix, members]: PageGroup): Markup {
    const mark = current?.startsWith(prefix) === true ? markup` aria-current="true"` : null;
    return markup`<li><a href="${listPath(scope, newestOf(members).name)}"${mark}>${readerPagePart(prefix, phrases.dates)} ${renderCount(members)}</a></li>`;
  }

  // In brackets, since a number behind `11月` would be read as a day.
  function renderCount(members: readonly ArchivePage[]): Markup {
    const articles = members.reduce((sum, { count }) => sum + count, 0);
    return markup`<small>(${grouped(articles, phrases.thousands)})</small>`;
  }
}

type PageGroup = readonly [prefix: string, pages: readonly ArchivePage[]];

/** Groups pages by the beginnings of their names, newest first. */
function groupByPrefix(pages: readonly ArchivePage[], length: number): PageGroup[] {
  return [...Map.groupBy(pages, ({ name }) => name.slice(0, length))].toSorted(([a], [b]) =>
    a < b ? 1 : -1,
  );
}

function newestOf(pages: readonly ArchivePage[]): ArchivePage {
  return pages.reduce((newest, page) => (page.name > newest.name ? page : newest));
}
