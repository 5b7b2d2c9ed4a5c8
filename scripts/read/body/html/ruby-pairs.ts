import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { isBlank, isElement } from "./html-tree.ts";

/**
 * The content of a `<ruby>` in which each base has its reading right behind it, as HTML's standard has it: older editors
 * write several bases first (`<rb>漢</rb><rb>字</rb><rt>かん</rt><rt>じ</rt>`, in `<rbc>` and `<rtc>` too).
 */
export function rubyPairs(children: readonly HtmlNode[]): readonly HtmlNode[] {
  const nodes = children.flatMap((node) => {
    if (typeof node === "string") return node;
    if (node.name === "rbc") return node.children;
    if (node.name !== "rtc") return node;
    const hasReadings = node.children.some((child) => isElement(child, "rt"));
    return hasReadings ? node.children : { ...node, name: "rt" };
  });
  if (nodes.filter((node) => isElement(node, "rb")).length < 2) return nodes;
  const pairs: HtmlNode[] = [];
  let bases: HtmlElement[] = [];
  let readings: HtmlElement[] = [];
  /** The brackets for readers without ruby, which stood around all readings. */
  let brackets: HtmlElement[] = [];
  const endGroup = (): void => {
    const count = Math.max(bases.length, readings.length);
    const [before, after] = [brackets[0], brackets.at(-1)];
    for (let index = 0; index < count; index += 1) {
      const reading = readings[index];
      const parts = reading === undefined ? [bases[index]] : [bases[index], before, reading, after];
      pairs.push(...parts.filter((part) => part !== undefined));
    }
    bases = [];
    readings = [];
    brackets = [];
  };
  for (const node of nodes) {
    if (isBlank(node)) continue;
    if (isElement(node, "rp")) {
      brackets.push(node);
    } else if (isElement(node, "rb")) {
      if (readings.length > 0) endGroup();
      bases.push(node);
    } else if (isElement(node, "rt")) {
      readings.push(node);
    } else {
      endGroup();
      pairs.push(node);
    }
  }
  endGroup();
  return pairs;
}
