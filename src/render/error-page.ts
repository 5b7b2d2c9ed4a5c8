import type { ArticleRef } from "../domain/article.ts";
import { listPath, subscribePath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { NotFoundPage, Site } from "../domain/site.ts";
import { renderArticleList } from "./article-list.ts";
import type { TitledTopic } from "./feed-links.ts";
import { renderHeadline } from "./headline.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { languageOf, renderPage } from "./page.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";

/** The status of each error, under the name of the phrases that explain it. */
export const ERROR_STATUSES = {
  notFound: 404,
  methodNotAllowed: 405,
  gone: 410,
  unavailable: 503,
} as const;

export type PageError = keyof typeof ERROR_STATUSES;

/** What may be found in the place of a page that is not there. */
export interface WaysOn {
  /** Newest first. */
  readonly newest: readonly Pick<ArticleRef, "id" | "title" | "published">[];
  /** The busiest first. */
  readonly categories: readonly TitledTopic<Scope>[];
}

const NO_WAYS_ON: WaysOn = { newest: [], categories: [] };

const encoder = new TextEncoder();

/** A page that says what happened and where to go on. */
export function renderErrorPage(
  site: Site,
  error: PageError,
  { newest, categories }: WaysOn = NO_WAYS_ON,
): Uint8Array<ArrayBuffer> {
  if (error === "notFound" && site.notFound !== undefined) {
    return renderNotFoundPage(site, site.notFound);
  }
  const phrases = phrasesFor(site);
  const words = languageOf(phrases, site.language);
  const { title, text } = phrases[error];
  return renderPage({
    site,
    preview: title,
    main: markup`
      <section class="error"${words}>
      <p class="status">${ERROR_STATUSES[error]}</p>
      <h1>${title}</h1>
      <p>${text}</p>
      <ul class="row chips"><li><a href="${listPath(SITE_SCOPE)}">${phrases.home}</a></li><li><a href="${subscribePath(SITE_SCOPE)}">${phrases.subscribe}</a></li></ul>
      </section>
      ${newest.length === 0 ? null : renderNewest()}
      ${categories.length === 0 ? null : renderCategories()}
    `,
  });

  function renderNewest(): Markup {
    const refs = newest.map((ref) => ({ ...ref, source: null, lead: null }));
    return markup`
      <section aria-labelledby="newest">
      <h2 id="newest"${words}>${phrases.newest}</h2>
      ${renderArticleList(refs, null, phrases)}
      </section>
    `;
  }

  function renderCategories(): Markup {
    const items = categories.map(
      ({ topic, title: name }) => markup`<li><a href="${listPath(topic)}">${name}</a></li>`,
    );
    return markup`
      <nav aria-labelledby="categories">
      <h2 id="categories"${words}>${phrases.categories}</h2>
      <ul class="row chips">
      ${items}
      </ul>
      </nav>
    `;
  }
}

/** What the site itself says where nothing is. */
function renderNotFoundPage(site: Site, page: NotFoundPage): Uint8Array<ArrayBuffer> {
  const language = page.language ?? site.language;
  const phrases = phrasesFor(site);
  return renderPage({
    site,
    language,
    preview: page.title,
    stylesheet: "richArticle",
    query: "",
    main: [
      markup`
        <article>
        <header>
        ${renderHeadline(page)}
        </header>
        <div class="body">
      `,
      encoder.encode(page.html),
      markup`
        </div>
        <footer${languageOf(phrases, language)}>
        <p class="row"><a href="${listPath(SITE_SCOPE)}">${phrases.home}</a></p>
        </footer>
        </article>
      `,
    ],
  });
}
