/**
 * The most articles on an archive page. A page is a calendar month; a month that is too large is divided into days, a
 * day into hours, an hour into minutes. An article's page depends on its date and on how many articles share its month,
 * so an insert, a removal or a new date changes one page of each scope, or divides it.
 */
export const LARGEST_PAGE_ARTICLES = 100;

/** An archive page of a scope. */
export interface ArchivePage {
  /** `2022-01`, or finer where a month holds too many: `2022-01-10`, `2022-01-10T07`, `2022-01-10T07:35`. */
  readonly name: string;
  readonly count: number;
}

const YEAR = /^\d{4}$/;
const PAGE_NAME = /^\d{4}-\d{2}(?:-\d{2}(?:T\d{2}(?::\d{2})?)?)?$/;

/** Whether a text has the form of an archive page's name, or of a period that several pages share. */
export function isPageName(name: string): boolean {
  return PAGE_NAME.test(name);
}

/** How many characters of `2022-01-10T07:35` name a month, a day, an hour and a minute. */
const PAGE_NAME_LENGTHS = [7, 10, 13, 16] as const;

/**
 * Divides articles into pages.
 *
 * @param localTime of an article, as `2022-01-10T07:35` by the site's clock
 * @param isScattered whether a feed with all of these articles would read too much. Articles of a month may all lie in
 *   different packs; those of a day lie side by side, so that it is asked of months only
 * @returns pages and the articles on each, both in the order in which they came
 */
export function divideIntoPages<Item>(
  items: readonly Item[],
  localTime: (item: Item) => string,
  isScattered: (members: readonly Item[]) => boolean,
): ReadonlyMap<string, readonly Item[]> {
  const areTooMany = (members: readonly Item[], level: number): boolean =>
    members.length > LARGEST_PAGE_ARTICLES || (level === 0 && isScattered(members));
  return new Map(divideByTime(items, localTime, areTooMany));
}

/**
 * Divides items into months, and a month with too many into days, hours or minutes.
 *
 * @param timeOf an item, as `2022-01-10T07:35` or the beginning of that
 * @param areTooMany is told the level too: 0 for a month, 1 for a day
 */
export function divideByTime<Item>(
  items: readonly Item[],
  timeOf: (item: Item) => string,
  areTooMany: (members: readonly Item[], level: number) => boolean,
): readonly (readonly [time: string, members: readonly Item[]])[] {
  return divide({ items, times: items.map(timeOf) }, areTooMany, 0);
}

/** Items with their times beside them: each is asked for its time once, though there are four levels. */
interface TimedItems<Item> {
  readonly items: readonly Item[];
  readonly times: readonly string[];
}

function divide<Item>(
  timed: TimedItems<Item>,
  areTooMany: (members: readonly Item[], level: number) => boolean,
  level: number,
): readonly (readonly [time: string, members: readonly Item[]])[] {
  return [...groupByTime(timed, PAGE_NAME_LENGTHS[level] ?? 0)].flatMap(([time, group]) =>
    level + 1 < PAGE_NAME_LENGTHS.length && areTooMany(group.items, level)
      ? divide(group, areTooMany, level + 1)
      : [[time, group.items] as const],
  );
}

/** Items by so many characters of their times. Neighbours mostly share these, and for such no text is made. */
function groupByTime<Item>(
  { items, times }: TimedItems<Item>,
  length: number,
): ReadonlyMap<string, TimedItems<Item>> {
  const groups = new Map<string, { readonly items: Item[]; readonly times: string[] }>();
  let time = "";
  let group: { readonly items: Item[]; readonly times: string[] } = { items: [], times: [] };
  for (const [index, item] of items.entries()) {
    const whole = times[index] ?? "";
    if (time.length !== Math.min(length, whole.length) || !whole.startsWith(time)) {
      time = whole.slice(0, length);
      group = groups.get(time) ?? { items: [], times: [] };
      groups.set(time, group);
    }
    group.items.push(item);
    group.times.push(whole);
  }
  return groups;
}

/**
 * The page that has the articles of one that does not exist: a month that was divided after the link was made, or a day
 * whose month is not divided. A year's is its newest. Null where there are no articles of that time.
 *
 * @param pages newest first
 */
export function nearestPage(pages: readonly ArchivePage[], name: string): string | null {
  if (!isPageName(name) && !YEAR.test(name)) return null;
  const near = pages.find((page) => page.name.startsWith(name) || name.startsWith(page.name));
  return near?.name ?? null;
}

/**
 * The next newer and the next older page; null where there is none.
 *
 * @param pages newest first
 */
export function pageNeighbours(
  pages: readonly ArchivePage[],
  name: string,
): { readonly newer: string | null; readonly older: string | null } {
  const index = pages.findIndex((page) => page.name === name);
  if (index < 0) return { newer: null, older: null };
  return { newer: pages[index - 1]?.name ?? null, older: pages[index + 1]?.name ?? null };
}
