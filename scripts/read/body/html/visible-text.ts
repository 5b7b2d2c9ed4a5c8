import { INVISIBLE_ELEMENTS } from "./html-elements.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { htmlOfMath, isDrawnFormula } from "./math.ts";

const HIDING_STYLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
/** Blanks and invisible characters, which are left out when texts are compared or counted. */
const BLANKS = /[\s\u00AD\u200B-\u200D\u2060\uFEFF]+/g;
const SURROGATE_PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** Whether readers never see the element. */
export function isInvisible(element: HtmlElement): boolean {
  const { name, attributes } = element;
  const { hidden, style } = attributes;
  return (
    INVISIBLE_ELEMENTS.has(name) ||
    hidden !== undefined ||
    (style !== undefined && HIDING_STYLE.test(style)) ||
    (name === "math" && htmlOfMath(element) === null) ||
    isDrawnFormula(element)
  );
}

/** The pieces of text that a reader sees, in order, without blanks. */
export function visibleTexts(nodes: readonly HtmlNode[]): readonly string[] {
  const texts: string[] = [];
  collectTexts(nodes, texts);
  return texts;
}

function collectTexts(nodes: readonly HtmlNode[], texts: string[]): void {
  for (const node of nodes) {
    if (typeof node !== "string") {
      if (!isInvisible(node)) collectTexts(node.children, texts);
      continue;
    }
    const text = withoutBlanks(node);
    if (text !== "") texts.push(text);
  }
}

/** All that a reader sees, as it stands. */
export function visibleText(nodes: readonly HtmlNode[]): string {
  let text = "";
  for (const node of nodes) {
    if (typeof node === "string") text += node;
    else if (!isInvisible(node)) text += visibleText(node.children);
  }
  return text;
}

/** Removes the characters that do not count when texts are compared or measured. */
export function withoutBlanks(text: string): string {
  return text.replaceAll(BLANKS, "");
}

/** The pieces of a text that are missing from it as a whole; both without blanks. */
export function lostTexts(pieces: readonly string[], whole: string): readonly string[] {
  const lost: string[] = [];
  let position = 0;
  for (const text of pieces) {
    const found = whole.indexOf(text, position);
    // Text may have moved forward, for example out of a table.
    if (found !== -1) position = found + text.length;
    else if (!whole.includes(text)) lost.push(text);
  }
  return lost;
}

/** The number of code points in a text. */
export function countCharacters(text: string): number {
  return text.length - (text.match(SURROGATE_PAIR)?.length ?? 0);
}
