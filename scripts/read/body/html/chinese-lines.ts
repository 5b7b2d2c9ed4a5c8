import { BODY_BLOCKS } from "./html-elements.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { createElement, isElement } from "./html-tree.ts";

/** Characters between which a line end is no blank: Han, kana, and the punctuation that is as wide. */
const WIDE = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u301F\u3030-\u303D\uFF01-\uFF60·—…“”‘’]`;
const BETWEEN_WIDE = new RegExp(String.raw`(?<=${WIDE})[ \t]*\n[ \t]*(?=${WIDE})`, "gu");
const ENDS_WIDE = new RegExp(`${WIDE}$`, "u");
const BEGINS_WIDE = new RegExp(`^${WIDE}`, "u");
/** Two blanks as wide as a character at the beginning of a line, as every paragraph of Chinese print has them. */
const WIDE_BLANKS = "\u3000\u3000";
const INDENTED_LINE = /\n[ \t]*(?=\u3000{2})/;
const INDENTED = /^\s*?\u3000{2}/;
const UNTOUCHED = ["pre", "code", "samp", "kbd"];
/** A place that text does not flow across. */
const BOUNDARY = null;

/**
 * The nodes with Chinese lines as they are read: a line end between two Chinese characters is no blank, and a line that
 * begins with two wide blanks (U+3000) opens a paragraph.
 */
export function chineseLines(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  if (!mayChange(nodes)) return nodes;
  const texts: (string | null)[] = [];
  visitTexts(nodes, (text) => {
    texts.push(text);
  });
  const written = texts.filter((text) => text !== BOUNDARY);
  const joined = joinTexts(texts);
  const isSame = written.every(
    (text, index) => text === joined[index] && !text.includes(WIDE_BLANKS),
  );
  if (isSame) return nodes;
  const next = joined.values();
  return withTexts(nodes, () => next.next().value ?? "");
}

/** Whether two wide blanks are anywhere, or a line ends in what is read together and not blank. */
function mayChange(nodes: readonly HtmlNode[]): boolean {
  let [hasText, hasLineEnd, may] = [false, false, false];
  visitTexts(nodes, (text) => {
    if (text === BOUNDARY) {
      hasText = false;
      hasLineEnd = false;
      return;
    }
    hasText ||= text.trim() !== "";
    hasLineEnd ||= text.includes("\n");
    may ||= (hasText && hasLineEnd) || text.includes(WIDE_BLANKS);
  });
  return may;
}

/** Visits the texts in reading order, with a boundary at each block and line break; those in code are left out. */
function visitTexts(
  nodes: readonly HtmlNode[],
  visit: (text: string | typeof BOUNDARY) => void,
): void {
  for (const node of nodes) {
    if (typeof node === "string") {
      visit(node);
    } else if (!UNTOUCHED.includes(node.name)) {
      const isReading = node.name === "rt" || node.name === "rp";
      const isApart = isReading || BODY_BLOCKS.has(node.name) || node.children.length === 0;
      if (isApart) visit(BOUNDARY);
      visitTexts(node.children, visit);
      if (isApart) visit(BOUNDARY);
    } else {
      visit(BOUNDARY);
    }
  }
}

/** The texts, without boundaries, in which lines are joined also across the ends of elements. */
function joinTexts(texts: readonly (string | null)[]): readonly string[] {
  const joined: string[] = [];
  /** The index of the last text with more than blanks in it, as long as no boundary came. */
  let before = -1;
  for (const text of texts) {
    if (text === BOUNDARY) {
      before = -1;
      continue;
    }
    const own = text.includes("\n") ? text.replaceAll(BETWEEN_WIDE, "") : text;
    joined.push(own);
    const first = own.trimStart();
    if (first === "") continue;
    if (before !== -1 && BEGINS_WIDE.test(first)) joinAcross(joined, before);
    before = joined.length - 1;
  }
  return joined;
}

/** Removes the line end between the text at `before` and the last one, if the former ends with a Chinese character. */
function joinAcross(joined: string[], before: number): void {
  const last = joined.length - 1;
  const [head, tail] = [joined[before] ?? "", joined[last] ?? ""];
  const [headText, tailText] = [head.trimEnd(), tail.trimStart()];
  const blanks = [
    head.slice(headText.length),
    ...joined.slice(before + 1, last),
    tail.slice(0, tail.length - tailText.length),
  ].join("");
  const isLineEnd = blanks.includes("\n") && !blanks.includes("\u3000");
  if (!isLineEnd || !ENDS_WIDE.test(headText)) return;
  joined[before] = headText;
  for (let index = before + 1; index < last; index += 1) joined[index] = "";
  joined[last] = tailText;
}

/** The nodes with other texts, which `nextText` gives in reading order. */
function withTexts(nodes: readonly HtmlNode[], nextText: () => string): readonly HtmlNode[] {
  return nodes.flatMap((node): readonly HtmlNode[] => {
    if (typeof node === "string") return [nextText()];
    if (UNTOUCHED.includes(node.name)) return [node];
    const element = { ...node, children: withTexts(node.children, nextText) };
    return node.name === "p" ? paragraphs(element) : [element];
  });
}

/** The paragraphs that a paragraph is, divided where a line begins with two wide blanks. */
function paragraphs(element: HtmlElement): readonly HtmlNode[] {
  const contents: HtmlNode[][] = [[]];
  for (const [index, child] of element.children.entries()) {
    const next = element.children[index + 1];
    if (isElement(child, "br") && typeof next === "string" && INDENTED.test(next)) {
      contents.push([]);
      continue;
    }
    const lines = typeof child === "string" ? child.split(INDENTED_LINE) : [child];
    for (const [number, line] of lines.entries()) {
      if (number > 0) contents.push([]);
      contents.at(-1)?.push(line);
    }
  }
  if (contents.length === 1) return [element];
  // An id belongs to the first, where a link leads.
  const { id: _id, ...others } = element.attributes;
  return contents.map((children, index) =>
    createElement("p", index === 0 ? element.attributes : others, children),
  );
}
