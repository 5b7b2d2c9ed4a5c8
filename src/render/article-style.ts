/** The frame of an article, and what nearly all of a newspaper's hold: paragraphs and pictures. */
export const TEXT_STYLE = `
article > * {
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
/* Browsers hyphenate no Chinese, Japanese or Korean. */
p {
  hyphens: auto;
}
/* Headlines are no words of the page, which are red. */
nav a {
  color: inherit;
}
@media screen and (max-width: 64em) {
  .address {
    display: none;
  }
}
`;

/** Everything else that sanitized HTML brings. */
export const RICH_TEXT_STYLE = `
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
