import type { ArticleHeader } from "../domain/article.ts";
import { sharePath } from "../domain/links.ts";
import type { Site } from "../domain/site.ts";
import { renderHeadline } from "./headline.ts";
import type { LinkPreview, PreviewWarning, SharedPage } from "./link-previews.ts";
import { linkPreviews } from "./link-previews.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { renderPage } from "./page.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";

/**
 * The page that shows the editor how the platforms would show a link to an article.
 *
 * @param page what the share page tells them
 */
export function renderLinkPreviewPage(
  site: Site,
  article: Pick<ArticleHeader, "id" | "title" | "titleBreaks">,
  page: SharedPage,
): Uint8Array<ArrayBuffer> {
  const phrases = phrasesFor(site);
  const { preview } = phrases;
  return renderPage({
    site,
    preview: `${preview.heading} · ${page.title}`,
    main: markup`
      <header class="list">
      <p class="kicker">${preview.heading}</p>
      ${renderHeadline(article)}
      </header>
      <p>${preview.explanation}</p>
      ${page.isPictureReplaced ? markup`<p>${preview.pictureReplaced}</p>` : null}
      <ul class="row chips"><li><a href="${sharePath(article.id)}">${preview.back}</a></li></ul>
      ${linkPreviews(page).map((shown) => renderPreview(shown, page, phrases.previewWarnings))}
    `,
  });
}

function renderPreview(
  { platform, title, description, image, warnings }: LinkPreview,
  page: SharedPage,
  words: Readonly<Record<PreviewWarning, string>>,
): Markup {
  return markup`
    <section>
    <h2>${platform}</h2>
    <div class="preview ${image}">
    ${image === "none" || page.image === null ? null : markup`<img src="${page.image.url}" alt="">`}
    <p class="title">${title}</p>
    ${description === null || description === "" ? null : markup`<p>${description}</p>`}
    <p class="meta">${page.host}</p>
    </div>
    ${warnings.length === 0 ? null : markup`<ul>${warnings.map((warning) => markup`<li>${words[warning]}</li>`)}</ul>`}
    </section>
  `;
}
