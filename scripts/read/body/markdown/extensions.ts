import { BLOCK_LIST, NAMED_LIST } from "./attribute-lists.ts";
import { addBlock, isMatch, matchAt } from "./block-reader.ts";
import type { BlockReader } from "./block-reader.ts";
import { defineList, setOptions } from "./markdown-document.ts";
import type { MarkdownDocument } from "./markdown-document.ts";
import { createNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";

const START = String.raw`\{::(\w+)(?:\s((?:\\\}|[^}]){0,500}?)|)(\/)?\}`;
const BLOCK_START = new RegExp(String.raw` {0,3}${START}[ \t\r\f\v]*\n`, "y");
const SPAN_START = new RegExp(START, "y");
const BLOCK_STOP = String.raw`^ {0,3}\{:/(?:NAME)?\}[ \t\r\f\v]*\n`;
const SPAN_STOP = String.raw`\{:/(?:NAME)?\}`;
const HTML_TYPE = /\btype=["']?(?:[^"']*\s)?html\b/;

/** An extension such as `{::comment}…{:/}`, and the index behind it. */
interface Extension {
  readonly end: number;
  /** Null if it shows nothing. */
  readonly node: MarkdownNode | null;
}

interface ExtensionSource {
  readonly document: MarkdownDocument;
  readonly text: string;
  /** By name, an index from which on nothing ends an extension. */
  readonly missing: Map<string, number>;
}

/** Reads attribute lists and extensions that are blocks; whether there was one. */
export function readExtension(reader: BlockReader): boolean {
  const { document, text, position, parent } = reader;
  const named = matchAt(NAMED_LIST, text, position);
  if (named !== null) {
    const [line, name = "", list = ""] = named;
    reader.position += line.length;
    defineList(document, name, list);
    addBlock(reader, createNode("end", "list", ""));
    return true;
  }
  const extension = extensionAt(reader, position, BLOCK_START, BLOCK_STOP);
  if (extension !== null) {
    reader.position = extension.end;
    addBlock(reader, extension.node ?? createNode("end", "extension", ""));
    return true;
  }
  const found = matchAt(BLOCK_LIST, text, position);
  if (found === null) return false;
  const [lines, list = ""] = found;
  reader.position += lines.length;
  const last = parent.children.at(-1);
  const hasOwner =
    last !== undefined &&
    last.kind !== "blank" &&
    (last.kind !== "end" || last.name === "definition");
  if (!hasOwner) {
    reader.pendingLists.push(list);
    return true;
  }
  last.lists.push(list);
  if (!isMatch(BLOCK_LIST, text, reader.position)) addBlock(reader, createNode("end", "list", ""));
  return true;
}

/** The extension that begins at an index in a line; null if there is none, or if nothing ends it. */
export function spanExtensionAt(source: ExtensionSource, index: number): Extension | null {
  return extensionAt(source, index, SPAN_START, SPAN_STOP);
}

function extensionAt(
  { document, text, missing }: ExtensionSource,
  index: number,
  start: RegExp,
  stop: string,
): Extension | null {
  const found = matchAt(start, text, index);
  if (found === null) return null;
  const [mark, name = "", list = "", slash] = found;
  if (name !== "comment" && name !== "nomarkdown" && name !== "options") return null;
  const from = index + mark.length;
  let body = "";
  let end = from;
  if (slash === undefined) {
    if (from >= (missing.get(name) ?? Infinity)) return null;
    const closing = new RegExp(stop.replace("NAME", name), "gm");
    closing.lastIndex = from;
    const stopped = closing.exec(text);
    if (stopped === null) {
      missing.set(name, from);
      return null;
    }
    body = text.slice(from, stopped.index);
    end = closing.lastIndex;
  }
  if (name === "options") setOptions(document, list);
  const isShown = name === "nomarkdown" && (!list.includes("type") || HTML_TYPE.test(list));
  return { end, node: isShown && body !== "" ? createNode("html", "", body) : null };
}
