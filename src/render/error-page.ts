import { listPath } from "../domain/links.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { NotFoundPage, Site } from "../domain/site.ts";
import { renderHeadline } from "./headline.ts";
import { markup } from "./markup.ts";
import { languageOf, renderPage } from "./page.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import { RICH_ARTICLE_STYLESHEET } from "./stylesheet.ts";

/** The status of each error, under the name of the phrases that explain it. */
export const ERROR_STATUSES = {
  notFound: 404,
  methodNotAllowed: 405,
  gone: 410,
  unavailable: 503,
} as const;

export type PageError = keyof typeof ERROR_STATUSES;

const encoder = new TextEncoder();

/** A page that says what happened and where to go on. */
export function renderErrorPage(site: Site, error: PageError): Uint8Array<ArrayBuffer> {
  if (error === "notFound" && site.notFound !== undefined) {
    return renderNotFoundPage(site, site.notFound);
  }
  const phrases = phrasesFor(site);
  const { title, text } = phrases[error];
  return renderPage({
    site,
    preview: title,
    main: markup`
      <section class="error"${languageOf(phrases, site.language)}>
      <p class="status">${ERROR_STATUSES[error]}</p>
      <h1>${title}</h1>
      <p>${text}</p>
      <ul class="row chips"><li><a href="${listPath(SITE_SCOPE)}">${phrases.home}</a></li></ul>
      </section>
    `,
  });
}

/** What the site itself says where nothing is. */
function renderNotFoundPage(site: Site, page: NotFoundPage): Uint8Array<ArrayBuffer> {
  const language = page.language ?? site.language;
  const phrases = phrasesFor(site);
  return renderPage({
    site,
    language,
    preview: page.title,
    stylesheet: RICH_ARTICLE_STYLESHEET,
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
