import { SPAN_LIST } from "./attribute-lists.ts";
import { matchAt } from "./block-reader.ts";
import { spanExtensionAt } from "./extensions.ts";
import type { MarkdownDocument } from "./markdown-document.ts";
import { addProblem } from "./markdown-document.ts";
import { addText, createNode, elementNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";
import { readTag } from "./span-html.ts";
import { readAutolink, readLink } from "./span-links.ts";
import type { EndsAt, SpanReader } from "./span-reader.ts";
import { addSpan, isMissing, revert, roomFor } from "./span-reader.ts";
import { isLatin, quoteAt, symbolAt } from "./typography.ts";

const MARKS = /[*_`<[\]{\\$&]|!\[|~~| {2}\n/g;
const TYPOGRAPHIC_MARKS = /[*_`<[\]{\\$&"']|!\[|~~| {2}\n|--|\.\.\.| ?>>/g;
const QUOTE = /["']/;
const EMPHASIS = /\*\*?|__?/y;
/** A letter, and perhaps a dash, before an underscore, which then is a part of a word. */
const IN_WORD = /\p{L}-?_*$/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const TICKS = /`+/y;
const ESCAPED = /\\([\\.*_+`<>()[\]{}#!:|"'$=~-])/y;
const ENTITY = /&(?:[\w:][\w.:-]{0,60}|#\d{1,9}|#x[\da-fA-F]{1,8});/y;
const FOOTNOTE = /\[\^([^\]\s]{1,200})\]/y;
/** Footnotes are named so often at most: a short name becomes thirty times as long. */
const MOST_REFERENCES = 1000;
const UNKNOWN_EXTENSION = /\{:[:/][^}\n]{0,100}\}/y;
const STRUCK = /~~(?![ \t\n~])/y;

/** Reads a line of Markdown into nodes. */
export function readSpans(document: MarkdownDocument, text: string): MarkdownNode[] {
  const isTypographic = document.options.typographic && isLatin(text);
  const root = elementNode("p");
  const reader: SpanReader = {
    document,
    text,
    marks: isTypographic ? TYPOGRAPHIC_MARKS : MARKS,
    position: 0,
    open: [],
    room: roomFor(text.length),
    missing: new Map(),
    lastEndTags: null,
    readUpTo: (span, endsAt, isRaw) => readUpTo(reader, span, endsAt, isRaw),
  };
  reader.readUpTo(root, null, false);
  return root.children;
}

function readUpTo(
  reader: SpanReader,
  span: MarkdownNode,
  endsAt: EndsAt | null,
  isRaw: boolean,
): boolean {
  const { text, marks } = reader;
  while (reader.position < text.length) {
    const from = reader.position;
    marks.lastIndex = from;
    const found = marks.exec(text);
    if (found === null) break;
    const { 0: mark, index } = found;
    const isFree = index > from;
    // The rules for a quotation mark look at the character before it, and give it back.
    const isGivenBack = isFree && !isRaw && QUOTE.test(mark) && text.charAt(index - 1) !== "\\";
    addText(span, text.slice(from, isGivenBack ? index - 1 : index));
    reader.position = index;
    if (endsAt?.(index, span) === true) return true;
    if (isRaw ? isRawRead(reader, span) : isRead(reader, span, isFree)) continue;
    addText(span, text.charAt(index));
    reader.position = index + 1;
  }
  if (endsAt !== null) return false;
  addText(span, text.slice(reader.position));
  reader.position = text.length;
  return false;
}

/** Reads an element or a reference to a character, which mean something even where Markdown does not. */
function isRawRead(reader: SpanReader, span: MarkdownNode): boolean {
  switch (reader.text.charAt(reader.position)) {
    case "<":
      return readTag(reader, span);
    case "&":
      return readEntity(reader, span);
    default:
      return false;
  }
}

/** Reads what the mark at the reader's place means; whether it means anything. */
function isRead(reader: SpanReader, span: MarkdownNode, isFree: boolean): boolean {
  const { text, position } = reader;
  switch (text.charAt(position)) {
    case "*":
    case "_":
      return readEmphasis(reader, span);
    case "`":
      return readCode(reader, span);
    case "<":
      return readAutolink(reader, span) || readTag(reader, span) || readSymbol(reader, span);
    case "[":
      return readFootnote(reader, span) || readLink(reader, span);
    case "!":
      return readLink(reader, span);
    case "$":
      return readFormula(reader, span);
    case "{":
      return readExtension(reader, span);
    case "&":
      return readEntity(reader, span);
    case "\\":
      return readEscape(reader, span);
    case "~":
      return readStruck(reader, span);
    case " ":
      return readLineBreak(reader, span, 2) || readSymbol(reader, span);
    case '"':
    case "'": {
      const quote = quoteAt(text, position, isFree);
      addText(span, quote.text);
      reader.position = quote.end;
      return true;
    }
    default:
      return readSymbol(reader, span);
  }
}

function readEmphasis(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position, open } = reader;
  const mark = matchAt(EMPHASIS, text, position)?.[0] ?? "";
  const element = mark.length === 2 ? "strong" : "em";
  const behind = position + mark.length;
  const isText =
    (mark.startsWith("_") && IN_WORD.test(text.slice(Math.max(position - 20, 0), position))) ||
    isAsciiBlank(text.charAt(behind)) ||
    behind >= text.length ||
    open.includes(element);
  if (!isText) {
    if (readEmphasisUpTo(reader, span, mark, element)) return true;
    const isOneMore = element === "strong" && !open.includes("em");
    if (isOneMore && readEmphasisUpTo(reader, span, mark.slice(1), "em")) return true;
  }
  addText(span, mark);
  reader.position = behind;
  return true;
}

function readEmphasisUpTo(
  reader: SpanReader,
  span: MarkdownNode,
  mark: string,
  element: string,
): boolean {
  const { text, position, open } = reader;
  const from = position + mark.length;
  if (reader.room < 0 || isMissing(reader, mark, from)) return false;
  const inside = elementNode(element);
  const twice = mark + mark;
  const endsAt: EndsAt = (index, { children }) => {
    if (!text.startsWith(mark, index) || isAsciiBlank(text.charAt(index - 1))) return false;
    const isDouble =
      element === "em" && text.startsWith(twice, index) && !text.startsWith(mark, index + 2);
    const isInWord = mark.startsWith("_") && LETTER_OR_DIGIT.test(text.charAt(index + mark.length));
    return !isDouble && !isInWord && children.length > 0;
  };
  open.push(element);
  reader.position = from;
  const isEnded = reader.readUpTo(inside, endsAt, false);
  open.pop();
  return isEnded
    ? addSpan(reader, span, inside, reader.position + mark.length)
    : revert(reader, position);
}

function isAsciiBlank(character: string): boolean {
  return /[ \t\n\r\f\v]/.test(character);
}

function readCode(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position } = reader;
  const ticks = matchAt(TICKS, text, position)?.[0] ?? "";
  const from = position + ticks.length;
  const isBetweenBlanks =
    ticks.length === 1 && /^$|\s/.test(text.charAt(position - 1)) && /\s/.test(text.charAt(from));
  const end = isBetweenBlanks || isMissing(reader, ticks, from) ? -1 : text.indexOf(ticks, from);
  if (end === -1) {
    addText(span, ticks);
    reader.position = from;
    return true;
  }
  const code = text.slice(from, end);
  const content = ticks.length === 1 ? code : code.replace(/^ /, "").replace(/ $/, "");
  const element = elementNode("code", [createNode("text", "", content)]);
  return addSpan(reader, span, element, end + ticks.length);
}

function readFootnote(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position, document } = reader;
  const found = matchAt(FOOTNOTE, text, position);
  if (found === null) return false;
  const [mark, name = ""] = found;
  const footnote = document.footnotes.get(name);
  if (footnote === undefined) {
    addProblem(document, "footnote-missing", mark);
    addText(span, mark);
    reader.position += mark.length;
    return true;
  }
  if (footnote.references >= MOST_REFERENCES) return false;
  footnote.references += 1;
  return addSpan(reader, span, createNode("footnote", name, ""), position + mark.length);
}

