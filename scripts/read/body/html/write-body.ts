import { isDataImage } from "../links/addresses.ts";
import { BODY_ELEMENTS, INVISIBLE_ELEMENTS, VOID_ELEMENTS } from "./html-elements.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { NO_ATTRIBUTES, escapeAttribute, escapeHtml } from "./html-tree.ts";

/** A body as it leaves this program, and what can be said of it. */
export interface WrittenBody {
  /** Only the elements, attributes and schemes of the lists in this file; all else is escaped. */
  readonly html: string;
  /** The visible text, without its tags. */
  readonly text: string;
  /** Whether it holds only paragraphs, pictures, links and simple emphasis. */
  readonly isPlain: boolean;
}

/**
 * What an attribute may hold: any text; nothing, where its name says all; an address to follow, or to load; or addresses of
 * one picture in several sizes.
 */
type AttributeKind = "text" | "flag" | "link" | "file" | "picture" | "pictures";
type AttributeKinds = ReadonlyMap<string, AttributeKind>;

/** The attributes of all elements. */
const COMMON = kinds({ text: "class dir lang id" });

/** The further attributes of elements, by name: everything that cleaning adds. */
const ATTRIBUTES: ReadonlyMap<string, AttributeKinds> = new Map([
  ["a", kinds({ text: "rel title", link: "href" })],
  [
    "img",
    kinds({
      text: "sizes alt title width height loading decoding fetchpriority referrerpolicy",
      picture: "src",
      pictures: "srcset",
    }),
  ],
  ["source", kinds({ text: "sizes media type", file: "src", pictures: "srcset" })],
  ["video", kinds({ text: "preload", flag: "controls", file: "src poster" })],
  ["audio", kinds({ text: "preload", flag: "controls", file: "src" })],
  ["table", kinds({ text: "tabindex" })],
  ["pre", kinds({ text: "tabindex" })],
  ["th", kinds({ text: "scope colspan rowspan" })],
  ["td", kinds({ text: "colspan rowspan" })],
  ["ol", kinds({ text: "start type", flag: "reversed" })],
  ["li", kinds({ text: "value" })],
  ["abbr", kinds({ text: "title" })],
  ["dfn", kinds({ text: "title" })],
  ["blockquote", kinds({ link: "cite" })],
  ["q", kinds({ link: "cite" })],
  ["del", kinds({ link: "cite" })],
  ["ins", kinds({ link: "cite" })],
  ["details", kinds({ flag: "open" })],
]);

/** The only attribute that says something where it is empty. */
const MEANT_EMPTY = "alt";
const LINK = /^(?:https?:|mailto:|tel:|#)/i;
const FILE = /^https?:/i;
const FILES = /^https?:[^\s,]+(?: [\d.e+]+[wx])?(?:, https?:[^\s,]+(?: [\d.e+]+[wx])?)*$/i;

/** Elements of a body that all programs show alike. */
const PLAIN_ELEMENTS = new Set(
  "p br img picture source a strong em b i span div figure figcaption".split(" "),
);

/**
 * Writes an article's tree. It cannot write an element, an attribute or a scheme that is not listed here, whatever the tree
 * holds: of other elements only their content is written, and nothing of those that browsers do not show.
 */
export function writeBody(tree: readonly HtmlNode[]): WrittenBody {
  const writer = new BodyWriter();
  writer.write(tree);
  return writer;
}

/** What `writeBody` writes with. A body may also be written tag by tag, under the same lists. */
export class BodyWriter implements WrittenBody {
  html = "";
  text = "";
  isPlain = true;
  /** How many start tags were written. */
  tags = 0;

  /** Writes nodes; `isSeen` is false for what browsers do not show, whose text does not count. */
  write(nodes: readonly HtmlNode[], isSeen = true): void {
    for (const node of nodes) {
      if (typeof node !== "string") this.#writeElement(node, isSeen);
      else if (isSeen) this.addText(node);
      else this.html += escapeHtml(node);
    }
  }

  /** Writes text that readers see. */
  addText(text: string): void {
    this.html += escapeHtml(text);
    this.text += text;
  }

  /** Writes a start tag, of which `close` writes the end; nothing for an element that is not listed. */
  open(name: string, attributes: HtmlElement["attributes"]): void {
    if (!BODY_ELEMENTS.has(name)) return;
    this.tags += 1;
    if (!PLAIN_ELEMENTS.has(name)) this.isPlain = false;
    if (attributes === NO_ATTRIBUTES) {
      this.html += `<${name}`;
    } else {
      const own = ATTRIBUTES.get(name);
      let tag = `<${name}`;
      for (const key in attributes) {
        const kind = COMMON.get(key) ?? own?.get(key);
        if (kind !== undefined) tag += writeAttribute(key, attributes[key] ?? "", kind);
      }
      this.html += tag;
    }
    this.html += VOID_ELEMENTS.has(name) ? " />" : ">";
  }

  close(name: string): void {
    if (BODY_ELEMENTS.has(name) && !VOID_ELEMENTS.has(name)) this.html += `</${name}>`;
  }

  #writeElement({ name, attributes, children }: HtmlElement, isSeen: boolean): void {
    const isShown = isSeen && !INVISIBLE_ELEMENTS.has(name);
    if (!BODY_ELEMENTS.has(name)) {
      if (isShown) this.write(children);
      return;
    }
    const { src } = attributes;
    if (name === "img" && src !== undefined && /^\s*data:/i.test(src) && !isDataImage(src)) return;
    this.open(name, attributes);
    if (VOID_ELEMENTS.has(name)) return;
    this.write(children, isShown);
    this.close(name);
  }
}

function writeAttribute(name: string, value: string, kind: AttributeKind): string {
  if (kind === "flag") return ` ${name}`;
  if ((value === "" && name !== MEANT_EMPTY) || !isAllowed(value, kind)) return "";
  return ` ${name}="${escapeAttribute(value)}"`;
}

function isAllowed(value: string, kind: AttributeKind): boolean {
  switch (kind) {
    case "link":
      return LINK.test(value);
    case "file":
      return FILE.test(value);
    case "picture":
      return FILE.test(value) || isDataImage(value);
    case "pictures":
      return FILES.test(value);
    case "text":
    case "flag":
      return true;
  }
}

function kinds(names: Readonly<Partial<Record<AttributeKind, string>>>): AttributeKinds {
  const byName = new Map<string, AttributeKind>();
  for (const kind of ["text", "flag", "link", "file", "picture", "pictures"] as const) {
    for (const name of names[kind]?.split(" ") ?? []) byName.set(name, kind);
  }
  return byName;
}
