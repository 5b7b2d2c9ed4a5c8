import { decodeHTML, decodeHTMLAttribute } from "entities/decode";
import { MAXIMUM_DEPTH, NO_ATTRIBUTES } from "./html-tree.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { VOID_ELEMENTS } from "./html-elements.ts";

/** Elements that begin and end with their tags, whose content is HTML. */
const REGULAR = words(`
  p a img span strong b em i u s br hr div center font h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr td th
  blockquote figure figcaption pre code section article small big sup sub del ins mark cite q abbr kbd samp picture source video
  audio noscript strike tt ruby rt rp wbr details summary`);
/** By name, the elements that end where such a one begins in them, as `htmlparser2` has it. */
const ENDED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  (
    [
      ["p hr div ul ol dl table blockquote figure figcaption pre section article details", "p"],
      ["h1 h2 h3 h4 h5 h6", "h1 h2 h3 h4 h5 h6 p"],
      ["a", "a"],
      ["li", "li"],
      ["dt dd", "dt dd"],
      ["rt rp", "rt rp"],
      ["tr", "tr th td"],
      ["th", "th"],
      ["td", "thead th td"],
      ["tbody tfoot", "thead tbody"],
    ] as const
  ).flatMap(([names, ended]) => [...words(names)].map((name) => [name, words(ended)] as const)),
);

const BLANK = String.raw`[ \t\n\f\r]`;
const START = /<([a-z][a-z0-9]*)/iy;
const END_TAG = new RegExp(String.raw`</([a-z][a-z0-9]*)${BLANK}*>`, "iy");
const ATTRIBUTE = new RegExp(
  String.raw`${BLANK}+([a-z_][\w:.-]*)(?:${BLANK}*=${BLANK}*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>\x60]+)(?=[ \t\n\f\r>])))?`,
  "iy",
);
const START_END = new RegExp(String.raw`${BLANK}*/?>`, "y");
const COMMENT = "<!--";
/** Comments that browsers end where they begin. */
const EMPTY_COMMENT = /<!--?-?>/y;
/** The beginning of a reference to a character, which the text behind a comment would end. */
const OPEN_REFERENCE = /&[#\w]*$/;

/** A paragraph of nothing but text needs no expressions. */
const PARAGRAPH = "<p>";
const PARAGRAPH_END = "</p>";

type Open = HtmlElement & { readonly children: HtmlNode[] };

/**
 * Parses HTML as newspapers' systems and Markdown write it, many times as fast as a parser that knows all of HTML: the tree is the
 * same as that of `parseHtml(escapeStrayTags(html))`. Null where a tag, a comment or an element is of another kind.
 */
export function parseRegularHtml(html: string): readonly HtmlNode[] | null {
  const root: HtmlNode[] = [];
  const stack: Open[] = [];
  let siblings = root;
  let position = 0;
  const open = (name: string, attributes: HtmlElement["attributes"]): void => {
    const element: Open = { name, attributes, children: [] };
    siblings.push(element);
    if (VOID_ELEMENTS.has(name)) return;
    stack.push(element);
    siblings = element.children;
  };
  const closeTo = (length: number): void => {
    stack.length = length;
    siblings = stack.at(-1)?.children ?? root;
  };
  for (let start = html.indexOf("<"); start !== -1; start = html.indexOf("<", position)) {
    if (start > position) addText(siblings, html.slice(position, start));
    if (html.startsWith(COMMENT, start)) {
      const end = html.indexOf("-->", start + COMMENT.length);
      EMPTY_COMMENT.lastIndex = start;
      const isOpen = OPEN_REFERENCE.test(html.slice(Math.max(position, start - 40), start));
      if (end === -1 || isOpen || EMPTY_COMMENT.test(html)) return null;
      position = end + 3;
      continue;
    }
    const textEnd =
      html.startsWith(PARAGRAPH, start) && stack.length === 0 ? html.indexOf("<", start + 1) : -1;
    if (textEnd > start + PARAGRAPH.length && html.startsWith(PARAGRAPH_END, textEnd)) {
      const children: HtmlNode[] = [];
      addText(children, html.slice(start + PARAGRAPH.length, textEnd));
      siblings.push({ name: "p", attributes: NO_ATTRIBUTES, children });
      position = textEnd + PARAGRAPH_END.length;
      continue;
    }
    if (html.charAt(start + 1) === "/") {
      const innermost = stack.at(-1)?.name;
      // Nearly each end tag is that of the innermost element, as short as it can be.
      if (innermost !== undefined && html.startsWith(`</${innermost}>`, start)) {
        position = start + innermost.length + "</>".length;
        closeTo(stack.length - 1);
        continue;
      }
      END_TAG.lastIndex = start;
      const ended = END_TAG.exec(html)?.[1]?.toLowerCase() ?? "";
      if (!REGULAR.has(ended)) return null;
      position = END_TAG.lastIndex;
      const index = stack.findLastIndex(({ name }) => name === ended);
      if (index !== -1) closeTo(index);
      // HTML 13.2.6.4.7 makes elements of these.
      else if (ended === "p" || ended === "br") {
        siblings.push({ name: ended, attributes: {}, children: [] });
      }
      continue;
    }
    START.lastIndex = start;
    const name = START.exec(html)?.[1]?.toLowerCase() ?? "";
    if (!REGULAR.has(name)) return null;
    const attributes = readAttributes(html, START.lastIndex);
    START_END.lastIndex = ATTRIBUTE.lastIndex;
    if (!START_END.test(html)) return null;
    position = START_END.lastIndex;
    const ends = ENDED.get(name);
    while (ends?.has(stack.at(-1)?.name ?? "") === true) closeTo(stack.length - 1);
    if (stack.length >= MAXIMUM_DEPTH) return null;
    open(name, attributes);
  }
  if (position < html.length) addText(siblings, html.slice(position));
  return root;
}

/** Reads attributes from an index on; `ATTRIBUTE.lastIndex` is behind them then. */
function readAttributes(html: string, from: number): HtmlElement["attributes"] {
  ATTRIBUTE.lastIndex = from;
  if (html.charAt(from) === ">") return NO_ATTRIBUTES;
  const attributes: Record<string, string> = {};
  let end = from;
  for (let found = ATTRIBUTE.exec(html); found !== null; found = ATTRIBUTE.exec(html)) {
    end = ATTRIBUTE.lastIndex;
    const [, written = "", double, single, bare] = found;
    const key = written.toLowerCase();
    const value = double ?? single ?? bare ?? "";
    // Of two, the first counts.
    if (!Object.hasOwn(attributes, key)) {
      attributes[key] = value.includes("&") ? decodeHTMLAttribute(value) : value;
    }
  }
  ATTRIBUTE.lastIndex = end;
  return attributes;
}

function addText(nodes: HtmlNode[], written: string): void {
  const text = written.includes("&") ? decodeHTML(written) : written;
  const last = nodes.at(-1);
  if (typeof last === "string") nodes[nodes.length - 1] = last + text;
  else nodes.push(text);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
