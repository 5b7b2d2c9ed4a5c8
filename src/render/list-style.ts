/** Front page, lists and errors. */
export const LIST_STYLE = `
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
  color: var(--accent);
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
  /* At the largest text, a word of seven letters still fits on a line. */
  font-size: min(clamp(2.2rem, 1.4rem + 5vw, 3.6rem), 14vw);
  letter-spacing: .06em;
}
.masthead p {
  color: var(--quiet);
  font-size: .95rem;
}
.masthead .row {
  justify-content: center;
}
/* It stands in a row itself. */
.masthead nav {
  margin: 0;
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
  hyphens: auto;
}
.articles li {
  padding: .6rem 0 .9rem;
  border-top: 1px solid var(--line);
}
.articles h3 {
  font-family: var(--headline);
  font-size: 1.12rem;
}
.articles h3 a {
  display: block;
  padding: .55rem 0;
  color: inherit;
  text-decoration: none;
}
a:hover {
  color: var(--accent);
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
/* In a row, a picture stands where lines end, and below the text where letters are so large that few would stand beside it. */
.pictured {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
}
.pictured > div {
  flex: 1;
  min-width: 8em;
}
.pictured img {
  display: block;
  width: 104px;
  height: 78px;
  margin-top: .6rem;
  -webkit-margin-start: 1rem;
  margin-inline-start: 1rem;
  object-fit: cover;
  background: #fff;
}
@media (max-width: 39.99em) {
  .pictured p:not(.meta) {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    padding: 0;
  }
  .newest .pictured:first-child p:not(.meta) {
    display: block;
    padding-bottom: .35rem;
  }
  .newest .pictured:first-child {
    flex-direction: column-reverse;
  }
  .newest .pictured:first-child img {
    width: 100%;
    height: 12rem;
    margin: .5rem 0;
  }
}
@media (min-width: 40em) {
  .newest .pictured:first-child img {
    width: 12rem;
    height: 9rem;
  }
  .blocks {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
  }
  .blocks section {
    width: 47%;
  }
  .blocks section:last-child:nth-child(odd) {
    width: 100%;
  }
}
h2 a {
  display: block;
  line-height: 44px;
  text-decoration: none;
}
.chips {
  margin: -.25em;
}
.chips > * {
  margin: .25em;
  padding: 0;
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
}
.archive .row {
  margin: 0 -.3em;
}
.archive li {
  padding: 0 .3em;
}
.archive .row a {
  min-width: 44px;
  color: var(--ink);
}
.archive .row [aria-current] {
  color: var(--accent);
}
.archive small {
  -webkit-margin-start: .4em;
  margin-inline-start: .4em;
  font-weight: 400;
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
  min-width: 44px;
  min-height: 44px;
  line-height: 44px;
  text-decoration: none;
}
.index li > a {
  display: block;
  color: var(--ink);
  font-family: var(--headline);
  font-size: 1.12rem;
}
.initials {
  margin-top: .75rem;
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
  color: var(--accent);
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
  padding-top: 2.5rem;
  text-wrap: balance;
  text-align: center;
}
.error .status {
  color: var(--accent);
  font: 3.5rem/1 var(--headline);
}
.error h1 {
  margin: 1rem 0;
}
.error .row {
  justify-content: center;
  margin-top: 1rem;
}
`;
