import { VOID_ELEMENTS } from "../html/html-elements.ts";
import { escapeHtml } from "../html/html-tree.ts";
import { roomForAttributes } from "./markdown-document.ts";
import type { MarkdownDocument } from "./markdown-document.ts";
import { createNode, elementNode, isNamed } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";

/** An `&` that begins no reference to a character. */
const BARE_AMPERSAND = /&(?!(?:[\w:][\w.:-]*|#\d+|#x[\da-fA-F]+);)/g;
/** Elements behind whose end tag a line ends. */
const LINE_ENDS = new Set(
  "p pre hr blockquote div figure ul ol li dl dt dd table thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6".split(
    " ",
  ),
);
/** Elements whose content begins a line. */
const LINE_STARTS = new Set("blockquote ul ol dl table thead tbody tfoot tr".split(" "));

/** A footnote that is named in the text. */
interface Footnote {
  readonly name: string;
  readonly number: number;
  references: number;
}

interface Writing {
  readonly document: MarkdownDocument;
  readonly footnotes: Map<string, Footnote>;
  /** How many characters attributes may still have. */
  room: number;
}

/** The HTML of a document, with its footnotes at the end, or where a list marked `{:footnotes}` stands. */
export function writeHtml(
  root: MarkdownNode,
  document: MarkdownDocument,
  footnotePlace: MarkdownNode | null,
  length: number,
): string {
  const writing: Writing = {
    document,
    footnotes: new Map(),
    room: roomForAttributes(length),
  };
  if (footnotePlace === null) {
    return writeNodes(root.children, writing) + writeFootnotes(writing);
  }
  const place = root.children.indexOf(footnotePlace);
  const before = writeNodes(root.children.slice(0, place), writing);
  const after = writeNodes(root.children.slice(place + 1), writing);
  return before + writeFootnotes(writing) + after;
}

function writeNodes(nodes: readonly MarkdownNode[], writing: Writing): string {
  let html = "";
  let isInHtmlLine = false;
  let isInItem = false;
  for (const node of nodes) {
    if ((isInHtmlLine || isInItem) && LINE_ENDS.has(node.name)) html += "\n";
    html += writeNode(node, writing);
    if (node.kind === "blank") continue;
    isInItem = node.isTransparent;
    isInHtmlLine = node.kind === "html" && /[^\n]$/.test(node.text);
  }
  return html;
}

function writeNode(node: MarkdownNode, writing: Writing): string {
  switch (node.kind) {
    case "text":
      return escapeHtml(node.text);
    case "html":
      return node.text;
    case "footnote":
      return writeReference(node, writing);
    case "element":
      return writeElement(node, writing);
    case "source":
    case "blank":
    case "end":
      return "";
  }
}

function writeElement(node: MarkdownNode, writing: Writing): string {
  const { name, children, isTransparent } = node;
  const content = writeNodes(children, writing);
  if (isTransparent) return content;
  // A list that only holds other items, in a table of contents, may have none.
  if (content === "" && (name === "ul" || name === "ol")) return "";
  const end = LINE_ENDS.has(name) ? "\n" : "";
  const start = `<${name}${writeAttributes(node, writing)}`;
  if (VOID_ELEMENTS.has(name)) return `${start}>${end}`;
  return `${start}>${LINE_STARTS.has(name) ? "\n" : ""}${content}</${name}>${end}`;
}

function writeAttributes({ attributes }: MarkdownNode, writing: Writing): string {
  if (writing.room < 0) return "";
  let html = "";
  for (const [name, value] of Object.entries(attributes)) {
    const escaped = value
      .replaceAll(BARE_AMPERSAND, "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;");
    html += ` ${name}="${escaped}"`;
  }
  writing.room -= html.length;
  return writing.room < 0 ? "" : html;
}

function writeReference({ name }: MarkdownNode, { document, footnotes }: Writing): string {
  const known = footnotes.get(name);
  const number = known?.number ?? document.inline.firstFootnote + footnotes.size;
  const references = known?.references ?? 0;
  footnotes.set(name, { name, number, references: references + 1 });
  const id = references === 0 ? name : `${name}:${references}`;
  const [from, to] = [escapeId(`fnref:${id}`), escapeId(`fn:${name}`)];
  return `<sup id="${from}"><a href="#${to}" class="footnote">${number}</a></sup>`;
}

function escapeId(id: string): string {
  return escapeHtml(id).replaceAll('"', "&quot;");
}

function writeFootnotes(writing: Writing): string {
  const { document, footnotes } = writing;
  let html = "";
  const written = new Set<string>();
  // A footnote may name further ones.
  for (const name of footnotes.keys()) {
    const content = document.footnotes.get(name)?.content;
    if (content === undefined || written.has(name)) continue;
    written.add(name);
    const children = [...content.children];
    const references = footnotes.get(name)?.references ?? 1;
    const words = document.options.backlink;
    const links = Array.from({ length: words === "" ? 0 : references }, (_, index) =>
      backlink(name, words, index),
    );
    html += writeNode(withLinks(name, children, links), writing);
  }
  if (html === "") return "";
  const first = document.inline.firstFootnote;
  const start = first === 1 ? "" : ` start="${first}"`;
  return `<div class="footnotes">\n<ol${start}>\n${html}</ol>\n</div>\n`;
}

function backlink(name: string, words: string, index: number): MarkdownNode {
  const link = elementNode("a", [createNode("text", "", words)]);
  if (index > 0) {
    link.children.push(elementNode("sup", [createNode("text", "", String(index + 1))]));
  }
  link.attributes = {
    href: `#fnref:${index === 0 ? name : `${name}:${index}`}`,
    class: "reversefootnote",
  };
  return link;
}

/** A footnote with links back at the end of its last paragraph, or in one of their own. */
function withLinks(
  name: string,
  children: MarkdownNode[],
  links: readonly MarkdownNode[],
): MarkdownNode {
  const item = elementNode("li", children);
  item.attributes["id"] = `fn:${name}`;
  while (children.at(-1)?.kind === "blank" || children.at(-1)?.kind === "end") children.pop();
  const last = children.at(-1);
  const isText = isNamed(last, "p");
  const paragraph = isText ? { ...last, children: [...last.children] } : elementNode("p");
  for (const [index, link] of links.entries()) {
    if (isText || index > 0) paragraph.children.push(createNode("text", "", "\u00A0"));
    paragraph.children.push(link);
  }
  if (isText) children.pop();
  if (isText || links.length > 0) children.push(paragraph);
  return item;
}
