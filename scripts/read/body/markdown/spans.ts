import { SPAN_LIST } from "./attribute-lists.ts";
import { matchAt } from "./block-reader.ts";
import { linkName } from "./definitions.ts";
import { spanExtensionAt } from "./extensions.ts";
import type { StartTag } from "./html-tags.ts";
import {
  contentModel,
  endTagAt,
  isKnown,
  isRawElement,
  isTornElement,
  startTagAt,
} from "./html-tags.ts";
import type { MarkdownDocument } from "./markdown-document.ts";
import { addText, createNode, elementNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";
import { isLatin, quoteAt, symbolAt } from "./typography.ts";

/**
 * Marks that turn out to open nothing make their text be read again. A text is read so many times at most, and a little
 * more; further marks are text.
 */
const MOST_TIMES = 30;
const MORE_CHARACTERS = 2000;
/** Spans in spans deeper than this are text. */
const MOST_LEVELS = 60;

const MARKS = /[*_`<[\]{\\$&]|!\[|~~| {2}\n/g;
const TYPOGRAPHIC_MARKS = /[*_`<[\]{\\$&"']|!\[|~~| {2}\n|--|\.\.\.| ?>>/g;
const EMPHASIS = /\*\*?|__?/y;
/** A letter, and perhaps a dash, before an underscore, which then is a part of a word. */
const IN_WORD = /\p{L}-?_*$/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const TICKS = /`+/y;
const AUTOLINK =
  /<((?:mailto|https?|ftps?):[^\n>]{1,2000}|[\p{L}\p{N}._-]{1,200}@[\p{L}\p{N}._-]+)>/uy;
const ESCAPED = /\\([\\.*_+`<>()[\]{}#!:|"'$=~-])/y;
const ESCAPES = /\\([\\.*_+`<>()[\]{}#!:|"'$=-])/g;
/** Such as Word's conditions. */
const DECLARATION = /<(?:!\[[^\]<>]*\]|\?[a-z][^<>]*)>/iy;
const ENTITY = /&(?:[\w:][\w.:-]{0,60}|#\d{1,9}|#x[\da-fA-F]{1,8});/y;
const FOOTNOTE = /\[\^([^\]\s]{1,200})\]/y;
/** Footnotes are named so often at most: a short name becomes thirty times as long. */
const MOST_REFERENCES = 1000;
const LINK_NAME = /\s*\[([^\]]{0,1000})\]/y;
const BRACKETED = /\(<([^>\n]*)>/y;
const PARENTHESIS = /[()]|\s(?=['"])/g;
const TITLE = /\s*(["'])([^]{1,2000}?)\1\s*\)/y;
const STRUCK = /~~(?![\s~])/y;

/** Whether the span that is read ends at an index. */
type EndsAt = (index: number, span: MarkdownNode) => boolean;

/** A text whose spans are read, and how far they are. */
interface SpanReader {
  readonly document: MarkdownDocument;
  readonly text: string;
  readonly marks: RegExp;
  position: number;
  /** Elements that hold the reader's place. */
  readonly open: string[];
  /** How many characters may be read again. */
  room: number;
  /** Marks that are known not to stand in the rest of the text. */
  readonly missing: Set<string>;
}

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
    room: MOST_TIMES * text.length + MORE_CHARACTERS,
    missing: new Set(),
  };
  readUpTo(reader, root, null, false);
  return root.children;
}

/**
 * Reads spans into a node up to where it ends; whether it does. Without an end the rest of the text is read.
 *
 * @param isRaw whether only elements of HTML are read
 */
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
    const { index } = found;
    addText(span, text.slice(from, index));
    reader.position = index;
    if (endsAt?.(index, span) === true) return true;
    const isFree = index > from;
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
      const last = span.children.at(-1);
      // The rules look at the character before a mark, and give it back.
      if (isFree && text.charAt(position - 1) !== "\\" && last?.kind === "text") {
        last.text = last.text.slice(0, -1);
      }
      addText(span, quote.text);
      reader.position = quote.end;
      return true;
    }
    default:
      return readSymbol(reader, span);
  }
}

function addSpan(reader: SpanReader, span: MarkdownNode, child: MarkdownNode, end: number): true {
  span.children.push(child);
  reader.position = end;
  return true;
}

/** Goes back to `position`, as what was begun there has no end. */
function revert(reader: SpanReader, position: number): false {
  reader.room -= reader.text.length - position;
  reader.position = position;
  return false;
}

function readEmphasis(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position, open } = reader;
  const mark = matchAt(EMPHASIS, text, position)?.[0] ?? "";
  const element = mark.length === 2 ? "strong" : "em";
  const behind = position + mark.length;
  const isText =
    (mark.startsWith("_") && IN_WORD.test(text.slice(Math.max(position - 20, 0), position))) ||
    /\s/.test(text.charAt(behind)) ||
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
  const isEnded = readUpTo(reader, inside, endsAt, false);
  open.pop();
  return isEnded
    ? addSpan(reader, span, inside, reader.position + mark.length)
    : revert(reader, position);
}

function isAsciiBlank(character: string): boolean {
  return /[ \t\n\r\f\v]/.test(character);
}

/** Whether a mark does not stand in the rest of the text. */
function isMissing({ text, missing }: SpanReader, mark: string, from: number): boolean {
  if (missing.has(mark)) return true;
  if (text.includes(mark, from)) return false;
  missing.add(mark);
  return true;
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

function readAutolink(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position } = reader;
  const found = matchAt(AUTOLINK, text, position);
  if (found === null) return false;
  const [mark, address = ""] = found;
  const link = elementNode("a", [createNode("text", "", address.replace(/^mailto:/, ""))]);
  link.attributes["href"] = /^\w+:/.test(address) ? address : `mailto:${address}`;
  return addSpan(reader, span, link, position + mark.length);
}

/** Reads a comment, or an element with its content; the tags of blocks are text, since they would tear the line. */
function readTag(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position } = reader;
  if (text.startsWith("<!--", position)) {
    const end = isMissing(reader, "-->", position) ? -1 : text.indexOf("-->", position + 4);
    return end !== -1 && addSpan(reader, span, createNode("html", "", ""), end + 3);
  }
  const ended = endTagAt(text, position);
  const end = ended === null ? -1 : text.indexOf(">", position) + 1;
  if (ended !== null && !isKnown(ended)) {
    return addSpan(reader, span, createNode("html", "", text.slice(position, end)), end);
  }
  const declaration = matchAt(DECLARATION, text, position);
  if (declaration !== null) {
    return addSpan(reader, span, createNode("html", "", ""), DECLARATION.lastIndex);
  }
  const tag = startTagAt(text, position);
  if (end !== -1 || (tag !== null && isTornElement(tag.name))) {
    const behind = tag?.end ?? end;
    const mark = text.slice(position, behind);
    reader.document.problems.push({ kind: "tag-as-text", mark });
    addText(span, mark);
    reader.position = behind;
    return true;
  }
  return tag !== null && readElement(reader, span, tag);
}

function readElement(reader: SpanReader, span: MarkdownNode, tag: StartTag): boolean {
  const { text, open, position, document } = reader;
  const { name, isEmpty } = tag;
  const closing = `</${name}`;
  if (!isKnown(name) && !isEmpty && !hasLater(reader, closing, tag.end)) {
    // Whether it is markup or text in angle brackets is told later.
    return addSpan(reader, span, createNode("html", "", text.slice(position, tag.end)), tag.end);
  }
  const element = elementNode(name);
  element.attributes = tag.attributes;
  if (isEmpty || open.length > MOST_LEVELS) return addSpan(reader, span, element, tag.end);
  const usual = isRawElement(name) || !isKnown(name) ? "raw" : "span";
  const asked = tag.asked === "default" || tag.asked === "block" ? contentModel(name) : tag.asked;
  const isParsed = (asked ?? (document.inline.parsesSpanHtml ? usual : "raw")) !== "raw";
  const end = isKnown(name)
    ? new RegExp(`${closing}\\s*>`, "iy")
    : new RegExp(`${RegExp.escape(closing)}\\s*>`, "y");
  open.push(name);
  reader.position = tag.end;
  span.children.push(element);
  if (
    isRawElement(name) &&
    name !== "code" &&
    name !== "kbd" &&
    name !== "samp" &&
    name !== "var"
  ) {
    const closed = isMissing(reader, closing, tag.end) ? -1 : text.indexOf(closing, tag.end);
    const to = closed === -1 ? text.length : closed;
    element.children.push(createNode("html", "", text.slice(tag.end, to)));
    reader.position = to;
  } else {
    readUpTo(reader, element, (index) => matchAt(end, text, index) !== null, !isParsed);
  }
  open.pop();
  const ended = matchAt(end, text, reader.position);
  if (ended === null) {
    addText(element, text.slice(reader.position));
    reader.position = text.length;
  } else {
    reader.position += ended[0].length;
  }
  return reader.position > position;
}

/** Whether an end tag stands in the rest of the text, whatever the case of its letters. */
function hasLater(reader: SpanReader, closing: string, from: number): boolean {
  if (reader.missing.has(closing)) return false;
  const pattern = new RegExp(RegExp.escape(closing), "gi");
  pattern.lastIndex = from;
  const isThere = pattern.test(reader.text);
  if (!isThere) reader.missing.add(closing);
  return isThere;
}

function readFootnote(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position, document } = reader;
  const found = matchAt(FOOTNOTE, text, position);
  if (found === null) return false;
  const [mark, name = ""] = found;
  const footnote = document.footnotes.get(name);
  if (footnote === undefined) {
    document.problems.push({ kind: "footnote-missing", mark });
    addText(span, mark);
    reader.position += mark.length;
    return true;
  }
  if (footnote.references >= MOST_REFERENCES) return false;
  footnote.references += 1;
  return addSpan(reader, span, createNode("footnote", name, ""), position + mark.length);
}

/** Reads a link or a picture: `[text](address "title")`, `[text][name]` or `[name]`. */
function readLink(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position, open } = reader;
  const isImage = text.charAt(position) === "!";
  const from = position + (isImage ? 2 : 1);
  if (reader.room < 0 || text.charAt(from) === "^" || open.length > MOST_LEVELS) return false;
  if (!isImage && (open.includes("a") || open.includes("img"))) return false;
  if (isMissing(reader, "]", from)) return false;
  const link = elementNode(isImage ? "img" : "a");
  let depth = 1;
  const endsAt: EndsAt = (index, { children }) => {
    const mark = text.charAt(index);
    if (mark === "]") depth -= 1;
    else if (mark === "[" || text.startsWith("![", index)) depth += 1;
    else return false;
    return (
      depth === children.filter(({ name, kind }) => kind === "element" && name === "img").length
    );
  };
  open.push(link.name);
  reader.position = from;
  const isEnded = readUpTo(reader, link, endsAt, false);
  open.pop();
  if (!isEnded) return revert(reader, position);
  const label = text.slice(from, reader.position).replaceAll(ESCAPES, "$1");
  const behind = reader.position + 1;
  const target = linkTarget(reader, behind, label);
  if (target === null) return revert(reader, position);
  const { lists = [] } = target;
  link.lists.push(...lists);
  link.attributes[isImage ? "src" : "href"] = target.address;
  if (isImage) {
    link.attributes["alt"] = label;
    link.children = [];
  }
  if (target.title !== null) link.attributes["title"] = target.title;
  return addSpan(reader, span, link, target.end);
}

interface Target {
  readonly address: string;
  readonly title: string | null;
  readonly lists?: readonly string[];
  readonly end: number;
}

function linkTarget(reader: SpanReader, index: number, label: string): Target | null {
  const { text, document } = reader;
  const named = matchAt(LINK_NAME, text, index);
  if (named !== null || text.charAt(index) !== "(") {
    const [written = "", name = ""] = named ?? [];
    const definition = document.links.get(linkName(name === "" ? label : name));
    return definition === undefined
      ? null
      : {
          address: definition.address,
          title: definition.title,
          lists: definition.place.lists,
          end: index + written.length,
        };
  }
  const bracketed = matchAt(BRACKETED, text, index);
  const [address, end] =
    bracketed === null
      ? plainAddress(text, index)
      : ([bracketed[1] ?? "", index + bracketed[0].length] as const);
  if (text.charAt(end) === ")") return { address, title: null, end: end + 1 };
  const titled = matchAt(TITLE, text, end);
  return titled === null ? null : { address, title: titled[2] ?? "", end: end + titled[0].length };
}

/** An address with its parentheses, up to the one that ends it or to a title, and the index behind it. */
function plainAddress(text: string, start: number): readonly [address: string, end: number] {
  let depth = 0;
  PARENTHESIS.lastIndex = start;
  for (let found = PARENTHESIS.exec(text); found !== null; found = PARENTHESIS.exec(text)) {
    const [mark] = found;
    if (mark === "(") depth += 1;
    else if (mark !== ")") return [text.slice(start + 1, found.index).trim(), found.index];
    else depth -= 1;
    if (depth === 0) return [text.slice(start + 1, found.index).trim(), found.index];
  }
  return ["", text.length];
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
  const extension = spanExtensionAt(document, text, position);
  if (extension !== null) {
    return addSpan(reader, span, extension.node ?? createNode("html", "", ""), extension.end);
  }
  const list = matchAt(SPAN_LIST, text, position);
  if (list === null) return false;
  const last = span.children.at(-1);
  if (last === undefined || last.kind === "text") {
    document.problems.push({ kind: "list-misplaced", mark: list[0] });
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
  let end = text.indexOf("~~", position + 3);
  while (end !== -1 && /\s/.test(text.charAt(end - 1))) end = text.indexOf("~~", end + 1);
  if (end === -1) return revert(reader, position);
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
