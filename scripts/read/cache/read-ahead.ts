import { readSync } from "node:fs";
import { DamagedCache } from "./with-cache.ts";

/** Some twenty bodies. Articles that a pack holds were mostly read one after the other, and lie so in the cache. */
const PAGE_BYTES = 64 * 1024;

/**
 * Reads pieces of a file, and keeps what is behind one for the next, since asking the system for each body takes longer than a
 * copy of it. What was once in the file must stay as it is.
 */
export function createReadAhead(file: number): (place: number, length: number) => Uint8Array {
  let page = { start: 0, bytes: new Uint8Array() };
  return (place, length) => {
    const isInPage = place >= page.start && place + length <= page.start + page.bytes.byteLength;
    if (!isInPage) {
      // A new array for each page, since what was given out of the last one may still be in use.
      const bytes = new Uint8Array(Math.max(length, PAGE_BYTES));
      page = { start: place, bytes: bytes.subarray(0, readUpTo(file, bytes, place)) };
      if (page.bytes.byteLength < length) throw notWhole();
    }
    return page.bytes.subarray(place - page.start, place - page.start + length);
  };
}

/** Reads one piece of a file. */
export function readPiece(file: number, place: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  if (readUpTo(file, bytes, place) < length) throw notWhole();
  return bytes;
}

/** Fills an array from a place in a file, and says with how many bytes: fewer than it holds if the file ends before. */
function readUpTo(file: number, bytes: Uint8Array, place: number): number {
  let read = 0;
  while (read < bytes.byteLength) {
    const count = readSync(file, bytes, read, bytes.byteLength - read, place + read);
    if (count === 0) break;
    read += count;
  }
  return read;
}

function notWhole(): DamagedCache {
  return new DamagedCache("What was kept of the articles is not whole");
}
