import {
  addBlock,
  behindBlankLines,
  behindBlockEnd,
  behindRule,
  createReader,
  endsLazyText,
  endsParagraph,
  isAfterBoundary,
  isBeforeBoundary,
  isMatch,
  lineEnd,
  matchAt,
  MOST_LEVELS,
} from "./block-reader.ts";
import type { BlockReader } from "./block-reader.ts";
import { codeEnd, readDefinition } from "./definitions.ts";
import { readExtension } from "./extensions.ts";
import { readHtmlBlock } from "./html-blocks.ts";
import { readDefinitionList, readList } from "./lists.ts";
import type { MarkdownDocument } from "./markdown-document.ts";
import { createNode, elementNode, isNamed } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";
import { readTable } from "./tables.ts";

const INDENT = /^(?:\t| {4})/gm;
const INDENTED = /(?:\t| {4})/y;
const LAZY_LINE = /\n( {0,3}\S)/g;
const FENCE_START = / {0,3}((~|`)\2{2,})[ \t]*([^\n]*)\n/y;
const FENCE_END = / {0,3}(~{3,}|`{3,})[ \t\r\f\v]*\n/y;
const INFO = /^(\S+?)(?:\?\S*)?(?:\s|$)/;
const QUOTATION = / {0,3}>/y;
const QUOTE_MARK = /^ {0,3}> ?/;
const HEADING = /(#{1,6})([\t ]*)([^ \t\n][^\n]*)\n/y;
const UNDERLINED = / {0,3}([^ \t\n][^\n]*)\n([-=])[-=]*[ \t\r\f\v]*\n/y;
/** Marks behind a heading; the sign of `C#` and its like is none. */
const CLOSING_MARKS = /(?<![\\#]|\b[A-Z])#+$/;
const HEADING_ID = /[\t ]\{#([\p{L}_:][\p{L}\p{N}_:.·-]*)\}$/u;
/** Behind a single mark without a blank: `#header#`. `#6186` is a number, and `#话题#` is a topic, as people write it. */
const CLOSED = /^(?!\p{scx=Han}).*#$/u;
const FORMULA = / {0,3}\$\$([^]*?)\$\$([ \t\r\f\v]*\n)?/y;

/** Reads a text's blocks into a node. */
export function readBlocks(document: MarkdownDocument, source: string, root: MarkdownNode): void {
  const readInside = (text: string, parent: MarkdownNode, level: number): void => {
    const ended = text === "" || text.endsWith("\n") ? text : `${text}\n`;
    const reader = createReader(document, ended, parent, level, readInside);
    while (reader.position < ended.length) readBlock(reader);
  };
  readInside(source, root, 0);
}

/** Reads one block; each kind is tried in the order in which kramdown tries them. */
function readBlock(reader: BlockReader): void {
  const { text, position } = reader;
  const blank = behindBlankLines(text, position);
  if (blank > position) {
    readBlankLines(reader, blank);
    return;
  }
  if (readHtmlBlock(reader)) return;
  let start = position;
  while (text.charAt(start) === " " && start < position + 3) start += 1;
  if (!isSpecial(reader, text.charAt(start)) && !readUnderlined(reader) && !readTable(reader)) {
    readParagraph(reader);
  }
}

/** Reads a block that its first character tells; whether there was one. */
function isSpecial(reader: BlockReader, mark: string): boolean {
  switch (mark) {
    case " ":
    case "\t":
      return readCode(reader);
    case "~":
    case "`":
      return readFence(reader);
    case ">":
      return readQuotation(reader);
    case "#":
      return readHeading(reader);
    case "*":
      return readRule(reader) || readList(reader) || readDefinition(reader);
    case "-":
      return readRule(reader) || readList(reader);
    case "_":
      return readRule(reader);
    case ":":
      return readDefinitionList(reader);
    case "$":
      return readFormula(reader);
    case "[":
      return readDefinition(reader);
    case "{":
      return readExtension(reader);
    case "^":
      return readBlockEnd(reader);
    default:
      return /[+\d]/.test(mark) && readList(reader);
  }
}

function readBlankLines(reader: BlockReader, end: number): void {
  const lines = reader.text.slice(reader.position, end);
  reader.position = end;
  const last = reader.parent.children.at(-1);
  if (last?.kind === "blank") last.text += lines;
  else addBlock(reader, createNode("blank", "", lines));
}

function readBlockEnd(reader: BlockReader): boolean {
  const end = behindBlockEnd(reader.text, reader.position);
  if (end === reader.position) return false;
  reader.position = end;
  addBlock(reader, createNode("end", "", ""));
  return true;
}

function readRule(reader: BlockReader): boolean {
  const end = behindRule(reader.text, reader.position);
  if (end === reader.position) return false;
  reader.position = end;
  addBlock(reader, elementNode("hr"));
  return true;
}

function readCode(reader: BlockReader): boolean {
  if (!isMatch(INDENTED, reader.text, reader.position)) return false;
  const end = codeEnd(reader, reader.position);
  const code = reader.text.slice(reader.position, end);
  reader.position = end;
  addCode(reader, code.replaceAll(LAZY_LINE, " $1").replaceAll(INDENT, ""), "");
  return true;
}

/** Reads code between fences. A fence that nothing ends is text. */
function readFence(reader: BlockReader): boolean {
  const { text, openFences } = reader;
  const start = matchAt(FENCE_START, text, reader.position);
  if (start === null) return false;
  const [opening, fence = "", mark = "", written = ""] = start;
  const info = written.trim();
  if (info.includes(mark) || fence.length >= (openFences.get(mark) ?? Infinity)) return false;
  const from = reader.position + opening.length;
  for (let line = from; line < text.length; line = lineEnd(text, line)) {
    const ending = matchAt(FENCE_END, text, line)?.[1] ?? "";
    if (!ending.startsWith(fence)) continue;
    reader.position = FENCE_END.lastIndex;
    const list = info.indexOf("{:");
    const language = INFO.exec(list === -1 ? info : info.slice(0, list))?.[1] ?? "";
    const code = addCode(reader, text.slice(from, line), language);
    if (list !== -1) code.lists.push(info.slice(list + 2, -1));
    return true;
  }
  openFences.set(mark, fence.length);
  return false;
}

function addCode(reader: BlockReader, code: string, language: string): MarkdownNode {
  const inside = elementNode("code", [createNode("text", "", `${code.replace(/\n$/, "")}\n`)]);
  const block = elementNode("pre", [inside]);
  if (language !== "") inside.attributes["class"] = `language-${language}`;
  addBlock(reader, block);
  return block;
}

function readQuotation(reader: BlockReader): boolean {
  const { text, level } = reader;
  if (!isMatch(QUOTATION, text, reader.position) || level >= MOST_LEVELS) return false;
  let lines = "";
  do {
    const end = lineEnd(text, reader.position);
    const line = text.slice(reader.position, end);
    const content = line.replace(QUOTE_MARK, "");
    // A line without the mark goes on with the paragraph before it, even if it looks like a heading.
    lines += content === line && line.startsWith("#") ? ` ${line}` : content;
    reader.position = end;
  } while (!endsLazyText(reader, reader.position));
  const quotation = elementNode("blockquote");
  addBlock(reader, quotation);
  reader.readInside(lines, quotation, level + 1);
  return true;
}

function readHeading(reader: BlockReader): boolean {
  const heading = matchAt(HEADING, reader.text, reader.position);
  if (heading === null) return false;
  const [line, marks = "", blanks, written = ""] = heading;
  if (
    blanks === "" &&
    (!isAfterBoundary(reader) || (marks === "#" && !CLOSED.test(written.trimEnd())))
  ) {
    return false;
  }
  const { content, id } = headingParts(written);
  const closed = content.replace(CLOSING_MARKS, "").trimEnd();
  return addHeading(reader, marks.length, closed, id, line.length);
}

function readUnderlined(reader: BlockReader): boolean {
  if (!isAfterBoundary(reader)) return false;
  const heading = matchAt(UNDERLINED, reader.text, reader.position);
  if (heading === null) return false;
  const [lines, written = "", mark] = heading;
  const { content, id } = headingParts(written);
  return addHeading(reader, mark === "=" ? 1 : 2, content, id, lines.length);
}

function headingParts(written: string): { readonly content: string; readonly id: string | null } {
  const content = written.trimEnd();
  const [mark, id] = HEADING_ID.exec(content) ?? [];
  return mark === undefined
    ? { content, id: null }
    : { content: content.slice(0, -mark.length).trimEnd(), id: id ?? null };
}

function addHeading(
  reader: BlockReader,
  level: number,
  content: string,
  id: string | null,
  length: number,
): boolean {
  if (content === "") return false;
  const heading = elementNode(`h${level}`, [createNode("source", "", content)]);
  if (id !== null) heading.attributes["id"] = id;
  addBlock(reader, heading);
  reader.position += length;
  return true;
}

/** Reads a formula that is a block, and keeps its source. */
function readFormula(reader: BlockReader): boolean {
  if (!isAfterBoundary(reader)) return false;
  const formula = matchAt(FORMULA, reader.text, reader.position);
  if (formula === null) return false;
  const [written, source = ""] = formula;
  const end = reader.position + written.length;
  if (!isBeforeBoundary(reader, end)) return false;
  reader.position = end;
  addBlock(reader, elementNode("div", [createNode("text", "", `$$\n${source.trim()}\n$$`)]));
  return true;
}

function readParagraph(reader: BlockReader): void {
  const { text, position } = reader;
  let end = lineEnd(text, position);
  while (!endsParagraph(reader, end)) end = lineEnd(text, end);
  reader.position = end;
  const lines = text.slice(position, end).trimEnd();
  const last = reader.parent.children.at(-1);
  const source = isNamed(last, "p") ? last.children.at(-1) : undefined;
  if (source?.kind === "source") {
    source.text += `${text.slice(0, position).endsWith("  \n") ? "  " : ""}\n${lines}`;
    return;
  }
  const content = lines.replace(/^[ \t]+/, "");
  addBlock(reader, elementNode("p", [createNode("source", "", content)]));
}