/** Keeps the source of a formula, in which nothing is Markdown. */
function readFormula(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position } = reader;
  if (!text.startsWith("$$", position) || isMissing(reader, "$$", position + 2)) return false;
  const end = text.indexOf("$$", position + 2);
  const source = text.slice(position + 2, end).trim();
  return addSpan(
    reader,
    span,
    elementNode("span", [createNode("text", "", `$${source}$`)]),
    end + 2,
  );
}

function readExtension(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position, document } = reader;
  const extension = spanExtensionAt(reader, position);
  if (extension !== null) {
    return addSpan(reader, span, extension.node ?? createNode("html", "", ""), extension.end);
  }
  const list = matchAt(SPAN_LIST, text, position);
  if (list === null) {
    const mark = matchAt(UNKNOWN_EXTENSION, text, position)?.[0];
    if (mark !== undefined) addProblem(document, "extension-as-text", mark);
    return false;
  }
  const last = span.children.at(-1);
  if (last === undefined || last.kind === "text") {
    addProblem(document, "list-misplaced", list[0]);
    return false;
  }
  last.lists.push(list[1] ?? "");
  reader.position += list[0].length;
  return true;
}

function readEntity(reader: SpanReader, span: MarkdownNode): boolean {
  const [entity] = matchAt(ENTITY, reader.text, reader.position) ?? [];
  return (
    entity !== undefined &&
    addSpan(reader, span, createNode("html", "", entity), reader.position + entity.length)
  );
}

function readEscape(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position } = reader;
  if (readLineBreak(reader, span, text.charAt(position + 1) === "\\" ? 2 : 1)) return true;
  if (/^\\(?:<<|>>)/.test(text.slice(position, position + 3))) {
    addText(span, text.slice(position + 1, position + 3));
    reader.position += 3;
    return true;
  }
  const escaped = matchAt(ESCAPED, text, position)?.[1];
  if (escaped === undefined) return false;
  addText(span, escaped);
  reader.position += 2;
  return true;
}

/** Reads two blanks or backslashes, or one backslash, at a line's end. */
function readLineBreak(reader: SpanReader, span: MarkdownNode, length: number): boolean {
  const end = reader.position + length;
  return reader.text.charAt(end) === "\n" && addSpan(reader, span, elementNode("br"), end);
}

function readStruck(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position, document } = reader;
  if (matchAt(STRUCK, text, position) === null || reader.room < 0) return false;
  if (position >= (reader.missing.get("~~") ?? Infinity)) return false;
  let end = text.indexOf("~~", position + 3);
  while (end !== -1 && isAsciiBlank(text.charAt(end - 1))) end = text.indexOf("~~", end + 1);
  if (end === -1) {
    reader.missing.set("~~", position);
    return false;
  }
  const inside = elementNode("del", readSpans(document, text.slice(position + 2, end)));
  reader.room -= end - position;
  return addSpan(reader, span, inside, end + 2);
}

function readSymbol(reader: SpanReader, span: MarkdownNode): boolean {
  if (reader.marks !== TYPOGRAPHIC_MARKS) return false;
  const symbol = symbolAt(reader.text, reader.position);
  if (symbol === null) return false;
  addText(span, symbol.text);
  reader.position = symbol.end;
  return true;
}
