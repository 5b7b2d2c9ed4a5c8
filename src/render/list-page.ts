import type { ArchivePage } from "../domain/archive.ts";
import type { ArticleRef } from "../domain/article.ts";
import { listPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { renderArchiveNav } from "./archive-nav.ts";
import { renderArticleList } from "./article-list.ts";
import { renderFeedLinks, wholeSite } from "./feed-links.ts";
import { renderListData } from "./json-ld.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { languageOf, renderPage } from "./page.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { counted } from "./phrases/counted.ts";
import { filled } from "./phrases/filled.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import { readerPage } from "./reader-dates.ts";

export interface ListPage {
  readonly site: Site;
  readonly scope: Scope;
  readonly title: string;
  /** All articles in the scope. */
  readonly count: number;
  /** Newest first. */
  readonly refs: readonly ArticleRef[];
  /** The archive page's name; null for the newest articles. */
  readonly page: string | null;
  readonly archive: readonly ArchivePage[];
  /** The archive pages with newer and older articles; null where there are none. */
  readonly newer: string | null;
  readonly older: string | null;
  /** Absolute address of its share card; null where there is none. */
  readonly cardUrl: string | null;
}

/** The list of a category, a tag or an author, or a page of the site's archive. */
export function renderListPage(list: ListPage): Uint8Array<ArrayBuffer> {
  const { site, scope, page, refs, archive, cardUrl } = list;
  const phrases = phrasesFor(site);
  const period = page === null ? null : readerPage(page, phrases.dates);
  const kickers = {
    site: phrases.archive,
    category: phrases.category,
    tag: phrases.tag,
    author: phrases.author,
  };
  const words = languageOf(phrases, site.language);
  const name = period === null ? list.title : `${list.title} ${period}`;
  return renderPage({
    site,
    preview: {
      title: scope.kind === "site" ? name : `${name} · ${site.title}`,
      description: describe(list, phrases),
      path: listPath(scope, page),
      cardUrl,
    },
    data: renderListData(site, name, listPath(scope, page), refs),
    ...(scope.kind === "site"
      ? {}
      : { feeds: [{ topic: scope, title: list.title }, wholeSite(site)] }),
    main: markup`
      <header class="list">
      <p class="kicker"${words}>${scope.kind === "language" ? null : kickers[scope.kind]}</p>
      <h1>${list.title}</h1>
      <p class="row meta"${words}><span>${counted(phrases, list.count)}</span>${archive.length === 0 ? null : markup` <a href="#archive">${phrases.archive}</a>`}</p>
      </header>
      <section aria-labelledby="articles">
      <h2 id="articles"${words}>${period ?? phrases.newest}</h2>
      ${page === null ? null : markup`<p class="meta"${words}>${counted(phrases, refs.length)}</p>`}
      ${renderArticleList(refs, list.title, phrases)}
      ${renderNeighbours(list, phrases)}
      </section>
      ${renderArchiveNav(scope, archive, page, phrases, words)}
      <section class="subscribe" aria-labelledby="subscribe">
      <h2 id="subscribe"${words}>${filled(phrases.subscribeTo, { title: list.title })}</h2>
      ${renderFeedLinks(scope, phrases)}
      </section>
    `,
  });
}

/** The number of articles, and the newest headlines. */
function describe({ count, refs }: ListPage, phrases: Phrases): string {
  const headlines = refs.slice(0, 3).map(({ title }) => title);
  return [counted(phrases, count), ...headlines].join(" · ");
}

function renderNeighbours(list: ListPage, phrases: Phrases): Markup | null {
  const { scope, page, newer, older } = list;
  // From the newest archive page, where `newer` is null, the link leads to the list itself.
  const newerPath = page === null ? null : listPath(scope, newer);
  const olderPath = older === null ? null : listPath(scope, older);
  if (newerPath === null && olderPath === null) return null;
  return markup`
    <ul class="row chips">
    ${newerPath === null ? null : markup`<li><a href="${newerPath}" rel="prev">${phrases.newer}${renderPeriod(newer)}</a></li>`}
    ${olderPath === null ? null : markup`<li><a href="${olderPath}" rel="next">${phrases.older}${renderPeriod(older)}</a></li>`}
    </ul>
  `;

  function renderPeriod(name: string | null): Markup | null {
    return name === null ? null : markup` <small>${readerPage(name, phrases.dates)}</small>`;
  }
}
