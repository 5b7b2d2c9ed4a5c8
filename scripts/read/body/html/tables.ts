import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { addTo, createElement, isBlank, isElement } from "./html-tree.ts";

type FitContent = (nodes: readonly HtmlNode[]) => readonly HtmlNode[];

/** The most columns that one cell may span (HTML 4.9.11). A cell behind so many columns spans only one. */
const MOST_COLUMNS = 1000;

/** A `thead`, `tbody` or `tfoot`: its rows, whose children are cells. */
interface Section {
  readonly name: string;
  readonly rows: HtmlElement[];
}

/**
 * Puts the parts of a table in their places: the caption first, rows in sections, cells in rows. Other content moves
 * before the table, as in browsers.
 */
export function fitTable(table: HtmlElement, fitContent: FitContent): readonly HtmlNode[] {
  const strays: HtmlNode[] = [];
  let caption: HtmlElement | null = null;
  const sections: Section[] = [];
  const addRows = (name: string, nodes: readonly HtmlNode[]): void => {
    const rows = fitRows(nodes, strays, fitContent);
    const last = sections.at(-1);
    if (rows.length === 0) return;
    if (name === "tbody" && last?.name === "tbody" && nodes.length === 1) addTo(last.rows, rows);
    else sections.push({ name, rows });
  };
  for (const node of table.children) {
    if (isElement(node, "caption") && caption === null) {
      caption = { ...node, children: fitContent(node.children) };
    } else if (isElement(node, "thead", "tbody", "tfoot")) {
      addRows(sections.length > 0 && node.name === "thead" ? "tbody" : node.name, node.children);
    } else if (isElement(node, "tr", "td", "th")) {
      addRows("tbody", [node]);
    } else if (!isBlank(node)) {
      strays.push(node);
    }
  }
  const before = fitContent(strays);
  if (sections.length === 0) {
    return caption === null ? before : [...before, ...fitContent([caption])];
  }
  const parts = fitSpans(sections).map(({ name, rows }) => createElement(name, {}, rows));
  return [...before, { ...table, children: caption === null ? parts : [caption, ...parts] }];
}

function fitRows(
  nodes: readonly HtmlNode[],
  strays: HtmlNode[],
  fitContent: FitContent,
): HtmlElement[] {
  return nodes.flatMap((node) => {
    if (!isElement(node, "tr", "td", "th")) {
      if (!isBlank(node)) strays.push(node);
      return [];
    }
    const cells = (node.name === "tr" ? node.children : [node]).flatMap((child) => {
      if (isElement(child, "td", "th")) return { ...child, children: fitContent(child.children) };
      if (!isBlank(child)) strays.push(child);
      return [];
    });
    return cells.length > 0 ? createElement("tr", {}, cells) : [];
  });
}

/**
 * Limits spans to rows and columns that exist (HTML 4.9.12.1): no cell reaches below its section or over another cell,
 * and a column in which no cell begins does not count.
 */
function fitSpans(sections: readonly Section[]): readonly Section[] {
  const starts = new Set<number>();
  const placed = sections.map(({ name, rows }) => ({ name, rows: placeRows(rows, starts) }));
  return placed.map(({ name, rows }) => ({
    name,
    rows: rows.map(({ row, cells }) => ({
      ...row,
      children: cells.map(({ cell, start, width, height }) => {
        let used = 0;
        for (let column = start; column < start + width; column += 1) {
          if (starts.has(column)) used += 1;
        }
        return withSpans(cell, used, height);
      }),
    })),
  }));
}

interface PlacedCell {
  readonly cell: HtmlElement;
  readonly start: number;
  readonly width: number;
  readonly height: number;
}

function placeRows(
  rows: readonly HtmlElement[],
  starts: Set<number>,
): readonly { readonly row: HtmlElement; readonly cells: readonly PlacedCell[] }[] {
  /** By column, the first row that no cell from above reaches. */
  const freeFrom: number[] = [];
  return rows.map((row, index) => {
    const isFree = (column: number): boolean => (freeFrom[column] ?? 0) <= index;
    const cells: PlacedCell[] = [];
    let start = 0;
    for (const cell of row.children) {
      if (typeof cell === "string") continue;
      while (start < MOST_COLUMNS && !isFree(start)) start += 1;
      if (start >= MOST_COLUMNS) {
        starts.add(start);
        cells.push({ cell, start, width: 1, height: 1 });
        start += 1;
        continue;
      }
      const wanted = Number(cell.attributes["colspan"] ?? 1);
      let width = 1;
      while (width < wanted && start + width < MOST_COLUMNS && isFree(start + width)) width += 1;
      const height = Math.min(Number(cell.attributes["rowspan"] ?? 1), rows.length - index);
      freeFrom.length = Math.max(freeFrom.length, start + width);
      freeFrom.fill(index + height, start, start + width);
      starts.add(start);
      cells.push({ cell, start, width, height });
      start += width;
    }
    return { row, cells };
  });
}

function withSpans(cell: HtmlElement, width: number, height: number): HtmlElement {
  const { colspan: _width, rowspan: _height, ...rest } = cell.attributes;
  const span = (count: number): string | null => (count > 1 ? String(count) : null);
  const attributes = { ...rest, colspan: span(width), rowspan: span(height) };
  return createElement(cell.name, attributes, cell.children);
}
