import { matchAt } from "./block-reader.ts";
import type { StartTag } from "./html-tags.ts";
import {
  contentModel,
  endTagAt,
  isHidingWord,
  isKnown,
  isRawElement,
  isTornElement,
  startTagAt,
} from "./html-tags.ts";
import { addProblem } from "./markdown-document.ts";
import { addText, createNode, elementNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";
import type { SpanReader } from "./span-reader.ts";
import { addSpan, hasEndTag, isMissing, MOST_SPANS } from "./span-reader.ts";

/** Such as Word's conditions. */
const DECLARATION = /<(?:!\[[^\]<>]*\]|\?[a-z][^<>]*)>/iy;
/** Elements in which no tags are read. */
const UNREAD = new Set(["script", "style", "math", "option", "textarea", "svg"]);

/** Reads a comment, or an element with its content; the tags of blocks are text, since they would tear the line. */
export function readTag(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position } = reader;
  if (text.startsWith("<!--", position)) {
    const end = isMissing(reader, "-->", position) ? -1 : text.indexOf("-->", position + 4);
    return end !== -1 && addSpan(reader, span, createNode("html", "", ""), end + 3);
  }
  const ended = endTagAt(text, position);
  const end = ended === null ? -1 : text.indexOf(">", position) + 1;
  // In XML the case of letters counts: such a tag does not end the element that is open.
  const isMisspelt = reader.open.some((name) => name.toLowerCase() === ended?.toLowerCase());
  if (ended !== null && !isKnown(ended) && !isMisspelt) {
    return addSpan(reader, span, createNode("html", "", text.slice(position, end)), end);
  }
  const declaration = matchAt(DECLARATION, text, position);
  if (declaration !== null) {
    return addSpan(reader, span, createNode("html", "", ""), DECLARATION.lastIndex);
  }
  const tag = startTagAt(text, position);
  const isWord = tag !== null && isHidingWord(tag) && !hasEndTag(reader, tag.name, tag.end);
  if (end !== -1 || isWord || (tag !== null && isTornElement(tag.name))) {
    const behind = tag?.end ?? end;
    const mark = text.slice(position, behind);
    addProblem(reader.document, "tag-as-text", mark);
    addText(span, mark);
    reader.position = behind;
    return true;
  }
  return tag !== null && readElement(reader, span, tag);
}

function readElement(reader: SpanReader, span: MarkdownNode, tag: StartTag): boolean {
  const { text, open, position, document } = reader;
  const { name, isEmpty } = tag;
  if (!isKnown(name) && !isEmpty && !hasEndTag(reader, name, tag.end)) {
    // Whether it is markup or text in angle brackets is told later.
    return addSpan(reader, span, createNode("html", "", text.slice(position, tag.end)), tag.end);
  }
  const element = elementNode(name);
  element.attributes = tag.attributes;
  if (isEmpty || open.length > MOST_SPANS) return addSpan(reader, span, element, tag.end);
  const usual = isRawElement(name) || !isKnown(name) ? "raw" : "span";
  const asked = tag.asked === "default" || tag.asked === "block" ? contentModel(name) : tag.asked;
  const isParsed = (asked ?? (document.inline.parsesSpanHtml ? usual : "raw")) !== "raw";
  open.push(name);
  reader.position = tag.end;
  span.children.push(element);
  if (UNREAD.has(name)) {
    const closing = `</${name}`;
    const closed = isMissing(reader, closing, tag.end) ? -1 : text.indexOf(closing, tag.end);
    reader.position = closed === -1 ? text.length : closed;
    element.children.push(createNode("html", "", text.slice(tag.end, reader.position)));
  } else {
    reader.readUpTo(element, (index) => endTagAt(text, index) === name, !isParsed);
  }
  open.pop();
  if (endTagAt(text, reader.position) === name) {
    reader.position = text.indexOf(">", reader.position) + 1;
  } else {
    addText(element, text.slice(reader.position));
    reader.position = text.length;
  }
  return true;
}
