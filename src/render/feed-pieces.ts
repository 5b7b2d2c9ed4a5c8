import type { Chunk, Sized } from "./chunk.ts";
import { encodeTexts } from "./chunk.ts";
import type { FeedEntry } from "./feed-entry.ts";
import type { FeedHead, FeedWriter } from "./feed-writer.ts";

/**
 * The document of a feed in pieces: texts, and bodies as the writer leaves them.
 *
 * @param entryOf makes the entry that shows an item
 */
export function feedPieces<Item, Body extends Sized>(
  { frame, entry, separator }: FeedWriter<Body>,
  head: FeedHead,
  items: readonly Item[],
  entryOf: (item: Item) => FeedEntry<Body>,
): readonly (Uint8Array | Body)[] {
  const { start, end } = frame(head);
  const chunks: Chunk<Body>[] = [`${start}\n`];
  let isFirst = true;
  for (const item of items) {
    if (!isFirst) chunks.push(separator);
    isFirst = false;
    for (const chunk of entry(entryOf(item))) chunks.push(chunk);
  }
  chunks.push(`\n${end}\n`);
  return encodeTexts(chunks);
}
