import { categoriesPath, listPath, subscribePath } from "../domain/links.ts";
import type { Moment } from "../domain/moment.ts";
import type { NamedScope } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { renderCategoriesData } from "./json-ld.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { languageOf, renderPage } from "./page.ts";
import { counted, grouped } from "./phrases/counted.ts";
import { filled } from "./phrases/filled.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import { readerDay } from "./reader-dates.ts";

/** A category in the list of all. */
export interface ListedCategory {
  readonly scope: NamedScope;
  readonly title: string;
  readonly count: number;
  /** The date of its newest article. */
  readonly newest: Moment;
  /** What it is looked up by: a letter, or the like of another script. */
  readonly initial: string;
}

/** Each has two links; those that lead to initials and neighbours come besides. */
const CATEGORIES_PER_PAGE = 200;

const encoder = new TextEncoder();

/**
 * A page of the list of all categories.
 *
 * @param number from 1 on
 * @param list what `renderCategoryIndex` made of it
 * @param cardUrl absolute address of the site's share card; null where there is none
 */
export function renderCategoriesPage(
  site: Site,
  number: number,
  list: Uint8Array,
  cardUrl: string | null,
): Uint8Array<ArrayBuffer> {
  const name = phrasesFor(site).categories;
  const title = `${name} · ${site.title}`;
  const path = categoriesPath(number);
  return renderPage({
    site,
    preview: { title, description: site.description, path, cardUrl },
    data: renderCategoriesData(site, name, path),
    main: [list],
  });
}

/**
 * The list of all categories, page by page, without what all pages of the site share. A site may have thousands, so these are
 * finished when a release is made.
 *
 * @param categories in the order in which they are shown; those with one initial side by side
 */
export function renderCategoryIndex(
  site: Site,
  categories: readonly ListedCategory[],
): readonly Uint8Array[] {
  const pageCount = Math.ceil(categories.length / CATEGORIES_PER_PAGE);
  const places = new Map<string, string>();
  for (const [index, { initial }] of categories.entries()) {
    if (places.has(initial)) continue;
    const page = Math.floor(index / CATEGORIES_PER_PAGE) + 1;
    places.set(initial, `${categoriesPath(page)}#${encodeURIComponent(initial)}`);
  }
  return Array.from({ length: pageCount }, (_, index) => {
    const start = index * CATEGORIES_PER_PAGE;
    const shown = categories.slice(start, start + CATEGORIES_PER_PAGE);
    return encoder.encode(
      `${renderIndexPage(site, shown, places, index + 1, pageCount, categories.length).html}\n`,
    );
  });
}

function renderIndexPage(
  site: Site,
  shown: readonly ListedCategory[],
  places: ReadonlyMap<string, string>,
  page: number,
  pageCount: number,
  count: number,
): Markup {
  const phrases = phrasesFor(site);
  const words = languageOf(phrases, site.language);
  const initials = Array.from(
    places,
    ([initial, path]) => markup`<li><a href="${path}">${initial}</a></li>`,
  );
  const groups = Array.from(
    Map.groupBy(shown, ({ initial }) => initial),
    ([initial, members]) => markup`
      <h2 id="${initial}">${initial}</h2>
      <ul class="index">
      ${members.map(renderCategory)}
      </ul>
    `,
  );
  return markup`
    <header class="list">
    <h1${words}>${phrases.categories}</h1>
    <p class="meta"${words}>${filled(phrases.allCategories, { count: grouped(count, phrases.thousands) })}</p>
    </header>
    ${places.size < 2 ? null : markup`<nav aria-label="${phrases.byInitial}"><ul class="row initials">${initials}</ul></nav>`}
    ${groups}
    ${renderNeighbours()}
  `;

  function renderCategory({ scope, title, count: articles, newest }: ListedCategory): Markup {
    return markup`
      <li>
      <a href="${listPath(scope)}">${title}</a>
      <span class="meta"${words}>${counted(phrases, articles)} · ${readerDay(newest, phrases.dates)} · <a href="${subscribePath(scope)}" aria-label="${phrases.subscribe} · ${title}">${phrases.subscribe}</a></span>
      </li>
    `;
  }

  function renderNeighbours(): Markup | null {
    if (pageCount === 1) return null;
    const links = Array.from({ length: pageCount }, (_, index) => {
      const current = index + 1 === page ? markup` aria-current="page"` : null;
      return markup`<li><a href="${categoriesPath(index + 1)}"${current}>${index + 1}</a></li>`;
    });
    return markup`<nav aria-label="${phrases.pages}"><ul class="row chips">${links}</ul></nav>`;
  }
}
