import type { HtmlElement } from "./html-tree.ts";

/** A part of a table: its rows, whose children are cells. */
export interface Section {
  readonly name: string;
  readonly rows: HtmlElement[];
}

/**
 * Sections whose cells span only rows and columns that there are (HTML 4.9.12.1): none reaches below its section or
 * over another cell, and a column in which no cell begins does not count.
 */
export function fitSpans(sections: readonly Section[]): readonly Section[] {
  const starts = new Set<number>();
  const placed = sections.map(({ name, rows }) => ({ name, rows: placeRows(rows, starts) }));
  const columns = [...starts];
  return placed.map(({ name, rows }) => ({
    name,
    rows: rows.map(({ row, cells }) => ({
      ...row,
      children: cells.map(({ cell, start, width, height }) => {
        const used = columns.filter((column) => column >= start && column < start + width).length;
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
  /** By column: the first row that no cell from above reaches. */
  const freeFrom: number[] = [];
  return rows.map((row, index) => {
    const isFree = (column: number): boolean => (freeFrom[column] ?? 0) <= index;
    const cells: PlacedCell[] = [];
    let start = 0;
    for (const cell of row.children) {
      if (typeof cell === "string") continue;
      while (!isFree(start)) start += 1;
      const wanted = Number(cell.attributes["colspan"] ?? 1);
      let width = 1;
      while (width < wanted && isFree(start + width)) width += 1;
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
  const attributes = {
    ...rest,
    ...(width > 1 ? { colspan: String(width) } : {}),
    ...(height > 1 ? { rowspan: String(height) } : {}),
  };
  return { ...cell, attributes };
}
