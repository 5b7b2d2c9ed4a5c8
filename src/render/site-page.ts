import type { Site } from "../domain/site.ts";
import type { SitePage } from "../domain/site-page.ts";
import { encodedPath } from "../domain/links.ts";
import { renderHeadline } from "./headline.ts";
import { markup } from "./markup.ts";
import { renderPage } from "./page.ts";

/**
 * A page of the site's own, which looks like an article without its date, tags and links.
 *
 * @param cardUrl absolute address of the site's share card; null where there is none
 */
export function renderSitePage(
  site: Site,
  page: SitePage,
  cardUrl: string | null,
): Uint8Array<ArrayBuffer> {
  const language = page.language ?? site.language;
  return renderPage({
    site,
    language,
    stylesheet: page.isPlain ? "plainArticle" : "richArticle",
    preview: {
      title: page.title,
      description: page.summary,
      path: encodedPath(page.address),
      language,
      image: page.image,
      cardUrl,
    },
    main: [
      markup`
        <article>
        <header>
        ${renderHeadline(page)}
        </header>
        <div class="body">
      `,
      page.body,
      markup`
        </div>
        </article>
      `,
    ],
  });
}
