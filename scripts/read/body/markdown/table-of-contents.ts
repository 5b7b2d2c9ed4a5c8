import { elementNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";

const HEADING = /^h([1-6])$/;

/** Fills a list with links to the headings, in lists in lists as deep as these. Those of the class `no_toc` are left out. */
export function fillTableOfContents(
  list: MarkdownNode,
  headings: readonly MarkdownNode[],
  makesIds: boolean,
): void {
  list.children = [];
  list.attributes["class"] = "toc";
  const ids = new Map<string, number>();
  const open: { readonly level: number; readonly inside: MarkdownNode }[] = [];
  for (const heading of headings) {
    if (/(?:^|\s)no_toc(?:\s|$)/.test(heading.attributes["class"] ?? "")) continue;
    if (!makesIds && heading.attributes["id"] === undefined) continue;
    const level = Number(HEADING.exec(heading.name)?.[1]);
    const link = elementNode("a", linkText(heading.children));
    heading.attributes["id"] ??= uniqueId(heading, ids);
    link.attributes["href"] = `#${heading.attributes["id"]}`;
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    const inside = elementNode(list.name);
    const outer = open.at(-1)?.inside ?? list;
    outer.children.push(elementNode("li", [link, inside]));
    open.push({ level, inside });
  }
}

/** The content of a heading without links and footnotes, which may not stand in a link. */
function linkText(nodes: readonly MarkdownNode[]): MarkdownNode[] {
  return nodes.flatMap((node) => {
    if (node.kind === "footnote") return [];
    const children = linkText(node.children);
    return node.name === "a" ? children : [{ ...node, attributes: {}, children }];
  });
}

/** An id made from a heading's text, as Jekyll sets kramdown to make it. */
function uniqueId(heading: MarkdownNode, ids: Map<string, number>): string {
  const id = textOf(heading.children)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}_\- \t]/gu, "")
    .replaceAll(/[ \t]/g, "-");
  const count = ids.get(id) ?? 0;
  ids.set(id, count + 1);
  return count === 0 ? id : `${id}-${count}`;
}

function textOf(nodes: readonly MarkdownNode[]): string {
  return nodes.map(({ text, children }) => text + textOf(children)).join("");
}
