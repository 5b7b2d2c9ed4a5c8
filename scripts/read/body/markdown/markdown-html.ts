import type { MarkdownIt, StateBlock } from "markdown-it";
import {
  MARKDOWN_BLOCKS,
  MARKDOWN_LINES,
  RAW_TEXT_ELEMENTS,
  VOID_ELEMENTS,
} from "../html/html-elements.ts";

const BLOCK_TAG = /<(\/?)([a-z][a-z0-9]*)(?=[\s/>]|$)/iy;
const TAG_START = /<\/?([a-z][a-z0-9]*)(?=[\s/>]|$)/gi;
const COMMENT_END = "-->";
const MARKDOWN_ATTRIBUTE = /\smarkdown\s*=\s*["']?(1|block|span)["']?/i;
const OPENING_TAG = /^<(?:"[^"]*"|'[^']*'|[^"'>])*>/;

/**
 * Parses HTML in Markdown as kramdown does: an element ends at its end tag, text behind it on the same line or the next
 * is Markdown again, and `markdown="1"` makes the content Markdown. Two things differ. In an element that holds an empty
 * line, lines that are not HTML are Markdown (as in CommonMark, so that `<details>` works). And HTML that is indented by
 * four blanks or more under other HTML is not code.
 */
export function markdownHtml(markdown: MarkdownIt): void {
  markdown.block.ruler.before("code", "html_element", htmlElement, {
    alt: ["paragraph", "reference", "blockquote"],
  });
}

function htmlElement(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  const start = textStart(state, startLine);
  if (state.src.charAt(start) !== "<") return false;
  const tag = blockTagAt(state.src, start);
  if (tag === null) return false;
  if (at(state.sCount, startLine) - state.blkIndent >= 4 && !isUnderHtml(state, startLine)) {
    return false;
  }
  if (silent) return true;
  const block = takeElements(state, startLine, endLine);
  state.line = block.nextLine;
  const asMarkdown = MARKDOWN_ATTRIBUTE.exec(block.html);
  const isRaw = RAW_TEXT_ELEMENTS.has(tag.name) || tag.name === "pre";
  // A tag that an unclosed quotation mark keeps open has no content.
  const isWhole = OPENING_TAG.test(block.html.trimStart());
  if (asMarkdown !== null && !isRaw && isWhole) {
    pushMarkdownElement(state, block.html, tag.name, asMarkdown[1] === "span");
  } else {
    pushHtml(state, block.html);
  }
  if (block.trailing !== "") {
    parseInside(state, block.trailing);
  }
  return true;
}

interface TakenBlock {
  readonly html: string;
  /** Markdown behind the end tag, with the following lines of the same paragraph. */
  readonly trailing: string;
  readonly nextLine: number;
}

/** Takes the elements that follow each other without a line end between them, up to the end tag of the last. */
function takeElements(state: StateBlock, startLine: number, endLine: number): TakenBlock {
  const wholeElement = isMarkdownElement(state, startLine);
  let html = "";
  let scan: LineScan = { open: "", depth: 0, end: 0 };
  let line = startLine;
  for (; line < endLine; line += 1) {
    if (state.isEmpty(line)) {
      if (!wholeElement && endsAtEmptyLine(state, line, endLine, scan.open)) break;
      html += "\n";
      continue;
    }
    if (line > startLine && at(state.sCount, line) < state.blkIndent) break;
    const text = state.getLines(line, line + 1, state.blkIndent, false);
    scan = scanLine(text, scan);
    html += `${text.slice(0, scan.end)}\n`;
    if (scan.open !== "") continue;
    const trailing = text.slice(scan.end);
    if (trailing.trim() === "") return { html, trailing: "", nextLine: line + 1 };
    return takeTrailing(state, html, trailing, line + 1, endLine);
  }
  return { html, trailing: "", nextLine: line };
}

interface LineScan {
  /** The name of the element that is open at the end of the line; empty if there is none. */
  readonly open: string;
  /** How many elements of that name are open. */
  readonly depth: number;
  /** The index at which the HTML of the line ends. */
  readonly end: number;
}

function scanLine(text: string, before: LineScan): LineScan {
  let { open, depth } = before;
  let index = 0;
  const lastComment = text.lastIndexOf(COMMENT_END);
  for (;;) {
    if (open === "") {
      const next = skipToElement(text, index, lastComment);
      if (next.element === "") return { open, depth: 0, end: next.index };
      open = next.element;
      index = next.index;
      depth = 0;
    }
    const end = elementEnd(text, index, open, depth);
    if (end.index === -1) return { open, depth: end.depth, end: text.length };
    open = "";
    index = end.index;
  }
}

function takeTrailing(
  state: StateBlock,
  html: string,
  trailing: string,
  nextLine: number,
  endLine: number,
): TakenBlock {
  let line = nextLine;
  while (line < endLine && !state.isEmpty(line) && at(state.sCount, line) >= state.blkIndent) {
    if (blockTagAt(state.src, textStart(state, line)) !== null) break;
    line += 1;
  }
  const rest = state.getLines(nextLine, line, state.blkIndent, false);
  return {
    html,
    trailing: line > nextLine ? `${trailing}\n${rest}` : trailing,
    nextLine: line,
  };
}

/**
 * Finds the next block element that opens in a line, past comments, stray end tags, void elements and inline markup. If
 * text comes first, the rest of the line is Markdown, and `element` is empty.
 *
 * @param lastComment the index of the last end of a comment, or -1
 */
function skipToElement(
  text: string,
  from: number,
  lastComment: number,
): { index: number; element: string } {
  let index = from;
  for (;;) {
    while (text.charCodeAt(index) <= 32) index += 1;
    if (text.charAt(index) !== "<") return { index, element: "" };
    if (text.startsWith("<!--", index) && index + 4 <= lastComment) {
      index = text.indexOf(COMMENT_END, index + 4) + COMMENT_END.length;
      continue;
    }
    const tag = blockTagAt(text, index);
    if (tag !== null && !tag.isEnd && !VOID_ELEMENTS.has(tag.name)) {
      return { index, element: tag.name };
    }
    // Inline markup keeps the line HTML up to its next block tag.
    const next = tag === null ? nextBlockTag(text, index + 1) : text.indexOf(">", index) + 1;
    if (next <= 0) return { index: text.length, element: "" };
    index = next;
  }
}

function nextBlockTag(text: string, from: number): number {
  TAG_START.lastIndex = from;
  for (let found = TAG_START.exec(text); found !== null; found = TAG_START.exec(text)) {
    if (MARKDOWN_BLOCKS.has((found[1] ?? "").toLowerCase())) return found.index;
  }
  return -1;
}

/** Finds the end of an open element in a line: `index` is behind its end tag, or -1 if it stays open. */
function elementEnd(
  text: string,
  from: number,
  element: string,
  depthBefore: number,
): { index: number; depth: number } {
  let depth = depthBefore;
  TAG_START.lastIndex = from;
  for (let found = TAG_START.exec(text); found !== null; found = TAG_START.exec(text)) {
    if ((found[1] ?? "").toLowerCase() !== element) continue;
    depth += text.charAt(found.index + 1) === "/" ? -1 : 1;
    if (depth > 0) continue;
    const end = text.indexOf(">", found.index);
    return { index: end === -1 ? text.length : end + 1, depth: 0 };
  }
  return { index: -1, depth };
}

function endsAtEmptyLine(state: StateBlock, line: number, endLine: number, open: string): boolean {
  const next = state.skipEmptyLines(line);
  if (open === "" || next >= endLine) return true;
  if (lastEndTag(state, open) < at(state.bMarks, next)) return true;
  if (open === "pre" || open === "svg" || RAW_TEXT_ELEMENTS.has(open)) return false;
  const isHtml = state.src.charAt(textStart(state, next)) === "<";
  return !isHtml && at(state.sCount, next) - state.blkIndent < 4;
}

const lastEndTags = new WeakMap<StateBlock, Map<string, number>>();

/** The index of the last end tag of an element in the source; -1 if there is none. */
function lastEndTag(state: StateBlock, element: string): number {
  const known = lastEndTags.get(state) ?? new Map<string, number>();
  lastEndTags.set(state, known);
  const endTag = new RegExp(String.raw`</${element}\s*>`, "gi");
  const last = known.get(element) ?? [...state.src.matchAll(endTag)].at(-1)?.index ?? -1;
  known.set(element, last);
  return last;
}

function isMarkdownElement(state: StateBlock, line: number): boolean {
  const text = state.getLines(line, line + 1, state.blkIndent, false);
  return MARKDOWN_ATTRIBUTE.test(OPENING_TAG.exec(text.trimStart())?.[0] ?? "");
}

/** Whether an indented line continues HTML: HTML is right above it, or everything before it is HTML. */
function isUnderHtml(state: StateBlock, line: number): boolean {
  const last = state.tokens.at(-1);
  return (
    last?.type === "html_block" &&
    (last.map?.[1] === line || state.tokens.every(({ type }) => type === "html_block"))
  );
}

function pushHtml(state: StateBlock, html: string): void {
  const token = state.push("html_block", "", 0);
  token.content = html;
  token.map = [state.line, state.line];
}

function pushMarkdownElement(state: StateBlock, html: string, name: string, isText: boolean): void {
  const source = html.trimStart();
  const opening = OPENING_TAG.exec(source)?.[0] ?? "";
  const closingAt = source.toLowerCase().lastIndexOf(`</${name}`);
  const end = closingAt < opening.length ? source.length : closingAt;
  const content = source.slice(opening.length, end);
  pushHtml(state, opening.replace(MARKDOWN_ATTRIBUTE, ""));
  if (isText || MARKDOWN_LINES.has(name)) {
    const token = state.push("inline", "", 0);
    token.content = content.trim();
    token.map = [state.line, state.line];
    token.children = [];
  } else {
    parseInside(state, withoutIndent(content));
  }
  pushHtml(state, `${source.slice(end)}\n`);
}

/** Deeper HTML is not parsed as Markdown, since each level is parsed again within all levels around it. */
const MOST_LEVELS = 40;

/** Parses the Markdown inside of an element or behind it. */
function parseInside(state: StateBlock, source: string): void {
  if (state.level >= MOST_LEVELS) {
    pushHtml(state, source);
    return;
  }
  const { block } = state.md;
  const inner = new block.State(source, state.md, state.env, state.tokens);
  inner.level = state.level + 1;
  block.tokenize(inner, inner.line, inner.lineMax);
}

/** Removes the indentation that all lines have in common. */
function withoutIndent(text: string): string {
  const indents = text.match(/^[ \t]+(?=\S)|^(?=\S)/gm) ?? [];
  const shared = indents.reduce((least, { length }) => Math.min(least, length), text.length);
  return text.replaceAll(new RegExp(`^[ \\t]{${shared}}`, "gm"), "");
}

function blockTagAt(
  text: string,
  index: number,
): { readonly name: string; readonly isEnd: boolean } | null {
  BLOCK_TAG.lastIndex = index;
  const [, slash, name = ""] = BLOCK_TAG.exec(text) ?? [];
  const lowerCase = name.toLowerCase();
  return MARKDOWN_BLOCKS.has(lowerCase) ? { name: lowerCase, isEnd: slash === "/" } : null;
}

/** The index in the source of a line's text, behind its indentation. */
function textStart(state: StateBlock, line: number): number {
  return at(state.bMarks, line) + at(state.tShift, line);
}

/** Reads a line table of markdown-it, which holds a number for every line. */
function at(table: readonly number[], line: number): number {
  return table[line] ?? 0;
}
