import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import type { Section } from "./table-spans.ts";
import { fitSpans } from "./table-spans.ts";

const SECTIONS = new Set(["thead", "tbody", "tfoot"]);
const CELLS = new Set(["td", "th"]);

/**
 * A table with its parts in their places: rows in sections, cells in rows, the caption first. What stands between them
 * comes before the table, as browsers do it.
 */
export function fitTable(
  table: HtmlElement,
  fitContent: (nodes: readonly HtmlNode[]) => readonly HtmlNode[],
): readonly HtmlNode[] {
  const strays: HtmlNode[] = [];
  let caption: HtmlElement | null = null;
  const sections: Section[] = [];
  const addRows = (name: string, nodes: readonly HtmlNode[]): void => {
    const rows = fitRows(nodes, strays, fitContent);
    const last = sections.at(-1);
    if (rows.length === 0) return;
    if (name === "tbody" && last?.name === "tbody" && nodes.length === 1) last.rows.push(...rows);
    else sections.push({ name, rows });
  };
  for (const node of table.children) {
    if (typeof node === "string") {
      if (node.trim() !== "") strays.push(node);
    } else if (node.name === "caption" && caption === null) {
      caption = { ...node, children: fitContent(node.children) };
    } else if (SECTIONS.has(node.name)) {
      addRows(sections.length > 0 && node.name === "thead" ? "tbody" : node.name, node.children);
    } else if (node.name === "tr" || CELLS.has(node.name)) {
      addRows("tbody", [node]);
    } else {
      strays.push(node);
    }
  }
  const before = fitContent(strays);
  if (sections.length === 0) {
    return caption === null ? before : [...before, ...fitContent([caption])];
  }
  const parts = fitSpans(sections).map(({ name, rows }) => ({
    name,
    attributes: {},
    children: rows,
  }));
  const children = [...(caption === null ? [] : [caption]), ...parts];
  return [...before, { ...table, children }];
}

function fitRows(
  nodes: readonly HtmlNode[],
  strays: HtmlNode[],
  fitContent: (nodes: readonly HtmlNode[]) => readonly HtmlNode[],
): HtmlElement[] {
  const rows: HtmlElement[] = [];
  for (const node of nodes) {
    if (typeof node === "string") {
      if (node.trim() !== "") strays.push(node);
      continue;
    }
    if (node.name !== "tr" && !CELLS.has(node.name)) {
      strays.push(node);
      continue;
    }
    const content = node.name === "tr" ? node.children : [node];
    const cells: HtmlElement[] = [];
    for (const child of content) {
      if (typeof child === "string") {
        if (child.trim() !== "") strays.push(child);
      } else if (CELLS.has(child.name)) {
        cells.push({ ...child, children: fitContent(child.children) });
      } else {
        strays.push(child);
      }
    }
    if (cells.length > 0) rows.push({ name: "tr", attributes: {}, children: cells });
  }
  return rows;
}
