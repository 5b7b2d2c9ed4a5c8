import type { MarkdownDocument } from "./markdown-document.ts";
import type { MarkdownNode } from "./markdown-node.ts";

/**
 * Marks that turn out to open nothing make their text be read again. A text is read so many times at most, and a little
 * more; further marks are text.
 */
const MOST_TIMES = 50;
const MORE_CHARACTERS = 20_000;
/** What a span costs of that, whether its text is read again or not. */
const SPAN_COST = 40;
/** Spans in spans deeper than this are text. */
export const MOST_SPANS = 60;
const END_TAG = /<\/([A-Za-z_][\w.:-]*)/g;

/** Whether the span that is read ends at an index. */
export type EndsAt = (index: number, span: MarkdownNode) => boolean;

/** A text whose spans are read, and how far they are. */
export interface SpanReader {
  readonly document: MarkdownDocument;
  readonly text: string;
  /** The characters that mean something. */
  readonly marks: RegExp;
  position: number;
  /** Elements that hold the reader's place. */
  readonly open: string[];
  /** How many characters may be read again. */
  room: number;
  /** By mark, or by name of an extension, an index from which on it does not stand, or end, in the text. */
  readonly missing: Map<string, number>;
  /** By name in lower case, the index of the last end tag; null before it is asked for. */
  lastEndTags: ReadonlyMap<string, number> | null;
  /**
   * Reads spans into a node up to where it ends; whether it does. Without `endsAt` the rest of the text is read.
   * `isRaw`: only elements of HTML and references to characters are read.
   */
  readonly readUpTo: (span: MarkdownNode, endsAt: EndsAt | null, isRaw: boolean) => boolean;
}

/** How many characters of a text of this length may be read again. */
export function roomFor(length: number): number {
  return MOST_TIMES * length + MORE_CHARACTERS;
}

export function addSpan(
  reader: SpanReader,
  span: MarkdownNode,
  child: MarkdownNode,
  end: number,
): true {
  span.children.push(child);
  reader.room -= SPAN_COST;
  reader.position = end;
  return true;
}

/** Goes back to `position`, as what was begun there has no end. */
export function revert(reader: SpanReader, position: number): false {
  reader.room -= reader.position - position;
  reader.position = position;
  return false;
}

/** Whether a mark does not stand in the rest of the text. */
export function isMissing({ text, missing }: SpanReader, mark: string, from: number): boolean {
  if (from >= (missing.get(mark) ?? Infinity)) return true;
  if (text.includes(mark, from)) return false;
  missing.set(mark, from);
  return true;
}

/** Whether an end tag of this name, in any case, stands behind an index. */
export function hasEndTag(reader: SpanReader, name: string, from: number): boolean {
  reader.lastEndTags ??= new Map(
    Array.from(reader.text.matchAll(END_TAG), ({ 1: found = "", index }) => [
      found.toLowerCase(),
      index,
    ]),
  );
  return (reader.lastEndTags.get(name.toLowerCase()) ?? -1) >= from;
}
