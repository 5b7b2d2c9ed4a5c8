import { listPath } from "../domain/links.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { markup } from "./markup.ts";
import { languageOf, renderPage } from "./page.ts";
import { phrasesFor } from "./phrases.ts";

/** The status of each error, under the name of the phrases that explain it. */
export const ERROR_STATUSES = {
  notFound: 404,
  methodNotAllowed: 405,
  gone: 410,
  unavailable: 503,
} as const;

export type PageError = keyof typeof ERROR_STATUSES;

/** A page that says what happened and where to go on. */
export function renderErrorPage(site: Site, error: PageError): Uint8Array<ArrayBuffer> {
  const phrases = phrasesFor(site.language);
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
