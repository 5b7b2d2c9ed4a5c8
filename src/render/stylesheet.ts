import type { Site } from "../domain/site.ts";
import { RICH_TEXT_STYLE, TEXT_STYLE } from "./article-style.ts";
import { frameStyle } from "./frame-style.ts";
import { LIST_STYLE } from "./list-style.ts";
import { SEARCH_STYLE } from "./search-style.ts";

/*
 * The style of the pages, inline so that a text page is one request. Only system fonts are used. Sizes follow the
 * reader's own text size (17 CSS pixels where that is the usual 16), and directions are logical, for right-to-left
 * articles.
 *
 * Chromium 61 and iOS 11 must understand what a page cannot do without (test/render/stylesheet.test.ts): an unknown
 * selector would take its whole rule away, and a value that is newer has an older one before it.
 */

/**
 * The styles of a site's pages: of the share pages of articles that hold paragraphs and pictures only, of all other share pages,
 * and of all other pages.
 */
export type Stylesheets = Readonly<Record<"plainArticle" | "richArticle" | "list", string>>;

/** What of a site decides how its pages look. */
export type Look = Pick<Site, "theme" | "search">;

const OWN_STYLESHEETS = makeStylesheets({});

/** They are made once: text in them is minified, and the pages' headers name their hashes. */
const stylesheetsByLook = new WeakMap<Look, Stylesheets>();

/** The styles of a site's pages: with its theme's colours and faces in the place of Offprint's, and with the field for searching. */
export function stylesheetsOf(look: Look): Stylesheets {
  if (look.theme === undefined && look.search === undefined) return OWN_STYLESHEETS;
  const known = stylesheetsByLook.get(look) ?? makeStylesheets(look);
  stylesheetsByLook.set(look, known);
  return known;
}

function makeStylesheets({ theme, search }: Look): Stylesheets {
  const frame = frameStyle(theme) + (search === undefined ? "" : SEARCH_STYLE);
  return {
    plainArticle: minify(frame + TEXT_STYLE),
    richArticle: minify(frame + TEXT_STYLE + RICH_TEXT_STYLE),
    list: minify(frame + LIST_STYLE),
  };
}

/**
 * Drops comments and needless blanks, and shortens the names of custom properties to their first letters, which differ. It
 * suffices for the text above, but not for any CSS.
 */
function minify(css: string): string {
  return css
    .replaceAll(/\/\*.*?\*\//gs, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([{};>]) ?/g, "$1")
    .replaceAll(/([:,]) /g, "$1")
    .replaceAll(";}", "}")
    .replaceAll(/(?<=--[a-z])[a-z]+/g, "")
    .trim();
}
