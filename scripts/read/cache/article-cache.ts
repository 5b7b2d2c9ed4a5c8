import { fstatSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import { u32s } from "../../../src/store/joined-bytes.ts";
import type { FindPlace } from "./find-place.ts";
import { createFindPlace } from "./find-place.ts";
import { FlatOutcome } from "./flat-outcome.ts";
import type { FreshPieces } from "./fresh-pieces.ts";
import { createFreshPieces } from "./fresh-pieces.ts";
import { createReadAhead, readPiece } from "./read-ahead.ts";
import type { FileOutcome } from "./file-outcome.ts";
import type { OutcomeChunk } from "./outcome-chunk.ts";
import { encodeChunk, rowsOfChunk } from "./outcome-chunk.ts";
import type { LastChunk } from "./outcome-index.ts";
import { readIndex, writeIndex } from "./outcome-index.ts";
import type { RowContents } from "./outcome-rows.ts";
import { OutcomeRows } from "./outcome-rows.ts";
import { keeping } from "./with-cache.ts";

/*
 * The format of a cache file:
 *
 *     "offprint articles 2\n" | the hash `dependsOn` | "\n"
 *     chunks, each: index length: u32 | bodies length: u32 | CRC of the index: u32 | index | bodies
 *
 * Chunks are only appended, so that a crash loses at most the last one. Of two outcomes of one file, the later counts. An index
 * beside it (`outcome-index.ts`) has the rows of all that counts; chunks behind it are read as they are.
 */
const MAGIC = "offprint articles 2\n";
const CHUNK_HEADER_BYTES = 12;
const OUTCOMES_PER_CHUNK = 256;
/** What is kept of some twenty-five thousand articles besides their bodies. */
const MOST_FRESH_BYTES = 24 * 1024 * 1024;
/** The file is rewritten when it holds more than this many times the outcomes in use, and a few more. */
const MOST_WASTE = 2;
const WASTE_ALLOWED = 1000;
/** So many of the outcomes may stand in chunks behind the index, or be gone. */
const MOST_BEHIND_INDEX = 0.01;

/** The files of a cache. */
export interface CacheFiles {
  readonly outcomes: string;
  /** Can be deleted at any time, as the other can, but costs less. */
  readonly index: string;
}

/** The outcomes of earlier readings. All but their rows stays on disk until it is needed. */
export class ArticleCache {
  readonly #files: CacheFiles;
  readonly #dependsOn: ContentHash;
  readonly #header: Uint8Array;
  /** The outcomes of chunks that were read or written since, which count before those of the index. */
  readonly #later = new Map<string, number>();
  /** Finds rows of the index. */
  #findIndexed: FindPlace = createFindPlace([]);
  readonly #fresh = createFreshPieces(MOST_FRESH_BYTES);
  #file: number;
  #rows: OutcomeRows;
  /** The offset in the file at which the next chunk begins. */
  #end = 0;
  #last: LastChunk | null = null;
  /** The paths in the index as it is on disk, in their order; null if there is none. */
  #indexed: readonly string[] | null = null;
  /** The number of outcomes in the file, including those that are out of date. */
  #written = 0;

  private constructor(files: CacheFiles, dependsOn: ContentHash) {
    this.#files = files;
    this.#dependsOn = dependsOn;
    this.#header = new TextEncoder().encode(`${MAGIC}${dependsOn}\n`);
    this.#file = openSync(files.outcomes, "a+");
    this.#rows = rowsIn(this.#file, this.#fresh);
    this.#load();
  }

  /**
   * Opens the cache, or an empty one if there is none or it has another `dependsOn`.
   *
   * @param dependsOn a hash of everything besides the files that influences their outcomes
   */
  static open(files: CacheFiles, dependsOn: ContentHash): ArticleCache {
    return keeping(() => {
      mkdirSync(dirname(files.outcomes), { recursive: true });
      return new ArticleCache(files, dependsOn);
    });
  }

  /** The outcome of the last reading of a file, or null. */
  find(path: string): FileOutcome | null {
    const row = this.#rowOf(path);
    return row === undefined ? null : new FlatOutcome(this.#rows, row);
  }

  /** Appends outcomes and returns them decoded, all but their rows being read from the cache when needed. */
  add({ index, bodies }: OutcomeChunk): readonly FileOutcome[] {
    const place = this.#end;
    const head = u32s([index.byteLength, bodies.byteLength, crc32(index)]);
    for (const part of [head, index, bodies]) this.#append(part);
    this.#fresh.add(place + CHUNK_HEADER_BYTES, index);
    return this.#remember(rowsOfChunk(index), { place, head });
  }

  /**
   * Forgets the outcomes of all other files, and rewrites the cache if that frees enough space.
   *
   * @param paths each once
   */
  keepOnly(paths: readonly string[]): void {
    const isKept = (path: string): boolean => this.#rowOf(path) !== undefined;
    const kept = paths.every(isKept) ? paths : paths.filter(isKept);
    if (this.#written > MOST_WASTE * kept.length + WASTE_ALLOWED) this.#writeAnew(kept);
    const last = this.#last;
    if (last === null || this.#isIndexed(kept)) return;
    keeping(() => {
      const index = { ...this.#rows.contents(this.#rowsOf(kept)), last, written: this.#written };
      writeIndex(this.#files.index, this.#dependsOn, index);
    });
  }

  /** Whether the index on disk has all that is kept, or nearly: few chunks are read behind it in less time than it takes to write it. */
  #isIndexed({ length }: readonly string[]): boolean {
    const indexed = this.#indexed?.length ?? 0;
    return this.#later.size + Math.abs(length - indexed) <= indexed * MOST_BEHIND_INDEX;
  }

  #rowOf(path: string): number | undefined {
    return (this.#later.size === 0 ? undefined : this.#later.get(path)) ?? this.#findIndexed(path);
  }

  #rowsOf(paths: readonly string[]): readonly number[] {
    return paths.map((path) => {
      const row = this.#rowOf(path);
      if (row === undefined) throw new TypeError(`"${path}" is not in the cache`);
      return row;
    });
  }

  #load(): void {
    const size = fstatSync(this.#file).size;
    const start = readPiece(this.#file, 0, Math.min(size, this.#header.byteLength));
    if (Buffer.compare(start, this.#header) !== 0) {
      this.#begin();
      return;
    }
    this.#end = start.byteLength;
    const index = readIndex(this.#files.index, this.#dependsOn);
    const end = index === null ? null : this.#endOf(index.last, size);
    if (index !== null && end !== null) {
      this.#rows.append(index, 0, 0);
      this.#findIndexed = createFindPlace(index.paths);
      this.#written = index.written;
      this.#indexed = index.paths;
      this.#last = index.last;
      this.#end = end;
    }
    while (this.#end + CHUNK_HEADER_BYTES <= size) {
      const place = this.#end;
      const head = readPiece(this.#file, place, CHUNK_HEADER_BYTES);
      const fields = new DataView(head.buffer);
      const bodiesStart = place + CHUNK_HEADER_BYTES + fields.getUint32(0, true);
      const chunkEnd = bodiesStart + fields.getUint32(4, true);
      if (chunkEnd > size) break;
      const chunk = readPiece(this.#file, place + CHUNK_HEADER_BYTES, fields.getUint32(0, true));
      if (crc32(chunk) !== fields.getUint32(8, true)) break;
      this.#end = chunkEnd;
      this.#remember(rowsOfChunk(chunk), { place, head });
    }
    // Removes the incomplete chunk that a crash may have left.
    ftruncateSync(this.#file, this.#end);
  }

  /** Where the chunk ends that an index names; null if it is not there. */
  #endOf({ place, head }: LastChunk, size: number): number | null {
    if (place + CHUNK_HEADER_BYTES > size) return null;
    const there = readPiece(this.#file, place, CHUNK_HEADER_BYTES);
    if (Buffer.compare(there, head) !== 0) return null;
    const fields = new DataView(there.buffer);
    const end = place + CHUNK_HEADER_BYTES + fields.getUint32(0, true) + fields.getUint32(4, true);
    return end > size ? null : end;
  }

  /** Starts a new file, since bodies of the old one may still be read, also by another program. */
  #begin(): void {
    rmSync(this.#files.outcomes, { force: true });
    this.#file = openSync(this.#files.outcomes, "a+");
    this.#fresh.clear();
    this.#rows = rowsIn(this.#file, this.#fresh);
    this.#end = 0;
    this.#written = 0;
    this.#last = null;
    this.#indexed = null;
    this.#append(this.#header);
  }

  /** Takes a chunk's rows, which has just been read or written and is the last in the file. */
  #remember(contents: RowContents, chunk: LastChunk): readonly FileOutcome[] {
    const fields = new DataView(chunk.head.buffer, chunk.head.byteOffset);
    const indexStart = chunk.place + CHUNK_HEADER_BYTES;
    this.#last = chunk;
    const bodiesStart = indexStart + fields.getUint32(0, true);
    const first = this.#rows.append(contents, indexStart, bodiesStart);
    this.#written += contents.paths.length;
    return contents.paths.map((path, index) => {
      this.#later.set(path, first + index);
      return new FlatOutcome(this.#rows, first + index);
    });
  }

  /** Rewrites the cache with the outcomes in use; a crash loses those that were not written yet. */
  #writeAnew(paths: readonly string[]): void {
    const outcomes = this.#rowsOf(paths).map((row) => new FlatOutcome(this.#rows, row));
    this.#later.clear();
    this.#findIndexed = createFindPlace([]);
    this.#begin();
    for (let start = 0; start < outcomes.length; start += OUTCOMES_PER_CHUNK) {
      this.add(encodeChunk(outcomes.slice(start, start + OUTCOMES_PER_CHUNK)));
    }
  }

  #append(bytes: Uint8Array): void {
    keeping(() => {
      let written = 0;
      while (written < bytes.byteLength) written += writeSync(this.#file, bytes, written);
    });
    this.#end += bytes.byteLength;
  }
}

/** Rows whose rest lies in a file, which stays as it is: it only grows. */
function rowsIn(file: number, fresh: FreshPieces): OutcomeRows {
  return new OutcomeRows({
    // Articles of a scope lie far apart, and what is read of one is a few hundred bytes.
    details: (place, length) => fresh.at(place, length) ?? readPiece(file, place, length),
    body: createReadAhead(file),
  });
}
