/*
 * The style of the pages, inline so that a text page is one request. Only system fonts are used. Sizes follow the
 * reader's own text size (17 CSS pixels where that is the usual 16), and directions are logical, for right-to-left
 * articles.
 *
 * Chromium 61 and iOS 11 must understand what a page cannot do without (test/render/stylesheet-support.test.ts): an unknown
 * selector would take its whole rule away, and a value that is newer has an older one before it.
 */

/** The page's ground. */
export const PAPER = { light: "#fdfcf8", dark: "#181613" } as const;

/** What all pages share: paper, ink, type, the frame and links that thumbs can hit. */
const FRAME = `
:root {
  --paper: ${PAPER.light};
  --ink: #1f1c18;
  --quiet: #5a534a;
  --line: #dcd6c9;
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
    --quiet: #ada598;
    --line: #3c3731;
    --red: #f0a08f;
  }
  /* What is drawn in ink on nothing is readable only on paper. */
  .body img {
    background: #fff;
  }
}
body {
  max-width: 38em;
  margin: auto;
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
  position: absolute;
  top: -9em;
}
header.site {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  border-bottom: 3px double var(--line);
}
footer.site {
  margin: 3rem 0 2rem;
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
.site li, .site .row a {
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

/** The frame of an article, and what nearly all of a newspaper's hold: paragraphs and pictures. */
const TEXT = `
article > header {
  margin: .75rem 0 1.75rem;
}
.meta {
  margin-top: .75rem;
}
/* Paragraphs and lists have that margin by themselves. */
figure {
  margin: 1em 0;
}
@media (min-width: 40em) {
  h1 {
    font-size: 2.1rem;
  }
  :lang(zh) p {
    text-align: justify;
  }
}
p.align-center {
  text-align: center;
}
p.align-right {
  text-align: right;
}
img {
  max-width: 100%;
  height: auto;
}
figcaption {
  color: var(--quiet);
}
article > footer {
  margin-top: 1.75rem;
}
@media screen and (max-width: 64em) {
  .address {
    display: none;
  }
}
`;

/** Everything else that sanitized HTML brings. */
const RICH_TEXT = `
table {
  margin: 1em 0;
}
video {
  max-width: 100%;
  height: auto;
}
.footnotes, blockquote {
  color: var(--quiet);
}
ul, ol, blockquote {
  padding-inline-start: 1.5em;
}
/* Years have four digits. */
[start] {
  padding-inline-start: 3em;
}
h2, h3, h4, h5, h6 {
  margin: 1.75rem 0 .75rem;
  font-size: 1.1rem;
  line-height: 1.4;
}
li > * {
  margin: 0;
}
code {
  unicode-bidi: plaintext;
}
/* Older engines know neither, and leave it set in from both sides. */
blockquote {
  margin-inline: 0;
  border-inline-start: 3px solid var(--line);
}
pre, table {
  line-height: 1.4;
  border-collapse: collapse;
}
pre, th, td {
  padding: .5em;
  border: 1px solid var(--line);
}
/* Targets of 24 pixels that push no line apart. */
sup a, .reversefootnote {
  margin: 0 -.4em;
  padding: .3em .6em;
}
@media screen {
  pre, table {
    display: block;
    overflow: auto;
  }
  th, td {
    min-width: 4em;
    word-break: normal;
  }
}
/* On paper nothing can be scrolled: there lines wrap, and tables of seven columns or more shrink. */
@media print {
  pre {
    white-space: pre-wrap;
  }
  table:has(td:nth-child(7)) {
    font-size: .7em;
  }
}
`;

/** Front page, lists and errors. */
const LISTS = `
@media (min-width: 40em) {
  h1 {
    font-size: 2.1rem;
  }
}
p, ul, ol, h3 {
  margin: 0;
}
h2, h3 {
  line-height: 1.4;
}
/* Each by its own first letters, whatever the site's language. */
h1, .articles a, .articles p, .preview p {
  unicode-bidi: plaintext;
}
h2 {
  margin: 2.75rem 0 .75rem;
  font-size: .95rem;
}
h2, .kicker {
  color: var(--red);
}
.list {
  margin: .75rem 0 -.75rem;
}
.masthead {
  text-align: center;
}
.masthead h1 {
  padding: 1.75rem 0 .25rem;
  font-size: 2.4rem;
  font-size: clamp(2.2rem, 1.4rem + 5vw, 3.6rem);
  letter-spacing: .06em;
}
.masthead p {
  color: var(--quiet);
  font-size: .95rem;
}
.masthead .row {
  justify-content: center;
}
.masthead .day {
  margin-top: 1.25rem;
  border: double var(--line);
  border-width: 3px 0;
  font-size: .85rem;
}
.articles {
  padding: 0;
  list-style: none;
}
.articles li {
  padding: .6rem 0 .9rem;
  border-top: 1px solid var(--line);
}
.articles h3 {
  font-family: var(--serif);
  font-size: 1.12rem;
}
.articles h3 a {
  display: block;
  padding: .55rem 0;
  color: inherit;
  text-decoration: none;
}
a:hover {
  color: var(--red);
  text-decoration: underline;
}
.articles p:not(.meta) {
  padding-bottom: .35rem;
  font-size: .94rem;
  line-height: 1.75;
}
.newest li:first-child h3 {
  font-size: 1.5rem;
}
.chips {
  margin: -.25em;
}
.chips > * {
  margin: .25em;
}
p + .chips {
  margin-top: .75rem;
}
.chips a {
  padding: 0 .9em;
  border: 1px solid var(--line);
  border-radius: 4px;
  color: var(--ink);
  font-size: .9rem;
}
.chips small {
  -webkit-margin-start: .5em;
  margin-inline-start: .5em;
  color: var(--quiet);
}
.archive .row {
  margin: 0 -.3em;
}
.archive li {
  margin: 0 .3em;
}
.archive .row a {
  min-width: 44px;
  color: var(--ink);
}
.archive .row [aria-current] {
  color: var(--red);
}
.archive h3 {
  margin-top: .75rem;
  color: var(--quiet);
  font-size: .88rem;
}
.index {
  padding: 0;
  list-style: none;
}
.index li {
  padding: .4rem 0;
  border-top: 1px solid var(--line);
}
.index a {
  display: inline-block;
  min-height: 44px;
  line-height: 44px;
  text-decoration: none;
}
.index li > a {
  display: block;
  color: var(--ink);
  font-family: var(--serif);
  font-size: 1.12rem;
}
.initials a {
  min-width: 44px;
  justify-content: center;
}
.subscribe p {
  margin-bottom: .75rem;
}
.list + p {
  margin-top: 1.75rem;
}
.feed-url {
  margin: .6rem 0 1rem;
  padding: .6em .9em;
  border: 1px solid var(--line);
  font: .9rem/1.6 ui-monospace, monospace;
  -webkit-user-select: all;
  user-select: all;
}
figure {
  margin: 1.5rem 0 0;
}
.qr {
  display: block;
  width: 12rem;
  max-width: 100%;
}
summary {
  margin: .5rem 0;
  color: var(--red);
  line-height: 44px;
  cursor: pointer;
}
.preview {
  max-width: 24rem;
  padding: .75rem 1rem;
  border: 1px solid var(--line);
}
.preview img {
  display: block;
  width: 100%;
  height: auto;
  max-height: 14rem;
  object-fit: cover;
}
.preview.square {
  min-height: 5rem;
}
.preview.square img {
  float: right;
  width: 5rem;
  height: 5rem;
  margin-left: .75rem;
}
.preview .title {
  font-weight: 700;
}
.error {
  padding-top: 12vh;
  text-wrap: balance;
  text-align: center;
}
.error .status {
  color: var(--red);
  font: 5rem/1 var(--serif);
}
.error h1 {
  margin: 1rem 0;
}
.error .row {
  justify-content: center;
  margin-top: 1rem;
}
`;

/** The style of the share pages of articles that hold paragraphs and pictures only. */
export const PLAIN_ARTICLE_STYLESHEET = minify(FRAME + TEXT);

/** The style of all other share pages. */
export const RICH_ARTICLE_STYLESHEET = minify(FRAME + TEXT + RICH_TEXT);

/** The style of all other pages. */
export const LIST_STYLESHEET = minify(FRAME + LISTS);

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
