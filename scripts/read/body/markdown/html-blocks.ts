import {
  addBlock,
  isMatch,
  matchAt,
  MOST_LEVELS,
  tagPairsOf,
  behindBlankLines,
  lineEnd,
} from "./block-reader.ts";
import type { BlockReader } from "./block-reader.ts";
import type { StartTag } from "./html-tags.ts";
import {
  contentModel,
  endTagAt,
  isHidingWord,
  isKnown,
  isRawElement,
  isSpanElement,
  startTagAt,
} from "./html-tags.ts";
import { addProblem } from "./markdown-document.ts";
import { createNode, elementNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";

const HTML_START = /[ \t]*<(?=[A-Za-z_/!])/y;
const INDENT = /(?:\t| {4})/y;
/** Attributes as newspapers' systems write them, of which none says how Markdown is to be read. */
export const ATTRIBUTES = String.raw`(?: (?!markdown)[a-z][\w:-]*(?:="[^"<>\n]*")?)*`;
/** What a newspaper's paragraph holds: pictures, line breaks, and elements with mere text in them, such as a quote's anchor. */
const IN_PARAGRAPH = String.raw`<(?:img|br)${ATTRIBUTES} ?/?>|<(a|span|strong|b|em|i|u)${ATTRIBUTES}>[^<\n]*</\1>|<span${ATTRIBUTES}><a${ATTRIBUTES}>[^<\n]*</a></span>`;
/** A paragraph of HTML in a line, in which each tag has its end. It has one group. */
export const PARAGRAPH = String.raw`<p${ATTRIBUTES}>[^<\n]*(?:(?:${IN_PARAGRAPH})[^<\n]*)*</p>`;
const PARAGRAPHS = new RegExp(`(?:${PARAGRAPH})+`, "y");
const COMMENT_END = "-->";
const REST_OF_LINE = /[ \t]*\n/y;
const MARK = /<(?:!--|(?=[A-Za-z_/]))/g;
/** An empty line in HTML, and behind it a line that is none. */
const MARKDOWN_LINE = /\n(?:[ \t\r\f\v]*\n)+(?= {0,3}[^\s<])/g;

/**
 * Reads an element, a comment or an end tag that begins a line; whether there was one. As in kramdown an element reaches to
 * its end tag, what is behind it is Markdown again, and `markdown="1"` makes its content Markdown. Two things differ. In an
 * element that holds an empty line, lines that are not HTML are Markdown (as in CommonMark, so that `<details>` works). And
 * HTML that is indented under other HTML is not code.
 */
export function readHtmlBlock(reader: BlockReader): boolean {
  const { text, position } = reader;
  const lead = matchAt(HTML_START, text, position)?.[0];
  if (lead === undefined) return false;
  const start = position + lead.length - 1;
  if (matchAt(INDENT, text, position) !== null && !isUnderHtml(reader)) return false;
  if (isRegular(reader) && isMatch(PARAGRAPHS, text, start)) {
    addHtml(reader, PARAGRAPHS.lastIndex);
    return true;
  }
  if (text.startsWith("<!--", start)) return readComment(reader, start);
  const tag = startTagAt(text, start);
  if (tag !== null) {
    if (isSpanElement(tag.name)) return readSpansBeforeBlock(reader, start);
    return readElement(reader, start, tag);
  }
  const ended = endTagAt(text, start);
  if (ended === null || isSpanElement(ended) || tagPairsOf(reader).strays.has(start)) return false;
  addHtml(reader, text.indexOf(">", start) + 1);
  return true;
}

/** Whether HTML is nothing but HTML here, without attributes from a list before it. */
function isRegular({ pendingLists, document }: BlockReader): boolean {
  return pendingLists.length === 0 && !document.inline.parsesBlockHtml;
}

/** Whether there is nothing but HTML before the reader's place. */
function isUnderHtml({ parent }: BlockReader): boolean {
  const last = parent.children.findLast(({ kind }) => kind !== "blank");
  return last?.kind === "html";
}

function readComment(reader: BlockReader, start: number): boolean {
  const end = reader.text.indexOf(COMMENT_END, start + 4);
  if (end === -1) return false;
  reader.position = end + COMMENT_END.length;
  reader.parent.children.push(createNode("html", "", ""));
  skipRestOfLine(reader);
  return true;
}

/** Behind an element on its line, inline markup stays HTML up to the next element that is a block. */
function readSpansBeforeBlock(reader: BlockReader, start: number): boolean {
  const { text, position } = reader;
  if (position === 0 || text.charAt(position - 1) === "\n") return false;
  const end = lineEnd(text, start);
  for (let index = text.indexOf("<", start + 1); index !== -1 && index < end;) {
    const tag = startTagAt(text, index);
    if (tag !== null && isKnown(tag.name) && !isSpanElement(tag.name)) {
      addHtml(reader, index);
      return true;
    }
    index = text.indexOf("<", index + 1);
  }
  return false;
}

function readElement(reader: BlockReader, start: number, tag: StartTag): boolean {
  const { text, document, level, parent, position } = reader;
  const end = tagPairsOf(reader).ends.get(start);
  // Pasted markup that is no HTML has no block of its own if its paragraph holds it.
  const isInParagraph = end === undefined || end < nextBlankLine(reader, tag.end);
  if (!isKnown(tag.name) && isInParagraph) return false;
  if (end === undefined && isHidingWord(tag)) return false;
  const usual = document.inline.parsesBlockHtml ? contentModel(tag.name) : "raw";
  const asked = tag.asked === "default" ? contentModel(tag.name) : (tag.asked ?? usual);
  if (tag.isEmpty || (level >= MOST_LEVELS && asked === "block")) {
    addHtml(reader, tag.end);
    return true;
  }
  if (end === undefined && asked === "raw") {
    // Nobody knows where it ends: the next empty line does.
    const raw = rawContent(reader, position, nextBlankLine(reader, tag.end), tag);
    for (const node of raw.nodes) parent.children.push(node);
    reader.position = raw.end;
    return true;
  }
  const contentEnd = end ?? text.length;
  const behind = end === undefined ? contentEnd : text.indexOf(">", end) + 1;
  if (asked === "raw" && reader.pendingLists.length === 0) {
    const raw = rawContent(reader, position, contentEnd, tag);
    for (const node of raw.nodes) parent.children.push(node);
    reader.position = raw.end;
    if (raw.end === contentEnd) addHtml(reader, behind);
    return true;
  }
  const element = elementNode(tag.name);
  element.attributes = tag.attributes;
  element.children =
    asked === "raw"
      ? [createNode("html", "", text.slice(tag.end, contentEnd))]
      : parsedContent(reader, tag.end, contentEnd, asked);
  addBlock(reader, element);
  reader.position = behind;
  skipRestOfLine(reader);
  return true;
}

function parsedContent(
  reader: BlockReader,
  from: number,
  to: number,
  model: "block" | "span",
): MarkdownNode[] {
  const content = reader.text.slice(from, to);
  if (model === "span") return [createNode("source", "", content)];
  const inside = elementNode("div");
  reader.readInside(content.replace(/^[ \t]*\n/, ""), inside, reader.level + 1);
  return inside.children;
}

/**
 * Reads HTML from an element's start tag up to `to`, or to an empty line behind which Markdown begins. End tags that end nothing are text, as in
 * kramdown.
 */
function rawContent(
  reader: BlockReader,
  from: number,
  to: number,
  { name, end: tagEnd }: StartTag,
): { readonly nodes: MarkdownNode[]; readonly end: number } {
  const { text, level } = reader;
  const pairs = tagPairsOf(reader);
  const nodes: MarkdownNode[] = [];
  let copied = from;
  const copy = (end: number): void => {
    if (end > copied) nodes.push(createNode("html", "", text.slice(copied, end)));
    copied = end;
  };
  if (isRawElement(name)) {
    copy(to);
    return { nodes, end: to };
  }
  const open: { readonly name: string; readonly end: number }[] = [{ name, end: to }];
  let index = tagEnd;
  while (index < to) {
    MARK.lastIndex = index;
    const found = MARK.exec(text);
    const next = Math.min(found?.index ?? to, to);
    while ((open.at(-1)?.end ?? to) < next) open.pop();
    const markdownLine = findMarkdownLine(text, index, next);
    if (markdownLine !== -1 && contentModel(open.at(-1)?.name ?? "") === "block") {
      copy(markdownLine);
      return { nodes, end: markdownLine };
    }
    if (next >= to) break;
    if (text.startsWith("<!--", next)) {
      const end = text.indexOf(COMMENT_END, next + 4);
      index = end === -1 ? next + 1 : end + COMMENT_END.length;
      continue;
    }
    const tag = startTagAt(text, next);
    index = tag?.end ?? next + 1;
    if (tag === null) {
      const ended = endTagAt(text, next);
      const isTag = ended !== null;
      if (isTag) index = text.indexOf(">", next) + 1;
      if (isTag && (!pairs.strays.has(next) || !isKnown(ended))) continue;
      copy(next);
      const mark = text.slice(next, index);
      if (isTag) addProblem(reader.document, "tag-as-text", mark);
      nodes.push(createNode("text", "", mark));
      copied = index;
      continue;
    }
    const end = pairs.ends.get(next);
    if (end === undefined || tag.isEmpty) continue;
    const asked = tag.asked === "default" ? contentModel(tag.name) : tag.asked;
    if (asked !== null && asked !== "raw" && level < MOST_LEVELS) {
      copy(next);
      const element = elementNode(tag.name, parsedContent(reader, tag.end, end, asked));
      element.attributes = tag.attributes;
      nodes.push(element);
      index = text.indexOf(">", end) + 1;
      copied = index;
    } else if (isRawElement(tag.name)) {
      index = end;
    } else {
      open.push({ name: tag.name, end });
    }
  }
  copy(to);
  return { nodes, end: to };
}

/** Where the first line of Markdown behind an empty line begins; -1 if there is none. */
function findMarkdownLine(text: string, from: number, to: number): number {
  if (to - from < 3) return -1;
  MARKDOWN_LINE.lastIndex = 0;
  const found = MARKDOWN_LINE.exec(text.slice(from, to));
  return found === null ? -1 : from + found.index + found[0].length;
}

/** The index of the next empty line, or of the text's end. */
function nextBlankLine(reader: BlockReader, from: number): number {
  const { text, blankLine } = reader;
  if (from < blankLine.from || from > blankLine.index) {
    let index = lineEnd(text, from);
    while (index < text.length && behindBlankLines(text, index) === index) {
      index = lineEnd(text, index);
    }
    reader.blankLine = { from, index };
  }
  return reader.blankLine.index;
}

/** Adds what stands up to `end` as it is, with the end of its line. */
function addHtml(reader: BlockReader, end: number): void {
  const { text, position } = reader;
  reader.position = end;
  skipRestOfLine(reader);
  addBlock(reader, createNode("html", "", text.slice(position, reader.position)));
}

function skipRestOfLine(reader: BlockReader): void {
  if (matchAt(REST_OF_LINE, reader.text, reader.position) !== null) {
    reader.position = REST_OF_LINE.lastIndex;
  }
}
