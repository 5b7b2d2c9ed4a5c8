import type { ArchivePage } from "../domain/archive.ts";
import type { ArticleRef } from "../domain/article.ts";
import { CATEGORIES_PATH, listPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { renderArchiveNav } from "./archive-nav.ts";
import { renderArticleList } from "./article-list.ts";
import { renderFeedLinks } from "./feed-links.ts";
import { renderListData } from "./json-ld.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { languageOf, renderNavigation, renderPage } from "./page.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { grouped } from "./phrases/counted.ts";
import { filled } from "./phrases/filled.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import { readerDay } from "./reader-dates.ts";

export interface HomePage {
  readonly site: Site;
  /** Newest first. */
  readonly refs: readonly ArticleRef[];
  /** What `renderHomeCategories` made; null where there are no categories. */
  readonly categories: Uint8Array | null;
  readonly archive: readonly ArchivePage[];
  /** Absolute address of the site's share card; null where there is none. */
  readonly cardUrl: string | null;
}

/** A category and how many articles it has. */
export interface CountedScope {
  readonly scope: Scope;
  readonly title: string;
  readonly count: number;
}

/** A category with its newest headlines. */
export interface HomeCategory extends CountedScope {
  /** Newest first, without those that the page shows above the categories. */
  readonly refs: readonly ArticleRef[];
}

/** How many categories are shown by name; a site may have thousands. */
const BUSIEST_CATEGORIES = 30;

/** How many categories have a block with headlines each. More would be a page without an end, and one alone repeats the newest. */
const BLOCKS = { fewest: 2, most: 8 } as const;
/** How many headlines a block has. */
export const BLOCK_LENGTH = 4;
/** How many of the newest articles stand above the blocks. */
export const NEWEST_ABOVE_BLOCKS = 8;

const encoder = new TextEncoder();

/** The front page. */
export function renderHomePage(home: HomePage): Uint8Array<ArrayBuffer> {
  const { site, refs, categories, archive, cardUrl } = home;
  const phrases = phrasesFor(site);
  const words = languageOf(phrases, site.language);
  return renderPage({
    site,
    preview: {
      title: site.title,
      description: site.description,
      path: listPath(SITE_SCOPE),
      cardUrl,
    },
    data: renderListData(site, site.title, listPath(SITE_SCOPE), refs),
    header: renderMasthead(site, refs[0], phrases),
    main: [
      markup`
      <section class="newest" aria-labelledby="newest">
      <h2 id="newest"${words}>${phrases.newest}</h2>
      ${renderArticleList(refs, null, phrases, true)}
      </section>
    `,
      ...(categories === null ? [] : [categories]),
      markup`
      <section class="subscribe" aria-labelledby="subscribe">
      <h2 id="subscribe"${words}>${phrases.subscribe}</h2>
      <p${words}>${phrases.subscribeHint}</p>
      ${renderFeedLinks(SITE_SCOPE, phrases)}
      </section>
      ${renderArchiveNav(SITE_SCOPE, archive, null, phrases, words)}
    `,
    ],
  });
}

function renderMasthead(site: Site, newest: ArticleRef | undefined, phrases: Phrases): Markup {
  const { navigation: links = [] } = site;
  const archive = { text: phrases.archive, url: "#archive" };
  const navigation = renderNavigation(
    newest === undefined ? site : { ...site, navigation: [...links, archive] },
    listPath(SITE_SCOPE),
  );
  return markup`
    <header class="masthead">
    <h1>${site.title}</h1>
    ${site.description === "" ? null : markup`<p>${site.description}</p>`}
    ${navigation === null ? null : markup`<div class="site row">${navigation}</div>`}
    ${newest === undefined ? null : markup`<p class="day">${readerDay(newest.published, phrases.dates)}</p>`}
    </header>
  `;
}

/** Whether so many categories have a block each on the front page of a site with so many articles. */
export function hasHomeBlocks(categories: number, articles: number): boolean {
  return categories >= BLOCKS.fewest && categories <= BLOCKS.most && articles > NEWEST_ABOVE_BLOCKS;
}

/** Few categories on the front page: a block for each, with its newest headlines. */
export function renderHomeBlocks(site: Site, categories: readonly HomeCategory[]): Uint8Array {
  const phrases = phrasesFor(site);
  const words = languageOf(phrases, site.language);
  const blocks = categories
    .toSorted((a, b) => b.count - a.count)
    .map(
      ({ scope, title, refs }, index) => markup`
        <section aria-labelledby="block-${index}">
        <h2 id="block-${index}"><a href="${listPath(scope)}">${title}</a></h2>
        ${renderArticleList(refs, title, phrases)}
        <p class="row"><a href="${listPath(scope)}"${words}>${filled(phrases.moreFrom, { title })}</a></p>
        </section>
      `,
    );
  return encoder.encode(`${markup`<div class="blocks">${blocks}</div>`.html}\n`);
}

/**
 * The categories on the front page by name; null where there are none. A site may have thousands, so this part is finished when a
 * release is made.
 *
 * @param categories in the order of their keys
 */
export function renderHomeCategories(
  site: Site,
  categories: readonly CountedScope[],
): Uint8Array | null {
  if (categories.length === 0) return null;
  const phrases = phrasesFor(site);
  const words = languageOf(phrases, site.language);
  const byCount = categories.toSorted((a, b) => b.count - a.count);
  const nav = markup`
    <nav class="categories" aria-labelledby="categories">
    <h2 id="categories"${words}>${phrases.categories}</h2>
    <ul class="row chips">
    ${byCount.slice(0, BUSIEST_CATEGORIES).map(renderCategory)}
    </ul>
    ${categories.length <= BUSIEST_CATEGORIES ? null : markup`<p class="row"><a href="${CATEGORIES_PATH}"${words}>${filled(phrases.allCategories, { count: grouped(categories.length, phrases.thousands) })}</a></p>`}
    </nav>
  `;
  return encoder.encode(`${nav.html}\n`);
}

function renderCategory({ scope, title, count }: CountedScope): Markup {
  return markup`<li><a href="${listPath(scope)}">${title} <small>${count}</small></a></li>`;
}
