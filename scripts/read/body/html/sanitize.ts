import sanitizeHtml from "sanitize-html";
import type { IOptions } from "sanitize-html";
import { isDataImage } from "../links/addresses.ts";
import { BODY_ELEMENTS, VOID_ELEMENTS } from "./html-elements.ts";
import type { HtmlNode } from "./html-tree.ts";
import { serializeHtml } from "./html-tree.ts";

const TEXT = ["class", "dir", "lang", "id"];

/** Everything that an article's HTML may hold when it leaves this program, including all that cleaning adds. */
const OPTIONS: IOptions = {
  allowedTags: [...BODY_ELEMENTS],
  allowedAttributes: {
    "*": TEXT,
    a: ["href", "rel", "title"],
    img: "src srcset sizes alt title width height loading decoding fetchpriority referrerpolicy".split(
      " ",
    ),
    source: ["src", "srcset", "sizes", "media", "type"],
    video: ["src", "poster", "controls", "preload"],
    audio: ["src", "controls", "preload"],
    table: ["tabindex"],
    pre: ["tabindex"],
    th: ["scope", "colspan", "rowspan"],
    td: ["colspan", "rowspan"],
    ol: ["start", "type", "reversed"],
    li: ["value"],
    abbr: ["title"],
    dfn: ["title"],
    blockquote: ["cite"],
    q: ["cite"],
    del: ["cite"],
    ins: ["cite"],
    details: ["open"],
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesByTag: { img: ["http", "https", "data"] },
  allowedSchemesAppliedToAttributes: ["href", "src", "cite", "poster"],
  allowProtocolRelative: false,
  exclusiveFilter: ({ tag, attribs: { src = "" } }) =>
    tag === "img" && /^\s*data:/i.test(src) && !isDataImage(src),
  selfClosing: [...BODY_ELEMENTS.intersection(VOID_ELEMENTS)],
  parseStyleAttributes: false,
};

/** Elements that can do no harm if they have no attributes. */
const HARMLESS = new Set(["b", "br", "em", "i", "strong"]);
const HARMLESS_CLASSES = new Set([undefined, "source", "align-center", "align-right"]);

/**
 * Serializes an article's tree with only the listed elements, attributes and schemes. The sanitizer is skipped for plain
 * paragraphs, which most newspapers write: they hold nothing to remove, and `serializeHtml` escapes their text.
 */
export function sanitize(tree: readonly HtmlNode[]): string {
  const html = serializeHtml(tree);
  return tree.every(isParagraph) ? html : sanitizeHtml(html, OPTIONS);
}

function isParagraph(node: HtmlNode): boolean {
  if (typeof node === "string") return true;
  const { class: classes, ...others } = node.attributes;
  return (
    node.name === "p" &&
    HARMLESS_CLASSES.has(classes) &&
    Object.keys(others).length === 0 &&
    node.children.every(isHarmless)
  );
}

function isHarmless(node: HtmlNode): boolean {
  return (
    typeof node === "string" ||
    (HARMLESS.has(node.name) &&
      Object.keys(node.attributes).length === 0 &&
      node.children.every((child) => typeof child === "string"))
  );
}
