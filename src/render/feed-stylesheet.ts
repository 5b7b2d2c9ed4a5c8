import type { Palette, Theme } from "../domain/site.ts";
import { palettesOf } from "./palette.ts";

/**
 * The stylesheet that makes a feed readable where a browser shows the document itself, because it was saved to a disk
 * or requested with `?raw=1`. CSS can show only text: no links, and no HTML inside text.
 */
const FEED_STYLE = `rss, feed {
  display: block;
  max-width: 40em;
  margin: 2em auto;
  padding: 0 1em;
  font: 1rem/1.7 system-ui, sans-serif;
}
channel > *, feed > *, item > *, entry > * {
  display: none;
}
channel > title, channel > description, feed > title, feed > subtitle, item, entry, item > title, entry > title,
item > description, entry > summary, item > pubDate, entry > published {
  display: block;
}
channel > title, feed > title {
  font-size: 1.6rem;
  font-weight: 700;
}
item, entry {
  margin-top: 1.5em;
  padding-top: 1.5em;
  border-top: 1px solid;
}
item > title, entry > title {
  font-weight: 700;
}
item > pubDate, entry > published {
  font-size: .85rem;
}
`;

/** The same in the look that a site gives its pages. */
export function feedStylesheet(theme: Theme | undefined): string {
  if (theme === undefined) return FEED_STYLE;
  const { light, dark } = palettesOf(theme);
  const { textFace, headlineFace } = theme;
  return [
    FEED_STYLE,
    colored(light),
    `@media (prefers-color-scheme: dark) {\n${colored(dark)}}\n`,
    ...(textFace === undefined ? [] : [`rss, feed {\n  font-family: ${textFace};\n}\n`]),
    ...(headlineFace === undefined ? [] : [`title {\n  font-family: ${headlineFace};\n}\n`]),
  ].join("");
}

function colored({ paper, ink, accent }: Palette): string {
  return `:root {
  background: ${paper};
  color: ${ink};
}
channel > title, feed > title {
  color: ${accent};
}
`;
}
