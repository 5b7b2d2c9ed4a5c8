import type { Article, ArticleHeader } from "../domain/article.ts";
import {
  hrefOf,
  listPath,
  oembedPath,
  qrCodePath,
  sharePath,
  subscribePath,
} from "../domain/links.ts";
import { isListedAuthor, listedAuthors } from "../domain/listed-authors.ts";
import type { Recording } from "../domain/recording.ts";
import type { Scope } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { clipText } from "./clip-text.ts";
import type { TitledTopic } from "./feed-links.ts";
import { wholeSite } from "./feed-links.ts";
import { renderHeadline } from "./headline.ts";
import { renderArticleData } from "./json-ld.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { languageAndDirectionOf, languageOf, renderPage } from "./page.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { filled } from "./phrases/filled.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import { readerDay, renderTime } from "./reader-dates.ts";
import { renderSearchForm } from "./search-form.ts";

export interface SharePage {
  readonly site: Site;
  readonly article: Article;
  /** The title of a category, by its slug. */
  readonly categoryTitle: (slug: string) => string;
  /** Absolute address of its share card; null where there is none. */
  readonly cardUrl: string | null;
  /** Related articles: those of the same first category first. */
  readonly related: readonly Pick<ArticleHeader, "id" | "title" | "published">[];
}

/** 60 Han characters. */
const RELATED_TITLE_BYTES = 180;

/** The page of one article; the words around it are the site's. */
export function renderSharePage(page: SharePage): Uint8Array<ArrayBuffer> {
  const { site, article, categoryTitle, cardUrl } = page;
  const language = article.language ?? site.language;
  const phrases = phrasesFor(site);
  const words = languageOf(phrases, language);
  const [slug] = article.categories;
  const category: TitledTopic<Scope> | null =
    slug === undefined
      ? null
      : { topic: { kind: "category", name: slug }, title: categoryTitle(slug) };
  const section = category?.title ?? null;
  const shown: ShownArticle = { ...page, category, phrases, words };
  return renderPage({
    site,
    language,
    stylesheet: article.isPlain ? "plainArticle" : "richArticle",
    preview: {
      title: article.title,
      description: article.summary,
      path: sharePath(article.id),
      article: { header: article, section },
      cardUrl,
    },
    // Who subscribes by an article's address, in a reader that takes the first feed unasked, would miss all other categories.
    feeds: [wholeSite(site), category].filter((titled) => titled !== null),
    data: markup`
      <link rel="alternate" type="application/json+oembed" href="${oembedPath(article.id)}">
      ${renderArticleData(site, article, category, cardUrl)}
    `,
    main: [
      renderArticleStart(shown),
      ...renderPlayers(article),
      article.body,
      renderArticleEnd(shown),
    ],
  });
}

interface ShownArticle extends SharePage {
  readonly category: TitledTopic<Scope> | null;
  readonly phrases: Phrases;
  /** A `lang` attribute where the phrases are in another language than the article. */
  readonly words: Markup | null;
}

function renderArticleStart({ site, article, category, phrases, words }: ShownArticle): Markup {
  const others = article.authors
    .filter((name) => !isListedAuthor(name, site))
    .join(phrases.listSeparator);
  return markup`
    <article>
    <header>
    ${category === null ? null : markup`<a class="kicker" href="${hrefOf(listPath(category.topic))}"${words}>${category.title}</a>`}
    ${renderHeadline(article)}
    <p class="row meta"${words}>
    ${renderSource(article)}
    ${listedAuthors(article, site).map(renderAuthor)}
    ${others === "" ? null : markup`<span>${others}</span>`}
    ${renderTime(article.published, phrases.dates)}
    ${article.updated === null ? null : markup`<span>${phrases.updated} ${renderTime(article.updated, phrases.dates)}</span>`}
    </p>
    </header>
    <div class="body">
  `;
}

function renderAuthor(name: string): Markup {
  return markup`<a href="${hrefOf(listPath({ kind: "author", name }))}">${name}</a>`;
}

function renderPlayers({ recordings = [], title }: Article): readonly Markup[] {
  return recordings
    .filter(({ isShown }) => !isShown)
    .map((recording) => renderPlayer(recording, title));
}

/**
 * A player for what the body does not show. Nothing is loaded before somebody plays it. The types are left out, because Chrome
 * refuses films that are called `video/quicktime`, and plays them.
 */
function renderPlayer({ kind, files, poster }: Recording, title: string): Markup {
  const sources = files.map(({ url }) => markup`<source src="${url}">`);
  if (kind === "audio") {
    return markup`<p><audio controls preload="none" aria-label="${title}">${sources}</audio></p>`;
  }
  const cover = poster === null ? null : markup` poster="${poster}"`;
  return markup`<p><video controls preload="none" aria-label="${title}"${cover}>${sources}</video></p>`;
}

/** The newspaper, with a link to the original where the article names it; its host stands for a newspaper without a name. */
function renderSource({ source, sourceUrl }: Article): Markup | null {
  if (sourceUrl === null) return source === null ? null : markup`<span>${source}</span>`;
  const label = source ?? new URL(sourceUrl).hostname;
  return markup`<a href="${sourceUrl}" rel="nofollow noopener">${label}</a>`;
}

function renderArticleEnd(shown: ShownArticle): Markup {
  const { site, article, category, related, phrases } = shown;
  // A tag with the category's title would only repeat it.
  const tags = article.tags.filter((tag) => tag !== category?.title);
  return markup`
    </div>
    <footer${languageAndDirectionOf(phrases, article.language ?? site.language)}>
    ${tags.length === 0 ? null : renderTags(tags, phrases)}
    ${related.length === 0 ? null : renderRelated(related, phrases)}
    ${category === null ? null : renderMore(category, phrases)}
    ${renderSearchForm(site, null)}
    <p class="address"><img src="${qrCodePath(article.id)}" alt="" width="120" height="120" loading="lazy"> ${site.url}${sharePath(article.id)}</p>
    </footer>
    </article>
  `;
}

function renderTags(tags: readonly string[], phrases: Phrases): Markup {
  const items = tags.map((name) => {
    const scope: Scope = { kind: "tag", name };
    return markup`<li><a href="${hrefOf(listPath(scope))}"><small>#${name}</small></a></li>`;
  });
  return markup`<ul class="row" aria-label="${phrases.tags}">${items}</ul>`;
}

function renderRelated(related: SharePage["related"], phrases: Phrases): Markup {
  const items = related.map(({ id, title, published }) => {
    const day = readerDay(published, phrases.dates);
    return markup`<p class="row"><a href="${sharePath(id)}">${clipText(title, RELATED_TITLE_BYTES)}</a><small>${day}</small></p>`;
  });
  return markup`
    <nav aria-labelledby="on">
    <p class="kicker" id="on">${phrases.related}</p>
    ${items}
    </nav>
  `;
}

function renderMore({ topic, title }: TitledTopic<Scope>, phrases: Phrases): Markup {
  return markup`
    <ul class="row">
    <li><a href="${hrefOf(listPath(topic))}">${filled(phrases.moreFrom, { title })}</a></li>
    <li><a href="${hrefOf(subscribePath(topic))}">${filled(phrases.subscribeTo, { title })}</a></li>
    </ul>
  `;
}
