import { FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import { FAVICON_PATH, listPath } from "../domain/links.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { remembered } from "../domain/remembered.ts";
import type { Site } from "../domain/site.ts";
import { encodeChunks } from "./chunk.ts";
import { directionOf } from "./direction.ts";
import type { TitledTopic } from "./feed-links.ts";
import { renderFeedDiscovery, wholeSite } from "./feed-links.ts";
import { Markup, markup } from "./markup.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import type { Preview } from "./preview-tags.ts";
import { renderPreviewTags } from "./preview-tags.ts";
import { palettesOf } from "./palette.ts";
import type { Stylesheets } from "./stylesheet.ts";
import { renderSearchForm } from "./search-form.ts";
import { stylesheetsOf } from "./stylesheet.ts";

/** What a page puts into the frame that all pages share. */
export interface Page {
  readonly site: Site;
  /** The language of the page's own text, where it is not the site's. */
  readonly language?: string;
  /** The title and what link previews read; a title alone keeps the page out of search engines. */
  readonly preview: Preview | string;
  /** One of the site's stylesheets, because the Content-Security-Policy allows no other; the one of lists by default. */
  readonly stylesheet?: keyof Stylesheets;
  /** The topics whose feeds the page offers, the one first that a reader should take which takes one; else the site alone. */
  readonly feeds?: readonly TitledTopic[];
  /** What programs read besides. It stands before the style, near the texts that it repeats, which compresses better. */
  readonly data?: Markup | null;
  /** What stands in the field for searching, which is at the head of pages; null for none there. */
  readonly query?: string | null;
  /** Replaces the header that all pages but the home page have. */
  readonly header?: Markup;
  /** Markup, and stored HTML as bytes, which never become a string. */
  readonly main: Markup | readonly (Markup | Uint8Array)[];
}

const encoder = new TextEncoder();

/** A whole HTML document in UTF-8. What previews read comes first, because crawlers read only the first few KB. */
export function renderPage(page: Page): Uint8Array<ArrayBuffer> {
  return encodeChunks([
    renderStart(page).html,
    styleBytes(stylesheetsOf(page.site)[page.stylesheet ?? "list"]),
    `${renderBodyStart(page).html}\n`,
    ...[page.main].flat().map((part) => (part instanceof Markup ? `${part.html}\n` : part)),
    endBytes(page),
  ]);
}

/** The ends of pages, by site and language: they are the same for all. */
const encodedEnds = new WeakMap<Site, Map<string, Uint8Array>>();
const MOST_LANGUAGES = 100;

function endBytes(page: Page): Uint8Array {
  const { site, language = site.language } = page;
  const ends = encodedEnds.get(site) ?? new Map<string, Uint8Array>();
  encodedEnds.set(site, ends);
  const end = ends.get(language) ?? encoder.encode(`${renderEnd(page).html}\n`);
  if (ends.size < MOST_LANGUAGES) ends.set(language, end);
  return end;
}

/** The same in the heads of all pages of a site. */
const sharedHeads = new WeakMap<Site, Markup>();

function renderSharedHead(site: Site): Markup {
  const known = sharedHeads.get(site);
  if (known !== undefined) return known;
  const head = markup`
    <meta name="viewport" content="width=device-width">
    ${renderPaperColors(site)}
    <link rel="icon" href="${FAVICON_PATH}">
  `;
  sharedHeads.set(site, head);
  return head;
}

function renderStart(page: Page): Markup {
  const { site, language = site.language, preview, feeds = [wholeSite(site)], data = null } = page;
  return markup`
    <!doctype html>
    <html lang="${language}"${directionOf(language) === "rtl" ? markup` dir="rtl"` : null} itemscope itemtype="https://schema.org/WebPage">
    <head>
    <meta charset="utf-8">
    ${typeof preview === "string" ? renderTitle(preview) : renderPreviewTags(site, preview)}
    ${renderSharedHead(site)}
    ${site.icon === null ? null : markup`<link rel="apple-touch-icon" href="${site.icon}">`}
    ${feeds.map((titled, index) => renderFeedDiscovery(titled, index === 0 ? FEED_FORMAT_NAMES : ["rss"]))}
    ${data}
    <style>`;
}

/** The colours around the page, which are its paper's. Browsers that do not know `media` here take the first. */
function renderPaperColors({ theme }: Site): Markup {
  const { light, dark } = palettesOf(theme);
  return markup`
    <meta name="theme-color" content="${light.paper}" media="(prefers-color-scheme:light)">
    <meta name="theme-color" content="${dark.paper}" media="(prefers-color-scheme:dark)">
  `;
}

function renderTitle(title: string): Markup {
  return markup`
    <title>${title}</title>
    <meta name="robots" content="noindex">
  `;
}

function renderBodyStart(page: Page): Markup {
  const { site, language = site.language, preview, header, stylesheet = "list" } = page;
  // An article has the field behind its text.
  const { query = stylesheet === "list" ? "" : null } = page;
  const phrases = phrasesFor(site);
  const words = languageAndDirectionOf(phrases, language);
  const path = typeof preview === "string" ? null : preview.path;
  return markup`</style>
    </head>
    <body>
    <a class="skip" href="#page-text"${words}>${phrases.skipToContent}</a>
    ${header ?? markup`<header class="site"${words}><a href="${listPath(SITE_SCOPE)}">${site.title}</a>${renderNavigation(site, path)}</header>`}
    ${query === null ? null : renderSearchForm(site, words, query)}
    <main id="page-text">
  `;
}

/**
 * The links in the head of every page; null where there are none.
 *
 * @param current the path of the page that they are on; null where none of them can be it
 */
export function renderNavigation(
  { title, navigation = [] }: Site,
  current: string | null,
): Markup | null {
  if (navigation.length === 0) return null;
  const items = navigation.map(({ text, url, language }) => {
    const mark = url === current ? markup` aria-current="page"` : null;
    return markup`<a href="${url}"${langAttribute(language)}${mark}>${text}</a>`;
  });
  return markup`<nav class="row" aria-label="${title}">${items}</nav>`;
}

function renderEnd({ site, language = site.language }: Page): Markup {
  const items = site.footer.map(({ text, url, language: own }) =>
    url === null
      ? markup`<li${langAttribute(own)}>${text}</li>`
      : markup`<li><a href="${url}"${langAttribute(own)}>${text}</a></li>`,
  );
  return markup`
    </main>
    <footer class="site"${languageAndDirectionOf(phrasesFor(site), language)}>
    <a href="${listPath(SITE_SCOPE)}">${site.title}</a>
    ${items.length === 0 ? null : markup`<ul class="row">${items}</ul>`}
    </footer>
    </body>
    </html>
  `;
}

function langAttribute(language: string | undefined): Markup | null {
  return language === undefined ? null : markup` lang="${language}"`;
}

/** A `lang` attribute for the site's words, where they are in another language than the page. */
export function languageOf({ language }: Phrases, pageLanguage: string): Markup | null {
  return primaryOf(language) === primaryOf(pageLanguage) ? null : markup` lang="${language}"`;
}

/** The first part of a BCP 47 tag. */
const primaryOf = remembered(MOST_LANGUAGES, (tag) => tag.toLowerCase().split("-")[0] ?? "");

/** The same and a `dir` attribute where that differs, for a part of the page that stands apart from the article. */
export function languageAndDirectionOf(phrases: Phrases, pageLanguage: string): Markup {
  const direction = directionOf(phrases.language);
  const differs = direction !== directionOf(pageLanguage);
  return markup`${languageOf(phrases, pageLanguage)}${differs ? markup` dir="${direction}"` : null}`;
}

const encodedStyles = new Map<string, Uint8Array>();

/**
 * The bytes of a stylesheet, encoded once. Inside a Chinese text it would be encoded again, and slowly, for every page.
 */
function styleBytes(stylesheet: string): Uint8Array {
  const known = encodedStyles.get(stylesheet) ?? encoder.encode(stylesheet);
  encodedStyles.set(stylesheet, known);
  return known;
}
