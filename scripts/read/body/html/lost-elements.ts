import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { someElement } from "./html-tree.ts";
import { htmlOfMath } from "./math.ts";

/**
 * The names of elements that a reader would have seen something in and that are not in the page: drawings, formulas, pictures
 * that offer no `img`, and what scripts and frames without an address would have shown. Each name once.
 */
export function lostElements(written: readonly HtmlNode[]): readonly string[] {
  const lost = new Set<string>();
  collect(written, lost);
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

function collect(nodes: readonly HtmlNode[], lost: Set<string>): void {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    if (isLost(node)) lost.add(node.name);
    collect(node.children, lost);
  }
}
