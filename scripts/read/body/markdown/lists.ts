import { BLOCK_LIST, ITEM_LIST } from "./attribute-lists.ts";
import {
  addBlock,
  behindBlankLines,
  behindBlockEnd,
  behindRule,
  isMatch,
  lineEnd,
  matchAt,
  MOST_LEVELS,
  startsHtml,
} from "./block-reader.ts";
import type { BlockReader } from "./block-reader.ts";
import { createNode, elementNode, isNamed } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";

/** An item whose text has so many columns before it, or more, sets the next mark no limit but that of all blocks: three blanks. */
const WIDE = 4;

/** Returns the pattern of an item's mark, which must be indented less than the text of the item before it. */
function markFinder(mark: string): (columns: number) => RegExp {
  const pattern = (most: number): RegExp => new RegExp(`( {0,${most}}${mark})([\\t |].*\\n)`, "y");
  const narrow = [0, 1, 2].map(pattern);
  const wide = pattern(WIDE - 1);
  return (columns) => narrow[columns - 1] ?? wide;
}

const MARKS = {
  ul: markFinder("[+*-]"),
  ol: markFinder(String.raw`\d+\.`),
  dl: markFinder(":"),
};
const ANY_MARK = /^ {0,3}(?:[+*-]|\d+\.)[\t |].*\n/;
const ONLY_LIST = new RegExp(`${ITEM_LIST.source}\\n?$`);
const TAB = 4;
/** Text that is indented further is read as if it were indented so far. */
const MOST_COLUMNS = 40;

/** How the lines of an item are told from others. */
interface ItemLines {
  /** The columns before the item's text. */
  readonly indentation: number;
  /** An item's own line. */
  readonly own: RegExp;
  /** The widest indentation that its text takes off. */
  readonly indent: RegExp;
}

const ITEM_LINES: ItemLines[] = [];

function itemLines(indentation: number): ItemLines {
  const tabs = Math.floor(indentation / TAB);
  const tab = String.raw`(?:\t| {4})`;
  const known = ITEM_LINES[indentation] ?? {
    indentation,
    own: new RegExp(
      `(?:${tab}{${tabs}} {${indentation % TAB}}|${tab}{${tabs + 1}})[^\\n]*\\S`,
      "y",
    ),
    indent: new RegExp(`^ {${indentation}}`),
  };
  ITEM_LINES[indentation] = known;
  return known;
}

/** An item as it is gathered, line by line. */
interface Item extends ItemLines {
  readonly node: MarkdownNode;
  /** Its text; a list in it begins a part of its own. */
  readonly parts: string[];
}

function createItem(name: string, mark: string, line: string): Item {
  const node = elementNode(name);
  const first = firstLine(mark.length, line);
  let { text } = first;
  const list = ITEM_LIST.exec(text);
  if (list !== null) {
    node.lists.push(list[1] ?? "");
    text = text.slice(list[0].length);
  }
  return { node, parts: [text], ...itemLines(first.indentation) };
}

/** The text of an item's first line, and how far the text of its further lines is indented. */
function firstLine(width: number, line: string): { text: string; indentation: number } {
  if (ONLY_LIST.test(line) || line.trim() === "") {
    return { text: line.replace(/^\s+/, ""), indentation: TAB };
  }
  let text = line;
  for (let tabs = /^( *)(\t+)/.exec(text); tabs !== null; tabs = /^( *)(\t+)/.exec(text)) {
    const [all, blanks = "", { length } = ""] = tabs;
    const column = blanks.length + width;
    text = blanks + " ".repeat(TAB - (column % TAB) + (length - 1) * TAB) + text.slice(all.length);
  }
  const blanks = /^ */.exec(text)?.[0].length ?? 0;
  return { text: text.replace(/^\s+/, ""), indentation: Math.min(width + blanks, MOST_COLUMNS) };
}

/** Whether a line goes on with an item's text without being indented. */
function isLazy({ text }: BlockReader, index: number): boolean {
  return (
    index < text.length &&
    behindBlankLines(text, index) === index &&
    !isMatch(BLOCK_LIST, text, index) &&
    !startsHtml(text, index)
  );
}

/** Reads a list with bullets or numbers; whether there was one. */
export function readList(reader: BlockReader): boolean {
  const { text, level } = reader;
  if (level >= MOST_LEVELS) return false;
  const name = isMatch(MARKS.ul(WIDE), text, reader.position) ? "ul" : "ol";
  let start = MARKS[name](WIDE);
  if (!isMatch(start, text, reader.position)) return false;
  const list = elementNode(name);
  addBlock(reader, list);
  const items: Item[] = [];
  let item: Item | undefined;
  let isEnded = false;
  let isBehindBlank = false;
  let hasList = false;
  while (reader.position < text.length) {
    const { position } = reader;
    if (isBehindBlank && behindRule(text, position) > position) break;
    const ended = behindBlockEnd(text, position);
    if (ended > position) {
      reader.position = ended;
      isEnded = true;
      break;
    }
    const found = matchAt(start, text, position);
    const blank = behindBlankLines(text, position);
    if (found !== null) {
      const [line, mark = "", rest = ""] = found;
      item = createItem("li", mark, rest);
      items.push(item);
      list.children.push(item.node);
      start = MARKS[name](item.indentation);
      hasList = ANY_MARK.test(item.parts[0] ?? "");
      isBehindBlank = false;
      reader.position += line.length;
    } else if (item === undefined) {
      break;
    } else if (isMatch(item.own, text, position) || (!isBehindBlank && isLazy(reader, position))) {
      reader.position = lineEnd(text, position);
      const line = withoutTabs(text.slice(position, reader.position));
      let content = line.replace(item.indent, "");
      const isIndented = content !== line;
      if (ANY_MARK.test(content)) {
        if (!hasList && isIndented) {
          item.parts.push("");
          hasList = true;
        } else if (hasList && !isIndented) {
          content = " ".repeat(item.indentation + TAB) + content;
        }
      }
      addLine(item, content);
      isBehindBlank = false;
    } else if (blank > position) {
      addLine(item, text.slice(position, blank));
      reader.position = blank;
      isBehindBlank = true;
      hasList = true;
    } else {
      break;
    }
  }
  finishList(reader, items, isEnded);
  return true;
}

