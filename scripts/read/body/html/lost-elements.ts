import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { someElement, visitElements } from "./html-tree.ts";
import { htmlOfMath } from "./math.ts";

/**
 * The names, each once, of elements that would have shown something and cannot be kept: drawings, formulas, pictures
 * without an `img`, scripts with an address, and frames whose document is in an attribute.
 */
export function lostElements(written: readonly HtmlNode[]): readonly string[] {
  const lost = new Set<string>();
  visitElements(written, (element) => {
    if (isLost(element)) lost.add(element.name);
  });
  return [...lost];
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
    case "script":
      return attributes["src"] !== undefined;
    case "iframe":
      return attributes["src"] === undefined && attributes["srcdoc"] !== undefined;
    default:
      return false;
  }
}
