import type { Palette, Theme } from "../domain/site.ts";
import { THEME_COLORS } from "../domain/site.ts";
import { palettesOf } from "./palette.ts";

/** What all pages share: paper, ink, type, the frame and links that thumbs can hit. */
export function frameStyle(theme: Theme | undefined): string {
  const { light, dark } = palettesOf(theme);
  // What a site chooses is for all languages.
  const isOwnFace = theme?.headlineFace === undefined;
  return `
:root {
${colors(light)}
  --headline: ${theme?.headlineFace ?? "Charter, Georgia, serif"};
  font: 106.25%/1.85 ${theme?.textFace ?? "system-ui, sans-serif"};
  -webkit-text-size-adjust: 100%;
  color-scheme: light dark;
  background: var(--paper);
  color: var(--ink);
}
:lang(zh) {
  ${isOwnFace ? "--headline: Songti SC, Microsoft YaHei, serif;" : ""}
  text-autospace: normal;
  line-break: strict;
}
${isOwnFace ? ":lang(zh-Hant), :lang(zh-TW), :lang(zh-HK) { --headline: serif; }" : ""}
@media screen and (prefers-color-scheme: dark) {
  :root {
${colors(dark)}
  }
  /* What is drawn in ink on nothing is readable only on paper. */
  .body img {
    background: #fff;
  }
}
${FRAME}`;
}

/** The colours as custom properties, in as few characters as they can be written: `#ddc` for `#ddddcc`. */
function colors(palette: Palette): string {
  return THEME_COLORS.map(
    (name) => `--${name}: ${palette[name].replace(/^#(.)\1(.)\2(.)\3$/, "#$1$2$3")};`,
  ).join(" ");
}

const FRAME = `
body {
  margin: auto;
  max-width: 38em;
  padding: 0 20px;
  /* Together they are what overflow-wrap: anywhere is in newer engines. */
  overflow-wrap: break-word;
  word-break: break-word;
  text-wrap: pretty;
}
h1, .site > a {
  font-family: var(--headline);
}
/* Ten Han characters fit on the narrowest phone. */
h1 {
  margin: 0;
  text-wrap: balance;
  font-size: 1.6rem;
  line-height: 1.4;
}
a {
  color: var(--accent);
}
.skip:not(:focus) {
  position: fixed;
  top: -9em;
}
header.site {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  border-bottom: 3px double var(--line);
}
footer.site {
  margin: 2.75rem 0;
  border-top: 3px double var(--line);
}
/* Gaps are the links' own, so that two Han characters are wide enough for a thumb; the row takes them back at its ends. */
.row {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  margin: 0 -.5em;
  padding: 0;
  list-style: none;
}
.row > * {
  padding: 0 .5em;
}
/* Each by its own first letters: a date in English, or the site's Chinese words, on a page from right to left. */
.row * {
  unicode-bidi: plaintext;
}
.site a, .row a, .skip, .kicker {
  display: inline-flex;
  align-items: center;
  min-height: 44px;
  text-decoration: none;
}
.site > a {
  color: inherit;
  font-weight: 700;
}
.site li, .site .row a, small, figcaption {
  color: var(--quiet);
}
.site .row, .meta, .kicker {
  font-size: .88rem;
  line-height: 44px;
}
.meta {
  color: var(--quiet);
  line-height: 1.7;
}
.kicker, [aria-current] {
  font-weight: 700;
}
.keep {
  word-break: keep-all;
}
@media print {
  .row:not(.meta) {
    display: none;
  }
}
`;
