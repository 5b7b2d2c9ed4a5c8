import type { HtmlNode } from "../../../../../scripts/read/body/html/html-tree.ts";
import { parseHtml } from "../../../../../scripts/read/body/html/html-tree.ts";

/** What of a page is compared: the text that is seen, and the elements with the addresses of links. */
export interface Page {
  readonly text: string;
  readonly structure: readonly string[];
}

const UNSEEN = new Set(["script", "style", "head", "title"]);
/** Elements that say nothing about the structure of a text, or that every site writes in its own way. */
const SHAPELESS = new Set(
  "div span colgroup col thead tbody tfoot figure figcaption html body section nav".split(" "),
);
const SAME: Readonly<Record<string, string>> = { b: "strong", i: "em" };
const BLANKS = /(?:[\s\u00A0\u200B\u21A9]|\uFE0E)+/g;

/** Reads HTML as `kramdown/compare.py` of the lab does, but with addresses of links made absolute. */
export function readPage(html: string, baseUrl: string): Page {
  let text = "";
  const structure: string[] = [];
  const read = (nodes: readonly HtmlNode[]): void => {
    for (const node of nodes) {
      if (typeof node === "string") {
        text += node;
        continue;
      }
      const { name, attributes, children } = node;
      if (UNSEEN.has(name)) continue;
      if (name === "img") text += "[img]";
      const hasShape = !SHAPELESS.has(name);
      if (hasShape) structure.push(shapeOf(name, attributes["href"] ?? "", baseUrl));
      read(children);
      if (hasShape) structure.push("/");
    }
  };
  read(parseHtml(html));
  return { text: text.replaceAll(BLANKS, ""), structure };
}

function shapeOf(name: string, href: string, baseUrl: string): string {
  if (/^h[1-6]$/.test(name)) return "h";
  const shape = SAME[name] ?? name;
  if (name !== "a" || href === "" || href.startsWith("#")) return shape;
  return `a ${new URL(href.replaceAll("\n", " "), baseUrl).href}`;
}

/** Cases whose text differs, with the reason. */
export const OTHER_TEXT: Readonly<Record<string, string>> = {
  "block/15_math/gh_128": "a formula keeps its own marks, where MathJax's would stand",
  "span/01_link/imagelinks": "a picture without an address is shown as its words",
};

/** Cases with the same text and another structure, with the reason. */
export const OTHER_STRUCTURE: Readonly<Record<string, string>> = {
  "block/09_html/html_to_native/code": "the option html_to_native: emphasis in code stays",
  "block/09_html/markdown_attr": "a paragraph cannot stand in a paragraph",
  "block/09_html/parse_as_span": "an end tag in code inside an element ends the element",
  "block/09_html/parse_block_html": "an end tag in code inside an element ends the element",
  "block/09_html/simple": "an empty frame shows nothing",
  "block/09_html/textarea": "a field to fill in becomes preformatted text",
  "span/01_link/empty": "a link without words shows nothing",
  "span/01_link/inline": "a link without an address is text",
  "span/05_html/normal": "an anchor that nothing leads to is left out",
  "span/05_html/xml": "elements that are no HTML are unwrapped",
  "span/abbreviations/abbrev_in_html": "a drawing cannot stand in a feed",
};