function withoutTabs(line: string): string {
  return line.replace(/^\t+/, (tabs) => " ".repeat(TAB * tabs.length));
}

function addLine({ parts }: Item, line: string): void {
  parts[parts.length - 1] += line;
}

/** Reads the text of the items, and shows the paragraphs of short ones without space around them. */
function finishList(reader: BlockReader, items: readonly Item[], isEnded: boolean): void {
  let after: MarkdownNode | undefined;
  let hasOther = false;
  for (const [index, { node, parts }] of items.entries()) {
    for (const part of parts) reader.readInside(part, node, reader.level + 1);
    const { children } = node;
    const [first, second] = children;
    if (first === undefined) {
      hasOther = true;
      continue;
    }
    const isLast = index === items.length - 1;
    if (isNamed(first, "p") && second?.kind === "end" && first.lists.length > 0) {
      children.splice(1, 1);
    }
    const next = children[1];
    const isShort =
      isNamed(first, "p") &&
      (next === undefined ||
        next.kind !== "blank" ||
        (isLast && children.length === 2 && !isEnded)) &&
      (!isLast || items.length === 1 || hasOther);
    if (isShort) first.isTransparent = true;
    hasOther ||= !isNamed(first, "p") || first.isTransparent;
    after = children.at(-1)?.kind === "blank" ? children.pop() : undefined;
  }
  if (after !== undefined && !isEnded) reader.parent.children.push(after);
}

/** Reads definitions, whose terms are the paragraph before them; whether there were any. */
export function readDefinitionList(reader: BlockReader): boolean {
  const { text, level, parent } = reader;
  if (level >= MOST_LEVELS) return false;
  let start = MARKS.dl(WIDE);
  if (!isMatch(start, text, reader.position)) return false;
  const terms = takeTerms(parent.children);
  if (terms === null) return false;
  const list = elementNode("dl", terms.nodes);
  list.lists = [...list.lists, ...terms.lists];
  let isParagraph = terms.isBehindBlank;
  let item: Item | undefined;
  let isBehindBlank = false;
  const items: { readonly item: Item; readonly isParagraph: boolean }[] = [];
  while (reader.position < text.length) {
    const { position } = reader;
    const found = matchAt(start, text, position);
    const blank = behindBlankLines(text, position);
    if (found !== null) {
      const [line, mark = "", rest = ""] = found;
      item = createItem("dd", mark, rest);
      items.push({ item, isParagraph });
      list.children.push(item.node);
      start = MARKS.dl(item.indentation);
      reader.position += line.length;
      isParagraph = false;
      isBehindBlank = false;
    } else if (item === undefined || behindBlockEnd(text, position) > position) {
      break;
    } else if (isMatch(item.own, text, position) || (!isBehindBlank && isLazy(reader, position))) {
      reader.position = lineEnd(text, position);
      const line = withoutTabs(text.slice(position, reader.position));
      addLine(item, line.replace(item.indent, ""));
      isParagraph = false;
      isBehindBlank = false;
    } else if (blank > position) {
      addLine(item, text.slice(position, blank));
      reader.position = blank;
      isParagraph = true;
      isBehindBlank = true;
    } else {
      break;
    }
  }
  let after: MarkdownNode | undefined;
  for (const {
    item: { node, parts },
    isParagraph: isSpaced,
  } of items) {
    reader.readInside(parts.join(""), node, level + 1);
    const { children } = node;
    after = children.at(-1)?.kind === "blank" ? children.pop() : undefined;
    const [first] = children;
    if (isNamed(first, "p") && !isSpaced) first.isTransparent = true;
  }
  addDefinitionList(reader, list);
  if (after !== undefined) parent.children.push(after);
  return true;
}

/** Takes the paragraph away that holds the terms, each on a line of its own; null if there is none. */
function takeTerms(children: MarkdownNode[]) {
  const [last, before] = [children.at(-1), children.at(-2)];
  const isBehindBlank = last?.kind === "blank" && last.text === "\n";
  const paragraph = isBehindBlank ? before : last;
  const source = isNamed(paragraph, "p") ? paragraph.children[0] : undefined;
  if (paragraph === undefined || source?.kind !== "source") return null;
  children.splice(isBehindBlank ? -2 : -1);
  const nodes = source.text.split("\n").map((line) => {
    const list = ITEM_LIST.exec(line);
    const content = createNode("source", "", line.slice(list?.[0].length ?? 0));
    const term = elementNode("dt", [content]);
    if (list !== null) term.lists.push(list[1] ?? "");
    return term;
  });
  return { nodes, lists: paragraph.lists, isBehindBlank };
}

/** Adds a definition list, or its terms to the list right before it. */
function addDefinitionList(reader: BlockReader, list: MarkdownNode): void {
  const { children } = reader.parent;
  const last = children.at(-1);
  const before = last?.kind === "blank" ? children.at(-2) : last;
  if (!isNamed(before, "dl")) {
    addBlock(reader, list);
    return;
  }
  if (before !== last) children.pop();
  for (const child of list.children) before.children.push(child);
}
