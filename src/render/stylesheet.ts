import { RICH_TEXT_STYLE, TEXT_STYLE } from "./article-style.ts";
import { FRAME_STYLE } from "./frame-style.ts";
import { LIST_STYLE } from "./list-style.ts";

/*
 * The style of the pages, inline so that a text page is one request. Only system fonts are used. Sizes follow the
 * reader's own text size (17 CSS pixels where that is the usual 16), and directions are logical, for right-to-left
 * articles.
 *
 * Chromium 61 and iOS 11 must understand what a page cannot do without (test/render/stylesheet.test.ts): an unknown
 * selector would take its whole rule away, and a value that is newer has an older one before it.
 */

/** The style of the share pages of articles that hold paragraphs and pictures only. */
export const PLAIN_ARTICLE_STYLESHEET = minify(FRAME_STYLE + TEXT_STYLE);

/** The style of all other share pages. */
export const RICH_ARTICLE_STYLESHEET = minify(FRAME_STYLE + TEXT_STYLE + RICH_TEXT_STYLE);

/** The style of all other pages. */
export const LIST_STYLESHEET = minify(FRAME_STYLE + LIST_STYLE);

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
