import { escapeAttribute, escapeHtml } from "../html/html-tree.ts";
import { playerPage } from "../links/player-page.ts";

/** A template that shows a picture or a film: Hugo's shortcode, a tag of Jekyll's plugins, or an included file of that name. */
export interface Shortcode {
  /** `figure`, `youtube`, `embed/youtube.html`. */
  readonly name: string;
  /** What stands behind the name. */
  readonly written: string;
  /** Whether it is Hugo's, in which a path without a slash in front leads from the article and not from the site's root. */
  readonly isHugos: boolean;
  /** Whether nothing else stands on its lines, so that it is a block. */
  readonly isAlone: boolean;
}

/** `key="value"`, `key='value'`, `key=value`, `key:"value"`, or a value without a key. A quotation that nothing ends reaches to the end. */
const ARGUMENT =
  /([\w-]+)(?:\s*=\s*|:\s*(?=["']))(?:"((?:[^"\\]|\\[^]?)*)(?:"|$)|'([^']*)'|`([^`]*)`|([^\s"'`]+))|"((?:[^"\\]|\\[^]?)*)(?:"|$)|'([^']*)'|`([^`]*)`|([^\s"'`]+)/g;
const PICTURE_NAME = /(?:^|[-_/])(?:figure|fig|image|img|picture|photo)(?:[-_.]|$)/i;
const PICTURE_KEYS = ["src", "image_path", "image-path", "url", "path", "image", "img", "file"];
const ADDRESS = /\/|\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$/i;
const FROM_ROOT = /^(?!\.{0,2}\/|[a-z][a-z\d+.-]*:)/i;
/** What does not belong into a text that is read aloud. */
const MARKDOWN = /[*_`[]|\](?:\([^()\s]{0,500}\))?/g;
const FILM_FILE = /\.(?:mp4|webm|mov|m4v|mp3|m4a|ogg|wav)(?:$|[?#])/i;
const SOUND_FILE = /\.(?:mp3|m4a|ogg|wav)(?:$|[?#])/i;
const ID_KEYS = ["id", "video_id", "videoid", "vid", "bvid", "user_id"];

/** The pages of what is shown by the id at a provider. */
const PAGES: readonly {
  readonly provider: RegExp;
  readonly id: RegExp;
  readonly page: (id: string) => string;
}[] = [
  {
    provider: /youtube/i,
    id: /^[\w-]{6,}/,
    page: (id) => `https://www.youtube.com/watch?v=${id}`,
  },
  { provider: /vimeo/i, id: /^\d+/, page: (id) => `https://vimeo.com/${id}` },
  { provider: /bilibili/i, id: /^BV\w+/, page: (id) => `https://www.bilibili.com/video/${id}` },
  {
    provider: /bilibili/i,
    id: /^(?:av)?\d+/i,
    page: (id) => `https://www.bilibili.com/video/av${id.replace(/^av/i, "")}`,
  },
  {
    provider: /(?:^|[-_/])(?:tweet|twitter|x)(?:[-_.]|$)/i,
    id: /^\d+/,
    page: (id) => `https://twitter.com/i/status/${id}`,
  },
  {
    provider: /instagram/i,
    id: /^[\w-]+/,
    page: (id) => `https://www.instagram.com/p/${id}/`,
  },
  {
    provider: /(?:^|[-_/])gist(?:[-_.]|$)/i,
    id: /^[\w-]+(?:\/[\w-]+)?/,
    page: (id) => `https://gist.github.com/${id}`,
  },
];

/**
 * The HTML of a shortcode for a picture, or of a link to a film, a post or a gist. Null for all others, and where the
 * address is not written, but named, as in `image_path=page.image`.
 */
export function renderShortcode(shortcode: Shortcode): string | null {
  const { name } = shortcode;
  const values = readArguments(shortcode.written);
  if (PICTURE_NAME.test(name)) return picture(shortcode, values);
  return film(shortcode, values);
}

/** The caption in `{% figure caption:"…" %}`, for what stands up to its end tag; empty if there is none. */
export function captionOf(written: string): string {
  return caption(readArguments(written));
}

/** A caption as HTML, in which Markdown and HTML are carried out as anywhere in the article; empty without a caption. */
export function figcaption(text: string): string {
  return text === "" ? "" : `<figcaption markdown="span">${text}</figcaption>`;
}

interface Arguments {
  readonly named: ReadonlyMap<string, string>;
  readonly positional: readonly string[];
}

function readArguments(written: string): Arguments {
  const named = new Map<string, string>();
  const positional: string[] = [];
  for (const [, key, ...spellings] of written.matchAll(ARGUMENT)) {
    const value = spellings
      .find((spelling) => spelling !== undefined)
      ?.replaceAll(/\\(["\\])/g, "$1")
      .replaceAll(/\s+/g, " ")
      .trim();
    if (value === undefined) continue;
    if (key === undefined) positional.push(value);
    else if (!named.has(key.toLowerCase())) named.set(key.toLowerCase(), value);
  }
  return { named, positional };
}

function picture({ isHugos, isAlone }: Shortcode, { named, positional }: Arguments): string | null {
  const [first = "", ...others] = positional;
  const address = [...PICTURE_KEYS.map((key) => named.get(key) ?? ""), first].find((value) =>
    ADDRESS.test(value),
  );
  if (address === undefined) return null;
  // Jekyll's plugins and includes take such a path from the root of the site.
  const src = isHugos ? address : address.replace(FROM_ROOT, "/");
  const below = caption({ named, positional });
  // Beside a description there may be a class.
  const description = others.reduce((a, b) => (b.length > a.length ? b : a), "");
  const alt = named.get("alt") ?? description;
  const image = `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt === "" ? below.replaceAll(MARKDOWN, "") : alt)}">`;
  const link = named.get("link") ?? "";
  const linked = ADDRESS.test(link) ? `<a href="${escapeAttribute(link)}">${image}</a>` : image;
  if (below === "" && !isAlone) return linked;
  return `<figure>${linked}${figcaption(below)}</figure>`;
}

function caption({ named }: Arguments): string {
  const texts = ["title", "caption", "description", "attr"].map((key) => named.get(key) ?? "");
  return texts.filter((value) => value !== "").join(" ");
}

function film({ name, isAlone, isHugos }: Shortcode, values: Arguments): string | null {
  const { named, positional } = values;
  const written = named.get("src") ?? named.get("url") ?? positional[0] ?? "";
  const isFilm = /video|audio|youtube|vimeo|bilibili|player/i.test(name);
  if (isFilm && FILM_FILE.test(written)) {
    const element = /audio/i.test(name) || SOUND_FILE.test(written) ? "audio" : "video";
    const src = isHugos ? written : written.replace(FROM_ROOT, "/");
    return `<${element} src="${escapeAttribute(src)}"></${element}>`;
  }
  const page = isFilm && /^https?:\/\//i.test(written) ? playerPage(written) : pageOf(name, values);
  if (page === null) return null;
  const title = caption(values);
  const link = `<a href="${escapeAttribute(page)}">${escapeHtml(title === "" ? page : title)}</a>`;
  return isAlone ? `<p>${link}</p>` : link;
}

/** The page of what a shortcode shows by its id; null if it is none of the known providers'. */
function pageOf(name: string, { named, positional }: Arguments): string | null {
  const [first = "", second = ""] = positional;
  const words = [name, named.get("provider") ?? named.get("type") ?? ""];
  const byKey = ID_KEYS.map((key) => named.get(key) ?? "").find((id) => id !== "");
  // `{{< gist user id >}}`
  const byPlace = second !== "" && /gist/i.test(name) ? `${first}/${second}` : first;
  for (const { provider, id, page } of PAGES) {
    const isKnown = words.some((word) => provider.test(word));
    const found = isKnown ? id.exec(byKey ?? byPlace)?.[0] : undefined;
    if (found !== undefined) return page(found);
  }
  return null;
}
