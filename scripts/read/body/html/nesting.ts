import { BODY_BLOCKS, CONTAINERS, EMPTIED_ELEMENTS } from "./html-elements.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import {
  addTo,
  createElement,
  isBlank,
  isElement,
  isTextParagraph,
  someElement,
} from "./html-tree.ts";
import { fitTable } from "./tables.ts";

const LINE_BREAK = createElement("br");

/**
 * Moves every element to where HTML's content models allow it, so that browsers build the same tree from its HTML. Text
 * keeps its order, except that content of a table outside of its cells moves before the table.
 */
export function fitNesting(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return flow(nodes, false);
}

/** Fits content of an element that may hold blocks; stray `li` elements get a list around them. */
function flow(nodes: readonly HtmlNode[], inLink: boolean): readonly HtmlNode[] {
  const result: HtmlNode[] = [];
  let strayItems: HtmlNode[] = [];
  const endList = (): void => {
    if (strayItems.length > 0) result.push(createElement("ul", {}, strayItems));
    strayItems = [];
  };
  for (const node of nodes) {
    if (isElement(node, "li")) {
      addTo(strayItems, flowChild(node, inLink));
    } else if (typeof node === "string") {
      if (!isBlank(node)) endList();
      result.push(node);
    } else {
      endList();
      if (isTextParagraph(node)) result.push(node);
      else addTo(result, flowChild(node, inLink));
    }
  }
  endList();
  return result;
}

function flowChild(element: HtmlElement, inLink: boolean): readonly HtmlNode[] {
  const { name, children } = element;
  switch (name) {
    case "table":
      return fitTable(element, (cell) => flow(cell, inLink));
    case "ul":
    case "ol":
      return kept(element, list(children, inLink));
    case "dl":
      return definitionList(element, inLink);
    case "details":
      return details(element, inLink);
    case "figure":
      return kept(element, figure(children, inLink));
    case "picture":
    case "video":
    case "audio":
      return [element];
    case "summary":
    case "figcaption":
    case "caption":
      return flowChild({ ...element, name: "p" }, inLink);
    case "thead":
    case "tbody":
    case "tfoot":
      return flow(children, inLink);
    case "tr":
    case "td":
    case "th":
    case "dt":
    case "dd":
      return kept({ ...element, name: "div", attributes: {} }, flow(children, inLink));
    case "p":
      return hasBlock(children)
        ? kept({ ...element, name: "div" }, flow(children, inLink))
        : kept(element, phrasing(children, inLink));
    case "a":
      if (inLink || someElement(children, isInteractive)) return flow(children, inLink);
      return kept(element, flow(children, true));
    case "ins":
    case "del":
      return kept(element, flow(children, inLink));
    case "ruby":
      return ruby(element, inLink);
    default:
      if (CONTAINERS.has(name)) return kept(element, flow(children, inLink));
      if (BODY_BLOCKS.has(name)) return kept(element, phrasing(children, inLink));
      // HTML allows no emphasis and the like around blocks, and the blocks matter more.
      if (hasBlock(children)) return flow(children, inLink);
      return kept(element, phrasing(children, inLink));
  }
}

/** Fits content of an element that may hold only text and inline elements: blocks become lines. */
function phrasing(nodes: readonly HtmlNode[], inLink: boolean): readonly HtmlNode[] {
  const result: HtmlNode[] = [];
  let needsBreak = false;
  /** How many nodes at the beginning of `result` are known to be blank. */
  let blanks = 0;
  for (const node of nodes) {
    if (typeof node === "string") {
      if (needsBreak && node.trim() !== "") {
        result.push(LINE_BREAK);
        needsBreak = false;
      }
      result.push(node);
      continue;
    }
    if (BODY_BLOCKS.has(node.name)) {
      const inside = node.name === "hr" ? [] : phrasing(node.children, inLink);
      if (inside.every(isBlank)) continue;
      while (isBlank(result[blanks] ?? LINE_BREAK)) blanks += 1;
      if (blanks < result.length) result.push(LINE_BREAK);
      addTo(result, inside);
      needsBreak = true;
      continue;
    }
    if (needsBreak && node.name !== "br") result.push(LINE_BREAK);
    needsBreak = false;
    addTo(result, phrasingChild(node, inLink));
  }
  return result;
}

