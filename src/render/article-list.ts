import type { ArticleRef } from "../domain/article.ts";
import { sharePath } from "../domain/links.ts";
import { phraseClass } from "./headline.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { renderTime } from "./reader-dates.ts";

/**
 * Articles as a list under a second-level heading.
 *
 * @param knownSource a source that the page's title names already, so that articles do not repeat it
 */
export function renderArticleList(
  refs: readonly ArticleRef[],
  knownSource: string | null,
  phrases: Phrases,
): Markup {
  const items = refs.map(({ id, title, published, source, lead }) => {
    const origin =
      source === null || source === knownSource ? null : markup`<span>${source}</span> `;
    return markup`
      <li>
      <h3${phraseClass(title)}><a href="${sharePath(id)}">${title}</a></h3>
      ${lead === null || lead === "" ? null : markup`<p>${lead}</p>`}
      <p class="row meta">${origin}${renderTime(published, phrases.dates)}</p>
      </li>
    `;
  });
  return markup`<ol class="articles">
    ${items}
    </ol>`;
}
