import { hash } from "node:crypto";
import type { Stats } from "node:fs";
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";

/** A file that was read. */
export interface WholeFile {
  /** Taken before the bytes were read, so that a change meanwhile is noticed the next time. */
  readonly stats: Stats;
  /** They stay only until the next file is read. */
  readonly bytes: Uint8Array;
  /** The id that git gives to a blob with these bytes: SHA-1 in hexadecimal. */
  readonly blob: string;
}

/** A file that is no file, or too large to be read. */
export interface UnreadFile {
  readonly stats: Stats;
  readonly bytes: null;
}

/**
 * Of a file that is read, with all that is embedded in it. A value in KV may have 25 MiB, and a larger text could not even be one
 * string.
 */
export const MOST_FILE_BYTES = 25_000_000;

/** Opening a pipe, which may have taken a file's place, would wait for a writer without `O_NONBLOCK`, which Windows lacks and needs not. */
const TO_READ = constants.O_RDONLY | constants.O_NONBLOCK;
const LONGEST_BLOB_HEADER = 32;
const USUAL_BYTES = 64 * 1024;

/** Files are read into one place, one after the other: making an array for each takes longer than reading it. */
let place = Buffer.allocUnsafeSlow(LONGEST_BLOB_HEADER + USUAL_BYTES);

/** Reads a file of at most `most` bytes; throws what the system says if it is missing, a folder, or may not be read. */
export function readWholeFile(file: string, most: number): WholeFile | UnreadFile {
  const descriptor = openSync(file, TO_READ);
  try {
    const stats = fstatSync(descriptor);
    const isReadable = stats.isFile() || stats.isDirectory();
    if (!isReadable || stats.size > most) return { stats, bytes: null };
    const end = stats.size > 0 ? readFrom(descriptor, stats.size) : keepAll(descriptor);
    const header = `blob ${end - LONGEST_BLOB_HEADER}\0`;
    const start = LONGEST_BLOB_HEADER - header.length;
    place.write(header, start, "latin1");
    const blob = hash("sha1", place.subarray(start, end));
    return { stats, bytes: place.subarray(LONGEST_BLOB_HEADER, end), blob };
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a file of that size, or what is left of it, and says where it ends. */
function readFrom(descriptor: number, size: number): number {
  makeRoom(size);
  let end = LONGEST_BLOB_HEADER;
  const most = LONGEST_BLOB_HEADER + size;
  while (end < most) {
    const count = readSync(descriptor, place, end, most - end, null);
    if (count === 0) break;
    end += count;
  }
  return end;
}

/** Reads a file whose size is not known, as some systems' own have. */
function keepAll(descriptor: number): number {
  const bytes = readFileSync(descriptor);
  makeRoom(bytes.byteLength);
  place.set(bytes, LONGEST_BLOB_HEADER);
  return LONGEST_BLOB_HEADER + bytes.byteLength;
}

function makeRoom(size: number): void {
  const bytes = LONGEST_BLOB_HEADER + size;
  if (bytes > place.byteLength) place = Buffer.allocUnsafeSlow(bytes);
}
