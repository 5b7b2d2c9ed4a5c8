import type { ArticleHeader } from "../../src/domain/article.ts";
import { refText } from "../../src/store/collection-entry.ts";
import { articleRef } from "./article-ref.ts";

/**
 * An article as an archive page shows it, in UTF-8.
 *
 * @param isBeyond whether it lies in a pack too many, so that it is shown with its lead
 * @param isEntry whether feeds show it from there for another reason
 */
export type PageRef = (article: ArticleHeader, isBeyond: boolean, isEntry: boolean) => Uint8Array;

/** What pages show of articles lies side by side in rooms of this size. */
const ROOM_BYTES = 256 * 1024;
const LENGTH_BYTES = 2;
const LONGEST = 0xff_ff;

/** Makes `PageRef`, which keeps what most pages show of an article: it is on one of each of its scopes. */
export function createPageRef(): PageRef {
  const encoder = new TextEncoder();
  const rooms: Buffer[] = [];
  let used = ROOM_BYTES;
  const places = new Map<ArticleHeader, number>();
  const keep = (article: ArticleHeader, bytes: Uint8Array): void => {
    if (bytes.byteLength > LONGEST) return;
    if (used + LENGTH_BYTES + bytes.byteLength > ROOM_BYTES) {
      rooms.push(Buffer.allocUnsafeSlow(ROOM_BYTES));
      used = 0;
    }
    const room = rooms.at(-1);
    room?.writeUInt16LE(bytes.byteLength, used);
    room?.set(bytes, used + LENGTH_BYTES);
    places.set(article, (rooms.length - 1) * ROOM_BYTES + used);
    used += LENGTH_BYTES + bytes.byteLength;
  };
  return (article, isBeyond, isEntry) => {
    if (isBeyond) return encoder.encode(refText(articleRef(article, true)));
    if (isEntry && article.entryId !== null) {
      return encoder.encode(refText(articleRef(article, false)));
    }
    const place = places.get(article);
    const room = place === undefined ? undefined : rooms[Math.floor(place / ROOM_BYTES)];
    if (place !== undefined && room !== undefined) {
      const start = (place % ROOM_BYTES) + LENGTH_BYTES;
      return room.subarray(start, start + room.readUInt16LE(start - LENGTH_BYTES));
    }
    const bytes = encoder.encode(refText({ ...articleRef(article, false), entryId: null }));
    keep(article, bytes);
    return bytes;
  };
}