function phrasingChild(element: HtmlElement, inLink: boolean): readonly HtmlNode[] {
  const { name, children } = element;
  switch (name) {
    case "picture":
    case "video":
    case "audio":
      return [element];
    case "ruby":
      return ruby(element, inLink);
    case "rt":
    case "rp":
      return phrasing(children, inLink);
    case "a":
      if (inLink || someElement(children, isInteractive)) return phrasing(children, inLink);
      return kept(element, phrasing(children, true));
    default:
      return kept(element, phrasing(children, inLink));
  }
}

function list(nodes: readonly HtmlNode[], inLink: boolean): readonly HtmlNode[] {
  const items: HtmlNode[] = [];
  for (const node of nodes) {
    if (isElement(node, "li")) {
      items.push({ ...node, children: flow(node.children, inLink) });
    } else if (isBlank(node)) {
      items.push(node);
    } else {
      const content = flow([node], inLink);
      if (!content.every(isBlank)) items.push(createElement("li", {}, content));
    }
  }
  return items.every(isBlank) ? [] : items;
}

function definitionList(element: HtmlElement, inLink: boolean): readonly HtmlNode[] {
  const items = element.children.filter((node) => !isBlank(node));
  const [first = "", last = ""] = [items[0], items.at(-1)];
  const isRegular =
    isElement(first, "dt") &&
    isElement(last, "dd") &&
    items.every((item) => isElement(item, "dt", "dd"));
  if (!isRegular) return kept({ ...element, name: "div" }, flow(element.children, inLink));
  const children = element.children.map((node) => {
    if (typeof node === "string") return node;
    const content = node.name === "dt" ? phrasing : flow;
    return { ...node, children: content(node.children, inLink) };
  });
  return [{ ...element, children }];
}

function details(element: HtmlElement, inLink: boolean): readonly HtmlNode[] {
  const summary = element.children.find((node) => isElement(node, "summary"));
  const others = element.children.filter((node) => node !== summary);
  const rest = flow(others, inLink);
  const label = summary === undefined ? [] : phrasing(summary.children, inLink);
  if (summary === undefined || label.every(isBlank)) return kept(createElement("div"), rest);
  return [{ ...element, children: [{ ...summary, children: label }, ...rest] }];
}

function figure(nodes: readonly HtmlNode[], inLink: boolean): readonly HtmlNode[] {
  const caption = nodes.find((node) => isElement(node, "figcaption"));
  if (caption === undefined) return flow(nodes, inLink);
  const fitted = kept(caption, flow(caption.children, inLink));
  const others = nodes.filter((node) => node !== caption);
  const rest = flow(others, inLink);
  const isFirst = nodes.find((node) => !isBlank(node)) === caption;
  return isFirst ? [...fitted, ...rest] : [...rest, ...fitted];
}

function ruby(element: HtmlElement, inLink: boolean): readonly HtmlNode[] {
  const hasReading = element.children.some((node) => isElement(node, "rt"));
  if (!hasReading) return phrasing(element.children, inLink);
  const children = element.children.flatMap((node) =>
    isElement(node, "rt", "rp")
      ? { ...node, children: phrasing(node.children, inLink) }
      : phrasing([node], inLink),
  );
  return [{ ...element, children }];
}

/** The element with its content, or nothing if it is empty; a block with only line breaks is empty too. */
function kept(element: HtmlElement, children: readonly HtmlNode[]): readonly HtmlNode[] {
  const isBlock = BODY_BLOCKS.has(element.name);
  const isEmpty =
    EMPTIED_ELEMENTS.has(element.name) &&
    element.attributes["id"] === undefined &&
    children.every((node) => isBlank(node) || (isBlock && isElement(node, "br")));
  // A blank in an empty inline element still separates the words around it.
  if (isEmpty) return isBlock || element.name === "a" ? [] : children;
  return [{ ...element, children }];
}

function hasBlock(nodes: readonly HtmlNode[]): boolean {
  return someElement(nodes, ({ name }) => BODY_BLOCKS.has(name));
}

function isInteractive(element: HtmlElement): boolean {
  return isElement(element, "video", "audio", "details");
}
