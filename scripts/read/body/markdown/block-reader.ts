import { BLOCK_LIST } from "./attribute-lists.ts";
import type { TagPairs } from "./html-tags.ts";
import { isSpanElement, pairTags } from "./html-tags.ts";
import type { MarkdownDocument } from "./markdown-document.ts";
import type { MarkdownNode } from "./markdown-node.ts";

/** Blocks in blocks deeper than this are text, since each level is read within all levels around it. */
export const MOST_LEVELS = 25;
/** Rows that turn out to be no table are read again from the next line on: so many times, and then are text. */
const MOST_TABLE_TRIES = 10;

const BLANK_LINES = /(?:[ \t\r\f\v]*\n)+/y;
const BLOCK_END = /\^[ \t\r\f\v]*\n/y;
const RULE = / {0,3}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n/y;
const HTML_LINE = / {0,3}<(?:([A-Za-z_][\w.:-]*)|\/([A-Za-z_][\w.:-]*)\s*>)/y;
const FENCE = / {0,3}([~`])\1{2,}/y;
const LIST_START = / {0,3}([+*-]|\d+\.)[\t |].*\n/y;
const DEFINITION = / {0,3}:[\t |].*\n/y;
const HEADING = /#{1,6}[\t ]+[^ \t\n]/y;
const QUOTATION = / {0,3}>/y;
const COLON = /[:：]\s*$/;
/** A line between the head and the body of a table, if it holds a `|` and a `-`. */
const TABLE_RULE = /[+|: \t-]+\n/y;

/** A text whose blocks are read, and how far they are. Its last line ends, too. */
export interface BlockReader {
  readonly document: MarkdownDocument;
  readonly text: string;
  /** How many blocks hold this text. */
  readonly level: number;
  position: number;
  parent: MarkdownNode;
  /** Attribute lists that stand before their block. */
  pendingLists: string[];
  tagPairs: TagPairs | null;
  /** Where the next empty line behind an index is, as far as it was looked for. */
  blankLine: { readonly from: number; readonly index: number };
  /** By their mark, the length from which on no fence ends in the rest of the text. */
  readonly openFences: Map<string, number>;
  /** By name, an index from which on nothing ends an extension. */
  readonly missing: Map<string, number>;
  /** How many characters of rows may still turn out to be no table. */
  tableRoom: number;
  /** Reads the blocks of another text into a node. */
  readonly readInside: ReadBlocks;
}

/** Reads the blocks of a text into a node; `level` counts the blocks that hold them. */
export type ReadBlocks = (text: string, parent: MarkdownNode, level: number) => void;

export function createReader(
  document: MarkdownDocument,
  text: string,
  parent: MarkdownNode,
  level: number,
  readInside: ReadBlocks,
): BlockReader {
  return {
    document,
    text,
    level,
    position: 0,
    parent,
    pendingLists: [],
    tagPairs: null,
    blankLine: { from: 0, index: -1 },
    openFences: new Map(),
    missing: new Map(),
    tableRoom: MOST_TABLE_TRIES * text.length,
    readInside,
  };
}

/** Adds a block with the attribute lists that stand before it. */
export function addBlock(reader: BlockReader, block: MarkdownNode): void {
  if (reader.pendingLists.length > 0) block.lists = [...block.lists, ...reader.pendingLists];
  reader.pendingLists = [];
  reader.parent.children.push(block);
}

export function tagPairsOf(reader: BlockReader): TagPairs {
  reader.tagPairs ??= pairTags(reader.text);
  return reader.tagPairs;
}

/** What an expression, which must be sticky, matches at an index; null if it does not. */
export function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

export function isMatch(pattern: RegExp, text: string, index: number): boolean {
  pattern.lastIndex = index;
  return pattern.test(text);
}

/** The index behind the line that begins at `index`. */
export function lineEnd(text: string, index: number): number {
  const end = text.indexOf("\n", index);
  return end === -1 ? text.length : end + 1;
}

/** The index behind the empty lines at `index`. */
export function behindBlankLines(text: string, index: number): number {
  return isMatch(BLANK_LINES, text, index) ? BLANK_LINES.lastIndex : index;
}

/** The index behind a line with nothing but `^`, which ends blocks, or `index`. */
export function behindBlockEnd(text: string, index: number): number {
  return isMatch(BLOCK_END, text, index) ? BLOCK_END.lastIndex : index;
}

/** The index behind a line of at least three stars, dashes or underscores, or `index`. */
export function behindRule(text: string, index: number): number {
  return isMatch(RULE, text, index) ? RULE.lastIndex : index;
}

/** Whether a new block may begin here even if it may not interrupt a paragraph. */
export function isAfterBoundary({ parent, pendingLists }: BlockReader): boolean {
  const last = parent.children.at(-1);
  return (
    last === undefined ||
    last.kind === "blank" ||
    (last.kind === "end" && last.name === "") ||
    pendingLists.length > 0
  );
}

export function isBeforeBoundary({ text }: BlockReader, index: number): boolean {
  return (
    index >= text.length ||
    isMatch(BLANK_LINES, text, index) ||
    isMatch(BLOCK_END, text, index) ||
    isMatch(BLOCK_LIST, text, index)
  );
}

/** Whether a line ends any text that goes on over lines without its marks, as in a quotation or an item. */
export function endsLazyText(reader: BlockReader, index: number): boolean {
  return isBeforeBoundary(reader, index) || startsHtml(reader.text, index);
}

/** Whether a line begins with the tag of an element that is a block; an unknown element is one. */
export function startsHtml(text: string, index: number): boolean {
  const found = matchAt(HTML_LINE, text, index);
  if (found === null) return false;
  const name = /^\w+/.exec(found[1] ?? found[2] ?? "")?.[0] ?? "";
  return !isSpanElement(name) && name !== "script";
}

/**
 * Whether a line ends a paragraph. As Jekyll sets kramdown, headings, quotations, code and lists do, also without an empty
 * line before them.
 */
export function endsParagraph(reader: BlockReader, index: number): boolean {
  const { text } = reader;
  return (
    endsLazyText(reader, index) ||
    isMatch(DEFINITION, text, index) ||
    isMatch(HEADING, text, index) ||
    isMatch(QUOTATION, text, index) ||
    isMatch(FENCE, text, index) ||
    interruptsAsList(text, index) ||
    interruptsAsTable(text, index)
  );
}

/**
 * Whether a line right under text begins a list: a colon announces it, or another item follows. A line of prose that
 * happens to begin with `1984.` or `-` stays in its paragraph.
 */
function interruptsAsList(text: string, index: number): boolean {
  const mark = matchAt(LIST_START, text, index)?.[1];
  if (mark === undefined || isMatch(RULE, text, index)) return false;
  const before = text.slice(text.lastIndexOf("\n", index - 2) + 1, index);
  if (COLON.test(before)) return true;
  const isOrdered = mark.length > 1;
  let line = lineEnd(text, index);
  while (line < text.length && !isMatch(BLANK_LINES, text, line)) {
    const next = matchAt(LIST_START, text, line)?.[1];
    if (next !== undefined && next.length > 1 === isOrdered) return true;
    line = lineEnd(text, line);
  }
  return false;
}

/** Whether a table with a head begins right under text. */
export function interruptsAsTable(text: string, index: number): boolean {
  const next = lineEnd(text, index);
  const rule = matchAt(TABLE_RULE, text, next)?.[0] ?? "";
  return rule.includes("-") && rule.includes("|") && text.slice(index, next).includes("|");
}
