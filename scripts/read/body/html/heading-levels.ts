import type { HtmlNode } from "./html-tree.ts";

const HEADING = /^h([1-6])$/;

/** The level of a heading element; null for other elements. */
export function headingLevel(name: string): number | null {
  const level = HEADING.exec(name)?.[1];
  return level === undefined ? null : Number(level);
}

/**
 * Maps heading levels so that the article's highest becomes `h2` (its title is the page's `h1`) and none skips a level
 * on the way down. The function that it returns must be called for each heading in document order.
 */
export function createHeadingNames(nodes: readonly HtmlNode[]): (level: number) => string {
  const shift = 2 - highestLevel(nodes);
  let previous = 1;
  return (level) => {
    // A heading in a heading may be above the highest that was found.
    previous = Math.min(Math.max(level + shift, 2), previous + 1, 6);
    return `h${previous}`;
  };
}

function highestLevel(nodes: readonly HtmlNode[]): number {
  let highest = 6;
  for (const node of nodes) {
    if (typeof node === "string") continue;
    highest = Math.min(highest, headingLevel(node.name) ?? highestLevel(node.children));
  }
  return highest;
}
