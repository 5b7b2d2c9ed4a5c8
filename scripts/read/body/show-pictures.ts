import type { ArticleImage } from "../../../src/domain/article.ts";
import { pictureFormPath } from "../../../src/domain/picture-path.ts";
import type { LocalFile } from "../files/local-file.ts";
import type { HtmlElement, HtmlNode } from "./html/html-tree.ts";
import {
  createElement,
  escapeAttribute,
  isTextParagraph,
  serializeHtml,
  textOf,
} from "./html/html-tree.ts";
import type { MediaSettings } from "./links/media-settings.ts";
import { referrerPolicy } from "./links/media-settings.ts";
import { countCharacters, withoutBlanks } from "./html/visible-text.ts";

/** The site's own pictures, by which an article shows them. */
export interface OwnPictures {
  /** An origin without a slash at the end. */
  readonly siteUrl: string;
  readonly localFiles: readonly LocalFile[];
}

/** So many characters of text stand above a picture that readers see as soon as the page opens, on a phone. */
export const CHARACTERS_ABOVE = 300;
/** The width of the text, 38 em of 17 pixels, which no picture exceeds. */
const TEXT_PIXELS = 646;
/**
 * The same in what `sizes` is measured in: the reader's own text size. Below that, 20 pixels are free on each side. Phones with
 * two and a half pixels and more for each of the page's would take the 1,600-pixel form for a tenth more sharpness than the
 * 960-pixel form has: so many pixels as they are told lead to that up to four for each. All engines know the prefixed name.
 */
const TEXT_SIZES =
  "(min-width: 43em) 40.4em, (-webkit-min-device-pixel-ratio: 2.5) 240px, calc(100vw - 40px)";
/** A picture that is wider has details to look at in its large form. */
const LINKED_PIXELS = 480;
/** Elements that a link cannot stand in, or that do something when they are tapped. */
const NO_LINK_IN = new Set(["a", "summary"]);

/**
 * The tree with the site's own pictures in all their sizes, and as links to the largest; the first picture of all loads at
 * once if it is near the top.
 */
export function showPictures(
  tree: readonly HtmlNode[],
  { siteUrl, localFiles }: OwnPictures,
): readonly HtmlNode[] {
  const files = new Map(localFiles.map((file) => [siteUrl + file.publicPath, file]));
  let charactersAbove = 0;
  let isFirst = true;
  const count = (text: string): void => {
    if (!isFirst || charactersAbove >= CHARACTERS_ABOVE) return;
    charactersAbove += countCharacters(withoutBlanks(text));
  };
  const show = (node: HtmlNode, canLink: boolean, isInPicture: boolean): HtmlNode => {
    if (typeof node === "string") {
      count(node);
      return node;
    }
    if (isTextParagraph(node)) {
      count(textOf(node.children));
      return node;
    }
    if (node.name !== "img") {
      const isPicture = node.name === "picture";
      const isLinkable = canLink && !isPicture && !NO_LINK_IN.has(node.name);
      const children = node.children.map((child) => show(child, isLinkable, isPicture));
      const shown = { ...node, children };
      const own = isPicture ? files.get(addressIn(children)) : undefined;
      return own !== undefined && canLink ? linked(shown, own, siteUrl) : shown;
    }
    const image = isFirst && charactersAbove < CHARACTERS_ABOVE ? atOnce(node) : node;
    isFirst = false;
    const own = files.get(node.attributes["src"] ?? "");
    if (own === undefined) return image;
    // What an author names for other sizes would be made just as large.
    const { srcset: _srcset, sizes: _sizes, ...attributes } = image.attributes;
    const bare = { ...image, attributes };
    if (isInPicture) return bare;
    const sized = withSizes(bare, own, siteUrl);
    return canLink ? linked(sized, own, siteUrl) : sized;
  };
  return tree.map((node) => show(node, true, false));
}

/** The HTML of a body with a picture above it, which then is the first one; the same if the body shows the picture. */
export function showPictureAbove(
  html: string,
  { url, alt, width, height }: ArticleImage,
  own: OwnPictures,
  media: MediaSettings,
): string {
  if (html.includes(` src="${escapeAttribute(url)}"`)) return html;
  const image = createElement("img", {
    src: url,
    alt,
    width: width === null ? null : String(width),
    height: height === null ? null : String(height),
    loading: "lazy",
    decoding: "async",
    referrerpolicy: referrerPolicy(url, media),
  });
  const above = serializeHtml(showPictures([createElement("p", {}, [image])], own));
  return `${above}\n${html.replace(AT_ONCE, LATER)}`;
}

const AT_ONCE = /(<img [^>]*)fetchpriority="high"/;
const LATER = '$1loading="lazy"';

/** The image, loading at once. */
export function atOnce(image: HtmlElement): HtmlElement {
  const attributes = Object.entries(image.attributes).map(([name, value]): [string, string] =>
    name === "loading" ? ["fetchpriority", "high"] : [name, value],
  );
  return createElement(image.name, Object.fromEntries(attributes));
}

/** The picture that shows an image in a size that fits, where programs know WebP. */
function withSizes(
  image: HtmlElement,
  { publicPath, picture }: LocalFile,
  siteUrl: string,
): HtmlElement {
  const widths = picture?.widths ?? [];
  if (widths.length === 0) return image;
  const shown = Math.min(Number(image.attributes["width"] ?? TEXT_PIXELS), widths.at(-1) ?? 0);
  const srcset = widths.map((width) => `${siteUrl}${pictureFormPath(publicPath, width)} ${width}w`);
  const source = createElement("source", {
    type: "image/webp",
    srcset: srcset.join(", "),
    sizes: shown < TEXT_PIXELS ? `${shown}px` : TEXT_SIZES,
  });
  return createElement("picture", {}, [source, image]);
}

function linked(
  shown: HtmlElement,
  { publicPath, width }: LocalFile,
  siteUrl: string,
): HtmlElement {
  if ((width ?? 0) < LINKED_PIXELS) return shown;
  return createElement("a", { href: siteUrl + publicPath }, [shown]);
}

function addressIn(nodes: readonly HtmlNode[]): string {
  const image = nodes.find((node) => typeof node !== "string" && node.name === "img");
  return typeof image === "object" ? (image.attributes["src"] ?? "") : "";
}
