import { BODY_BLOCKS } from "./html-elements.ts";
import { headingLevel } from "./heading-levels.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { isElement, someElement } from "./html-tree.ts";

/** A paragraph, heading, caption or other block of text. */
export interface TextBlock {
  readonly kind: "paragraph" | "heading" | "caption" | "other";
  /** The visible text with single blanks; `\n` only where the author broke the line. */
  readonly text: string;
  /** Whether the newspaper system marked the block as the line that names the source. */
  readonly isSource: boolean;
  /** Whether the block before it is only a picture. */
  readonly isAfterImage: boolean;
}

/** The text blocks of a cleaned tree, in reading order; blocks without text are left out. */
export function textBlocks(nodes: readonly HtmlNode[]): readonly TextBlock[] {
  const blocks: TextBlock[] = [];
  let isAfterImage = false;
  const addBlock = (inline: readonly HtmlNode[], kind: TextBlock["kind"], isSource: boolean) => {
    const text = visibleBlanks(inlineText(inline));
    if (text !== "") {
      blocks.push({ kind, text, isSource, isAfterImage });
      isAfterImage = false;
    } else if (someElement(inline, ({ name }) => name === "img" || name === "video")) {
      isAfterImage = true;
    }
  };
  const collect = (inside: readonly HtmlNode[], kind: TextBlock["kind"], isSource: boolean) => {
    let inline: HtmlNode[] = [];
    for (const node of inside) {
      if (typeof node === "string" || !BODY_BLOCKS.has(node.name)) {
        inline.push(node);
        continue;
      }
      addBlock(inline, kind, isSource);
      inline = [];
      collect(node.children, kindOf(node, kind), isSource || node.attributes["class"] === "source");
    }
    addBlock(inline, kind, isSource);
  };
  collect(nodes, "paragraph", false);
  return blocks;
}

/** Collapses the blanks of a text as browsers do; vertical tabs, which stand for line breaks, become `\n`. */
export function visibleBlanks(text: string): string {
  const trimmed = text.trim();
  // Between paragraphs there is mostly a line end.
  if (trimmed === "" || !/\s\s|[^\S ]/.test(text)) return trimmed;
  return text
    .replaceAll(/[^\S\n\v]+/g, " ")
    .replaceAll(/ ?[\n\v][\s\v]*/g, (blanks) => (blanks.includes("\v") ? "\n" : " "))
    .trim();
}

/** The text, in which `<br>` is a vertical tab: no article holds one, and its own line ends are only blanks. */
function inlineText(nodes: readonly HtmlNode[]): string {
  let text = "";
  for (const node of nodes) {
    if (typeof node === "string") text += node;
    else if (node.name === "br") text += "\v";
    else if (node.name === "rt") text += reading(inlineText(node.children));
    else if (node.name !== "rp" && !isFootnoteMark(node)) text += inlineText(node.children);
  }
  return text;
}

/** Whether the element is the number that leads to a footnote, which is no part of its sentence. */
function isFootnoteMark({ name, attributes }: HtmlElement): boolean {
  return name === "a" && /^footnote(?:-ref)?$/.test(attributes["class"] ?? "");
}

/** The reading of the characters before it: `漢字(かんじ)`. */
function reading(text: string): string {
  return text.trim() === "" ? "" : `(${text.trim()})`;
}

function kindOf(element: HtmlElement, outer: TextBlock["kind"]): TextBlock["kind"] {
  if (outer !== "paragraph") return outer;
  if (headingLevel(element.name) !== null) return "heading";
  const isApparatus = /^(?:footnotes|toc)$/.test(element.attributes["class"] ?? "");
  if (isElement(element, "figcaption", "caption")) return "caption";
  // Text in a footnote, in a table of contents, in a table or in code is never an article's lead.
  const isAside = isApparatus || isElement(element, "table", "pre", "dt", "details");
  return isAside ? "other" : "paragraph";
}
