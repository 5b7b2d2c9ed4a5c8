import { isKnownElement } from "./html-elements.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { createElement, isElement, someElement } from "./html-tree.ts";
import { firstWritten, isPictureAddress, otherAddress } from "./written-address.ts";

/** Attributes that name what an element stands for: `title`, `data-desc`, `music_name`, `o:title`. */
const LABEL_KEY = /(?:^|[-_:])(?:title|name|desc|alt|nickname|label)$/i;

/** The names, each once, of elements that are no HTML, outside of drawings and formulas. */
export function foreignElements(nodes: readonly HtmlNode[]): readonly string[] {
  const names = new Set<string>();
  collectForeign(nodes, names);
  return [...names];
}

function collectForeign(nodes: readonly HtmlNode[], names: Set<string>): void {
  for (const node of nodes) {
    if (typeof node === "string" || node.name === "svg" || node.name === "math") continue;
    if (!isKnownElement(node.name)) names.add(node.name);
    collectForeign(node.children, names);
  }
}

/**
 * What an element that is no HTML stood for, as it might be written in HTML, to be shown before its content: a picture, or a
 * link to what would have been played, where it has an address. Nothing if its content shows media or a link itself.
 */
export function standIn({ attributes, children }: HtmlElement): readonly HtmlNode[] {
  const own = firstWritten(attributes["data-src"], attributes["src"]) ?? "";
  const other = isPictureAddress(own)
    ? { address: own, isPicture: true }
    : otherAddress(attributes);
  if (other === null || someElement(children, showsSomething)) return [];
  const { address, isPicture } = other;
  const label = labelOf(attributes);
  if (isPicture) return [createElement("img", { src: address, alt: label })];
  const link = createElement("a", { href: address }, [label === "" ? address : label]);
  return [createElement("p", {}, [link])];
}

function showsSomething(element: HtmlElement): boolean {
  return isElement(element, "a", "img", "video", "audio", "iframe");
}

function labelOf(attributes: HtmlElement["attributes"]): string {
  const key = Object.keys(attributes).find(
    (name) => LABEL_KEY.test(name) && attributes[name]?.trim() !== "",
  );
  return key === undefined ? "" : (attributes[key] ?? "").trim();
}
