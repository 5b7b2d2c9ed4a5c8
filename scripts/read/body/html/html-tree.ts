import { Parser } from "htmlparser2";
import { VOID_ELEMENTS } from "./html-elements.ts";

/** An element; text nodes are plain strings. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly HtmlNode[];
}

export type HtmlNode = HtmlElement | string;

/** Deeper elements become siblings, so that recursion stays shallow; no article needs more. */
export const MAXIMUM_DEPTH = 100;
/** The parser looks for each end tag's element among all that are open: as in Chromium, these do not grow with the text. */
const MOST_OPEN = 512;

/** Parses HTML leniently. Comments, doctypes and processing instructions are left out. */
export function parseHtml(html: string): readonly HtmlNode[] {
  /** Where the name of an element stands. */
  interface Place {
    readonly start: number;
    readonly end: number;
  }
  type Open = HtmlElement & { readonly children: HtmlNode[]; readonly place: Place };
  const root: HtmlNode[] = [];
  const stack: Open[] = [];
  const siblings = (): HtmlNode[] =>
    stack[Math.min(stack.length, MAXIMUM_DEPTH) - 1]?.children ?? root;
  let place: Place = { start: 0, end: 0 };
  class ShallowParser extends Parser {
    override onopentagname(start: number, end: number): void {
      const innermost = stack.at(-1)?.place;
      if (stack.length >= MOST_OPEN && innermost !== undefined) {
        super.onclosetag(innermost.start, innermost.end);
      }
      place = { start, end };
      super.onopentagname(start, end);
    }
  }
  const parser = new ShallowParser(
    {
      onopentag(name, attributes) {
        const element = { name, attributes, children: [] };
        siblings().push(element);
        stack.push({ ...element, place });
      },
      ontext(text) {
        const nodes = siblings();
        const last = nodes.at(-1);
        if (typeof last === "string") nodes[nodes.length - 1] = last + text;
        else nodes.push(text);
      },
      onclosetag() {
        stack.pop();
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return root;
}

/** The attributes of most elements. */
export const NO_ATTRIBUTES: HtmlElement["attributes"] = Object.freeze({});

/** A paragraph of nothing but text, as nearly all are: no step that makes a body of a tree changes one. */
export function isTextParagraph({ name, attributes, children }: HtmlElement): boolean {
  if (name !== "p" || attributes !== NO_ATTRIBUTES || children.length !== 1) return false;
  const [text] = children;
  return typeof text === "string" && text.trim() !== "";
}

/** Creates an element, leaving out attributes that are null. */
export function createElement(
  name: string,
  attributes: Readonly<Record<string, string | null>> = {},
  children: readonly HtmlNode[] = [],
): HtmlElement {
  const present: Record<string, string> = {};
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== null && value !== undefined) present[key] = value;
  }
  return { name, attributes: present, children };
}

/** Adds nodes to a list one by one, since a hundred thousand arguments of one call would overflow the stack. */
export function addTo<Node extends HtmlNode>(list: Node[], nodes: readonly Node[]): void {
  for (const node of nodes) list.push(node);
}

/** Whether a node is an element with one of these names. */
export function isElement(node: HtmlNode, ...names: readonly string[]): node is HtmlElement {
  return typeof node !== "string" && names.includes(node.name);
}

/** Whether a node is text that consists of blanks. */
export function isBlank(node: HtmlNode): boolean {
  return typeof node === "string" && node.trim() === "";
}

/** The HTML of a tree; every text and attribute is escaped. */
export function serializeHtml(nodes: readonly HtmlNode[]): string {
  let html = "";
  for (const node of nodes) {
    if (typeof node === "string") {
      html += escapeHtml(node);
      continue;
    }
    html += `<${node.name}`;
    for (const [name, value] of Object.entries(node.attributes)) {
      html += ` ${name}="${escapeAttribute(value)}"`;
    }
    html += VOID_ELEMENTS.has(node.name)
      ? " />"
      : `>${serializeHtml(node.children)}</${node.name}>`;
  }
  return html;
}

/** The text of a tree with its blanks unchanged. */
export function textOf(nodes: readonly HtmlNode[]): string {
  let text = "";
  for (const node of nodes) text += typeof node === "string" ? node : textOf(node.children);
  return text;
}

/** Calls `visit` for every element of a tree, at any depth, in document order. */
export function visitElements(
  nodes: readonly HtmlNode[],
  visit: (element: HtmlElement) => void,
): void {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    visit(node);
    visitElements(node.children, visit);
  }
}

/** Whether any element of a tree, at any depth, meets `condition`. */
export function someElement(
  nodes: readonly HtmlNode[],
  condition: (element: HtmlElement) => boolean,
): boolean {
  return nodes.some(
    (node) =>
      typeof node !== "string" && (condition(node) || someElement(node.children, condition)),
  );
}

/** Escapes text for a place between tags. */
export function escapeHtml(text: string): string {
  return /[&<>]/.test(text)
    ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    : text;
}

/** Escapes text for an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return escapeHtml(text).replaceAll('"', "&quot;");
}
