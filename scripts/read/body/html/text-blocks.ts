import { BODY_BLOCKS } from "./html-elements.ts";
import { headingLevel } from "./heading-levels.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { someElement } from "./html-tree.ts";

/** A stretch of text that stands by itself. */
export interface TextBlock {
  readonly kind: "paragraph" | "heading" | "caption" | "other";
  /** Blanks as a reader sees them; `\n` only where the author broke the line. */
  readonly text: string;
  /** Whether the newspaper system marked it as the line that names the source. */
  readonly isSource: boolean;
  /** Whether the block before it is a picture and nothing else. */
  readonly isAfterImage: boolean;
}

const CAPTIONS = new Set(["figcaption", "caption"]);
/** Not prose: what is in a table, in code or in a footnote never opens an article. */
const OTHERS = new Set(["table", "pre", "dt", "details"]);

/** The text blocks of a cleaned tree, in reading order; blocks without text are left out. */
export function textBlocks(nodes: readonly HtmlNode[]): readonly TextBlock[] {
  const blocks: TextBlock[] = [];
  const state = { isAfterImage: false };
  collect(nodes, "paragraph", false, blocks, state);
  return blocks;
}

function collect(
  nodes: readonly HtmlNode[],
  kind: TextBlock["kind"],
  isSource: boolean,
  blocks: TextBlock[],
  state: { isAfterImage: boolean },
): void {
  let inline: HtmlNode[] = [];
  const endBlock = (): void => {
    const text = visibleBlanks(inlineText(inline));
    if (text !== "") {
      blocks.push({ kind, text, isSource, isAfterImage: state.isAfterImage });
      state.isAfterImage = false;
    } else if (someElement(inline, ({ name }) => name === "img" || name === "video")) {
      state.isAfterImage = true;
    }
    inline = [];
  };
  for (const node of nodes) {
    if (typeof node === "string" || !BODY_BLOCKS.has(node.name)) {
      inline.push(node);
      continue;
    }
    endBlock();
    collect(node.children, kindOf(node, kind), isSource || isSourceLine(node), blocks, state);
  }
  endBlock();
}

/** The text of a block with its blanks as a reader sees them; vertical tabs stand for line breaks. */
export function visibleBlanks(text: string): string {
  if (!/\s\s|[^\S ]/.test(text)) return text.trim();
  return text
    .replaceAll(/[^\S\n\v]+/g, " ")
    .replaceAll(/ ?[\n\v][\s\v]*/g, (blanks) => (blanks.includes("\v") ? "\n" : " "))
    .trim();
}

/** Line breaks become vertical tabs, which no article holds: its own line ends are mere blanks. */
function inlineText(nodes: readonly HtmlNode[]): string {
  let text = "";
  for (const node of nodes) {
    if (typeof node === "string") text += node;
    else if (node.name === "br") text += "\v";
    else if (node.name !== "rt" && node.name !== "rp") text += inlineText(node.children);
  }
  return text;
}

function kindOf(element: HtmlElement, outer: TextBlock["kind"]): TextBlock["kind"] {
  if (outer !== "paragraph") return outer;
  if (headingLevel(element.name) !== null) return "heading";
  if (CAPTIONS.has(element.name)) return "caption";
  const isFootnotes = element.attributes["class"] === "footnotes";
  return OTHERS.has(element.name) || isFootnotes ? "other" : "paragraph";
}

function isSourceLine({ attributes }: HtmlElement): boolean {
  return attributes["class"] === "source";
}
