import { BLOCK_LIST } from "./attribute-lists.ts";
import {
  addBlock,
  behindBlankLines,
  behindBlockEnd,
  isMatch,
  lineEnd,
  matchAt,
  MOST_LEVELS,
  startsHtml,
} from "./block-reader.ts";
import type { BlockReader } from "./block-reader.ts";
import { createNode, elementNode } from "./markdown-node.ts";

const ABBREVIATION = / {0,3}\*\[([^\n]{1,200}?)\]:([^\n]*)\n/y;
const FOOTNOTE = / {0,3}\[\^([^\]\s]{1,200})\]:/y;
const LINK = / {0,3}\[([^\n\]]+)\]:[ \t]*([^\n]*)\n/y;
/** The longest address with its title; what is longer is text. */
const MOST_CHARACTERS = 2000;
const TARGET = /^(?:<([^>]*)>|(\S(?:[^\n]*?\S)?))(?:[ \t]+(["'])([^\n]+?)\3)?[ \t]*$/;
/** An address that holds its file itself, and may be as long as a file is. */
const EMBEDDED_TARGET =
  /^(?:<(data:[^\s<>"']*)>|(data:[^\s<>"']*))(?:[ \t]+(["'])([^\n]{1,2000}?)\3)?[ \t]*$/i;
const TITLE_LINE = /[ \t]*(["'])([^\n]+?)\1[ \t]*\n/y;
const BLANK = /[ \t]/;
/** An address with blanks in it; a sentence behind brackets is none. */
const BLANKS_IN_ADDRESS = /^[^\s]*[./][^\p{scx=Han}]*$/u;
const INDENT = /^(?:\t| {4})/gm;
/** A line with more than blanks, as `BLANK_LINES` knows them: a wide blank (U+3000) is a character of a text. */
const INDENTED = /(?:\t| {4})[ \t\r\f\v]*[^ \t\r\f\v\n]/y;

/** Reads what is defined for other places: a link's address, a footnote, an abbreviation. Whether there was one. */
export function readDefinition(reader: BlockReader): boolean {
  return readFootnote(reader) || readLink(reader) || readAbbreviation(reader);
}

function readFootnote(reader: BlockReader): boolean {
  const { document, text, position, level } = reader;
  const start = matchAt(FOOTNOTE, text, position);
  if (start === null || level >= MOST_LEVELS) return false;
  const [mark, name = ""] = start;
  const end = codeEnd(reader, lineEnd(text, position));
  reader.position = end;
  const content = elementNode("li");
  reader.readInside(
    text.slice(position + mark.length, end).replaceAll(INDENT, ""),
    content,
    level + 1,
  );
  document.footnotes.set(name, { content, references: 0 });
  addBlock(reader, createNode("end", "definition", ""));
  return true;
}

function readLink(reader: BlockReader): boolean {
  const { text, position } = reader;
  const start = matchAt(LINK, text, position);
  if (start === null) return false;
  const [line, name = "", target = ""] = start;
  const parts = (target.length > MOST_CHARACTERS ? EMBEDDED_TARGET : TARGET).exec(target);
  if (parts === null) return false;
  const [, bracketed, bare = "", , title] = parts;
  if (bracketed === undefined && !isAddress(bare)) return false;
  let end = position + line.length;
  const below = title === undefined ? matchAt(TITLE_LINE, text, end) : null;
  if (below !== null) end = TITLE_LINE.lastIndex;
  reader.position = end;
  const place = createNode("end", "definition", "");
  addBlock(reader, place);
  reader.document.links.set(linkName(name), {
    address: bracketed ?? bare,
    title: title ?? below?.[2] ?? null,
    place,
  });
  return true;
}

function isAddress(text: string): boolean {
  return !BLANK.test(text) || (BLANKS_IN_ADDRESS.test(text) && !/[ \t]["']/.test(text));
}

function readAbbreviation(reader: BlockReader): boolean {
  const found = matchAt(ABBREVIATION, reader.text, reader.position);
  if (found === null) return false;
  const [line, name = "", title = ""] = found;
  reader.position += line.length;
  const place = createNode("end", "definition", "");
  addBlock(reader, place);
  reader.document.abbreviations.set(name.trim().replaceAll(/\s+/g, " "), {
    title: title.trim(),
    place,
  });
  return true;
}

/** The name of a link without the difference between letters' cases and between blanks. */
export function linkName(name: string): string {
  return name.replaceAll(/\s+/g, " ").toLowerCase();
}

/** The index behind the indented lines at `from`, empty ones between them, and lines that go on right under them. */
export function codeEnd(reader: BlockReader, from: number): number {
  const { text } = reader;
  let end = from;
  for (;;) {
    const start = behindBlankLines(text, end);
    if (!isMatch(INDENTED, text, start)) return end;
    end = lineEnd(text, start);
    while (end < text.length && isMatch(INDENTED, text, end)) end = lineEnd(text, end);
    while (end < text.length && !endsCode(text, end)) end = lineEnd(text, end);
  }
}

function endsCode(text: string, index: number): boolean {
  return (
    behindBlankLines(text, index) > index ||
    isMatch(BLOCK_LIST, text, index) ||
    behindBlockEnd(text, index) > index ||
    startsHtml(text, index)
  );
}
