import { readSync } from "node:fs";
import { joinedBytes } from "../../../src/store/joined-bytes.ts";
import { DamagedCache } from "./with-cache.ts";

/** Some twenty bodies. */
const PAGE_BYTES = 64 * 1024;
/** The articles of a pack are of a few days. They were mostly read one after the other, and lie so in the cache, but within a day in another order. */
const MOST_PAGES = 64;

/**
 * Reads pieces of a file by pages, of which it keeps the last, since asking the system for each body takes longer than a copy of
 * it. What was once in the file must stay as it is.
 */
export function createReadAhead(file: number): (place: number, length: number) => Uint8Array {
  const pages = new Map<number, Uint8Array>();
  const pageAt = (start: number, least: number): Uint8Array => {
    const known = pages.get(start);
    // The file may have grown since its last page was read.
    if (known !== undefined && known.byteLength >= least) return known;
    const bytes = Buffer.allocUnsafeSlow(PAGE_BYTES);
    const page = bytes.subarray(0, readUpTo(file, bytes, start));
    if (page.byteLength < least) throw notWhole();
    pages.set(start, page);
    const [oldest = start] = pages.keys();
    if (pages.size > MOST_PAGES) pages.delete(oldest);
    return page;
  };
  return (place, length) => {
    const first = place - (place % PAGE_BYTES);
    const end = place + length;
    if (end <= first + PAGE_BYTES) {
      return pageAt(first, end - first).subarray(place - first, end - first);
    }
    if (end > first + 2 * PAGE_BYTES) return readPiece(file, place, length);
    const second = first + PAGE_BYTES;
    return joinedBytes([
      pageAt(first, PAGE_BYTES).subarray(place - first),
      pageAt(second, end - second).subarray(0, end - second),
    ]);
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
