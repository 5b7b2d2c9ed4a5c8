import { MAXIMUM_BYTES_PER_UNIT } from "./chunk.ts";

export const ELLIPSIS = "…";
const encoder = new TextEncoder();
/** A cut may move back by up to this share of the text to end at a sentence or a word. */
const LARGEST_STEP_BACK = 0.4;
/** Matches texts with single blanks between words and none at the ends, as nearly all are. */
const NEEDS_NO_TRIMMING = /^(?:\S+(?: \S+)*)?$/;

/**
 * The beginning of a plain text on one line, in at most `maximumBytes` of UTF-8, because link previews cut by bytes. It
 * is whole where it fits, else cut after a sentence that is not too far back, else after a word or a character, with an
 * ellipsis.
 */
export function clipText(text: string, maximumBytes: number): string {
  const line = NEEDS_NO_TRIMMING.test(text) ? text : text.replaceAll(/\s+/g, " ").trim();
  if (line.length * MAXIMUM_BYTES_PER_UNIT <= maximumBytes) return line;
  if (byteLength(line) <= maximumBytes) return line;

  const start = beginning(line, maximumBytes - byteLength(ELLIPSIS), byteLength);
  const leastLength = start.length * (1 - LARGEST_STEP_BACK);
  const sentences = /^.*(?:[。！？]|[.!?؟](?= ))[”’」』）)]*/su.exec(`${start} `)?.[0] ?? "";
  if (sentences.length >= leastLength) return sentences;
  const words = start.slice(0, Math.max(0, start.lastIndexOf(" ")));
  return `${(words.length >= leastLength ? words : start).trimEnd()}${ELLIPSIS}`;
}

/** The longest beginning of at most `maximum` that splits no character from its combining marks and joiners. */
export function beginning(text: string, maximum: number, sizeOf: (text: string) => number): string {
  let end = 0;
  let size = 0;
  for (const [cluster] of text.matchAll(/.(?:\p{M}|\u200D.)*/gsu)) {
    size += sizeOf(cluster);
    if (size > maximum) break;
    end += cluster.length;
  }
  return text.slice(0, end);
}

function byteLength(text: string): number {
  return encoder.encode(text).length;
}
