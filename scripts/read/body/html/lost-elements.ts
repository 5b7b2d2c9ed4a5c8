import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { isBlank, someElement, visitElements } from "./html-tree.ts";
import { htmlOfMath } from "./math.ts";

/**
 * The names, each once, of elements that would have shown something and cannot be kept: drawings, formulas, pictures
 * without an `img`, scripts but for data, frames without an address, and fields to fill in.
 */
export function lostElements(written: readonly HtmlNode[]): readonly string[] {
  const lost = new Set<string>();
  visitElements(written, (element) => {
    if (isLost(element)) lost.add(element.name);
  });
  return [...lost];
}

/** Fields that are not seen, and boxes of task lists, whose text stays. */
const UNSEEN_FIELD = /^(?:hidden|checkbox|radio)$/i;
/** Kinds of scripts that are data for programs, such as JSON-LD. */
const DATA = /json|template/i;

/** Whether a script is code that may have shown something. */
function isProgram({ attributes, children }: HtmlElement): boolean {
  return !DATA.test(attributes["type"] ?? "") && !children.every(isBlank);
}

function isLost(element: HtmlElement): boolean {
  const { name, attributes, children } = element;
  switch (name) {
    case "math":
      return attributes["alttext"] === undefined && htmlOfMath(element) === null;
    case "svg":
    case "canvas":
      return true;
    case "picture":
      return !someElement(children, (child) => child.name === "img");
    case "select":
      return true;
    case "input":
      return !UNSEEN_FIELD.test(attributes["type"] ?? "");
    case "script":
      return attributes["src"] !== undefined || isProgram(element);
    case "iframe":
    case "embed":
      // With an address it becomes a link.
      return ["src", "data-src", "data-lazy-src"].every((key) => attributes[key] === undefined);
    default:
      return false;
  }
}
