/** The page's ground. */
export const PAPER = { light: "#fdfcf8", dark: "#181613" } as const;

/** What all pages share: paper, ink, type, the frame and links that thumbs can hit. */
export const FRAME_STYLE = `
:root {
  --paper: ${PAPER.light};
  --ink: ${PAPER.dark};
  --quiet: #5a534a;
  --line: #ddc;
  --red: #95271f;
  --serif: Charter, Georgia, serif;
  font: 106.25%/1.85 system-ui, sans-serif;
  -webkit-text-size-adjust: 100%;
  color-scheme: light dark;
  background: var(--paper);
  color: var(--ink);
}
:lang(zh) {
  --serif: Songti SC, Microsoft YaHei, serif;
  text-autospace: normal;
  line-break: strict;
}
:lang(zh-Hant), :lang(zh-TW), :lang(zh-HK) {
  --serif: serif;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: ${PAPER.dark};
    --ink: #e6e0d5;
    --quiet: #ada59a;
    --line: #443;
    --red: #f0a08f;
  }
  /* What is drawn in ink on nothing is readable only on paper. */
  .body img {
    background: #fff;
  }
}
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
  font-family: var(--serif);
}
/* Ten Han characters fit on the narrowest phone. */
h1 {
  margin: 0;
  text-wrap: balance;
  font-size: 1.6rem;
  line-height: 1.4;
}
a {
  color: var(--red);
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
/* Gaps are margins, which the row takes back at its ends. */
.row {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  margin: 0 -.5em;
  padding: 0;
  list-style: none;
}
.row > * {
  margin: 0 .5em;
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
.site li, .site .row a, small {
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
