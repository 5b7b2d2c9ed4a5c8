import { matchAt } from "./block-reader.ts";
import { linkName } from "./definitions.ts";
import { hasListRoom } from "./markdown-document.ts";
import { createNode, elementNode, isNamed } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";
import type { EndsAt, SpanReader } from "./span-reader.ts";
import { addSpan, isMissing, MOST_SPANS, revert } from "./span-reader.ts";

const AUTOLINK =
  /<((?:mailto|https?|ftps?):[^\n>]{1,2000}|[\p{L}\p{N}._-]{1,200}@[\p{L}\p{N}._-]+)>/uy;
const ESCAPES = /\\([\\.*_+`<>()[\]{}#!:|"'$=-])/g;
const LINK_NAME = /\s*\[([^\]]{0,1000})\]/y;
const BRACKETED = /\(<([^>\n]*)>/y;
const PARENTHESIS = /[()]|\s(?=['"])/g;
const TITLE = /\s*(["'])([^]{1,2000}?)\1\s*\)/y;

/** Reads an address in angle brackets; whether there is one. */
export function readAutolink(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position } = reader;
  const found = matchAt(AUTOLINK, text, position);
  if (found === null) return false;
  const [mark, address = ""] = found;
  const link = elementNode("a", [createNode("text", "", address.replace(/^mailto:/, ""))]);
  link.attributes["href"] = /^\w+:/.test(address) ? address : `mailto:${address}`;
  return addSpan(reader, span, link, position + mark.length);
}

/** Reads a link or a picture: `[text](address "title")`, `[text][name]` or `[name]`. */
export function readLink(reader: SpanReader, span: MarkdownNode): boolean {
  const { text, position, open } = reader;
  const isImage = text.charAt(position) === "!";
  const from = position + (isImage ? 2 : 1);
  if (reader.room < 0 || text.charAt(from) === "^" || open.length > MOST_SPANS) return false;
  if (!isImage && (open.includes("a") || open.includes("img"))) return false;
  if (isMissing(reader, "]", from)) return false;
  const link = elementNode(isImage ? "img" : "a");
  // Pictures in the text have brackets of their own.
  let depth = 1;
  let counted = 0;
  const endsAt: EndsAt = (index, { children }) => {
    for (; counted < children.length; counted += 1) {
      if (isNamed(children[counted], "img")) depth -= 1;
    }
    const mark = text.charAt(index);
    if (mark === "]") depth -= 1;
    else if (mark === "[" || text.startsWith("![", index)) depth += 1;
    else return false;
    return depth === 0;
  };
  open.push(link.name);
  reader.position = from;
  const isEnded = reader.readUpTo(link, endsAt, false);
  open.pop();
  if (!isEnded) return revert(reader, position);
  const label = text.slice(from, reader.position).replaceAll(ESCAPES, "$1");
  const behind = reader.position + 1;
  const target = linkTarget(reader, behind, label);
  if (target === null) return revert(reader, position);
  const { lists = [] } = target;
  for (const list of lists) {
    if (!hasListRoom(reader.document, list.length)) break;
    link.lists.push(list);
  }
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
  if (titled !== null) return { address, title: titled[2] ?? "", end: end + titled[0].length };
  // What was searched is read again.
  reader.room -= end - index;
  return null;
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
