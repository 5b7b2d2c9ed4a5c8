import { readSync } from "node:fs";
import { DamagedCache } from "./with-cache.ts";

/** Some twenty bodies. Articles that a pack holds were mostly read at about the same time, and lie near each other in the cache. */
const PAGE_BYTES = 64 * 1024;
/** 8 MB: a pack or a feed takes bodies from here and there, and with one page each would take a new one. */
const MOST_PAGES = 128;

/**
 * Reads pieces of a file, and keeps what is around them for the next, since asking the system for each body takes longer than
 * a copy of it. What was once in the file must stay as it is.
 */
export function createReadAhead(file: number): (place: number, length: number) => Uint8Array {
  /** By number; the one that was asked for last is the last. */
  const pages = new Map<number, Uint8Array>();
  /** A page up to an index in it at least; the last one may have been read when the file was shorter. */
  const pageOf = (number: number, least: number): Uint8Array => {
    const known = pages.get(number);
    pages.delete(number);
    const page = known !== undefined && known.byteLength >= least ? known : readPage(file, number);
    if (page.byteLength < least) throw notWhole();
    pages.set(number, page);
    for (const oldest of pages.keys()) {
      if (pages.size <= MOST_PAGES) break;
      pages.delete(oldest);
    }
    return page;
  };
  return (place, length) => {
    const number = Math.floor(place / PAGE_BYTES);
    const start = place - number * PAGE_BYTES;
    if (start + length <= PAGE_BYTES) {
      return pageOf(number, start + length).subarray(start, start + length);
    }
    return readPiece(file, place, length);
  };
}

function readPage(file: number, number: number): Uint8Array {
  // What was given out of an older page may still be in use, so each has its own array.
  const bytes = new Uint8Array(PAGE_BYTES);
  return bytes.subarray(0, readUpTo(file, bytes, number * PAGE_BYTES));
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
