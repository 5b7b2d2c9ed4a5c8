import type { ArticleRef, ListPicture } from "../domain/article.ts";
import { sharePath } from "../domain/links.ts";
import { formWidths, pictureFormPath } from "../domain/picture-path.ts";
import { phraseClass } from "./headline.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { renderTime } from "./reader-dates.ts";

/** What a list shows of an article. */
type ListedArticle = Pick<ArticleRef, "id" | "title" | "published" | "source" | "lead" | "picture">;

/** Han characters of a headline that fit beside a picture on a phone. */
const LINE_BESIDE_PICTURE = 8;
/** The widest form that the large picture takes. */
const LARGE_WIDTH = 960;

/**
 * Articles as a list under a second-level heading.
 *
 * @param knownSource a source that the page's title names already, so that articles do not repeat it
 * @param isFirstLarge whether the first stands out: its picture is as wide as a phone and loads at once
 */
export function renderArticleList(
  refs: readonly ListedArticle[],
  knownSource: string | null,
  phrases: Phrases,
  isFirstLarge = false,
): Markup {
  const items = refs.map((ref, index) => {
    const { id, title, published, source, lead, picture } = ref;
    const isLarge = isFirstLarge && index === 0;
    const isNarrow = picture !== undefined && !isLarge;
    const origin =
      source === null || source === knownSource ? null : markup`<span>${source}</span> `;
    const text = markup`
      <h3${phraseClass(title, isNarrow ? LINE_BESIDE_PICTURE : undefined)}><a href="${sharePath(id)}">${title}</a></h3>
      ${lead === null || lead === "" ? null : markup`<p>${lead}</p>`}
      <p class="row meta">${origin}${renderTime(published, phrases.dates)}</p>
    `;
    if (picture === undefined) return markup`<li>${text}</li>`;
    return markup`<li class="pictured"><div>${text}</div>${renderPicture(ref, picture, isLarge)}</li>`;
  });
  return markup`<ol class="articles">
    ${items}
    </ol>`;
}

/** The picture leads where the headline does, so that programs that read the page aloud pass over it. */
function renderPicture(
  { id }: Pick<ArticleRef, "id">,
  { path, width }: ListPicture,
  isLarge: boolean,
): Markup {
  const widths = formWidths(width).filter((formWidth) => formWidth <= LARGE_WIDTH);
  const srcset = isLarge
    ? widths.map((formWidth) => `${pictureFormPath(path, formWidth)} ${formWidth}w`).join(", ")
    : pictureFormPath(path, widths[0] ?? width);
  const sizes = isLarge ? markup` sizes="(min-width: 40em) 12rem, 100vw"` : null;
  const loading = isLarge ? markup` fetchpriority="high"` : markup` loading="lazy"`;
  return markup`<a href="${sharePath(id)}" tabindex="-1" aria-hidden="true"><picture><source type="image/webp" srcset="${srcset}"${sizes}><img src="${path}" alt="" width="104" height="78"${loading}></picture></a>`;
}
