import { fstatSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import { u32s } from "../../../src/store/joined-bytes.ts";
import { createReadAhead, readPiece } from "./read-ahead.ts";
import type { FileOutcome, OutcomeChunk } from "./outcome-chunk.ts";
import { decodeChunk, encodeChunk } from "./outcome-chunk.ts";
import { keeping } from "./with-cache.ts";

/*
 * The format of a cache file:
 *
 *     "offprint articles 1\n" | the hash `dependsOn` | "\n"
 *     chunks, each: index length: u32 | bodies length: u32 | CRC of the index: u32 | index | bodies
 *
 * Chunks are only appended, so that a crash loses at most the last one. Of two outcomes of one file, the later counts.
 */
const MAGIC = "offprint articles 1\n";
const CHUNK_HEADER_BYTES = 12;
const OUTCOMES_PER_CHUNK = 256;
/** The file is rewritten when it holds more than this many times the outcomes in use, and a few more. */
const MOST_WASTE = 2;
const WASTE_ALLOWED = 1000;

/** The outcomes of earlier readings. Bodies stay on disk until they are needed. */
export class ArticleCache {
  readonly #path: string;
  readonly #header: Uint8Array;
  readonly #outcomes = new Map<string, FileOutcome>();
  #file: number;
  /** Reads what is written in the file, which stays as it is: the file only grows. */
  #readBody: ReturnType<typeof createReadAhead>;
  /** The offset in the file at which the next chunk begins. */
  #end = 0;
  /** The number of outcomes in the file, including those that are out of date. */
  #written = 0;

  private constructor(path: string, header: Uint8Array) {
    this.#path = path;
    this.#header = header;
    this.#file = openSync(path, "a+");
    this.#readBody = createReadAhead(this.#file);
    this.#load();
  }

  /**
   * Opens the cache, or an empty one if there is none or it has another `dependsOn`.
   *
   * @param dependsOn a hash of everything besides the files that influences their outcomes
   */
  static open(path: string, dependsOn: ContentHash): ArticleCache {
    return keeping(() => {
      mkdirSync(dirname(path), { recursive: true });
      return new ArticleCache(path, new TextEncoder().encode(`${MAGIC}${dependsOn}\n`));
    });
  }

  /** The outcome of the last reading of a file, or null. */
  find(path: string): FileOutcome | null {
    return this.#outcomes.get(path) ?? null;
  }

  /** Appends outcomes and returns them decoded, with bodies that are read from the cache when needed. */
  add({ index, bodies }: OutcomeChunk): readonly FileOutcome[] {
    const header = u32s([index.byteLength, bodies.byteLength, crc32(index)]);
    for (const part of [header, index, bodies]) this.#append(part);
    return this.#remember(index, this.#end - bodies.byteLength);
  }

  /** Forgets the outcomes of all other files, and rewrites the cache if that frees enough space. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of this.#outcomes.keys()) if (!paths.has(path)) this.#outcomes.delete(path);
    if (this.#written > MOST_WASTE * this.#outcomes.size + WASTE_ALLOWED) this.#writeAnew();
  }

  #load(): void {
    const size = fstatSync(this.#file).size;
    const start = readPiece(this.#file, 0, Math.min(size, this.#header.byteLength));
    if (Buffer.compare(start, this.#header) !== 0) {
      this.#begin();
      return;
    }
    this.#end = start.byteLength;
    while (this.#end + CHUNK_HEADER_BYTES <= size) {
      const header = readPiece(this.#file, this.#end, CHUNK_HEADER_BYTES);
      const fields = new DataView(header.buffer);
      const indexStart = this.#end + CHUNK_HEADER_BYTES;
      const bodiesStart = indexStart + fields.getUint32(0, true);
      const end = bodiesStart + fields.getUint32(4, true);
      if (end > size) break;
      const index = readPiece(this.#file, indexStart, bodiesStart - indexStart);
      if (crc32(index) !== fields.getUint32(8, true)) break;
      this.#remember(index, bodiesStart);
      this.#end = end;
    }
    // Removes the incomplete chunk that a crash may have left.
    ftruncateSync(this.#file, this.#end);
  }

  /** Starts a new file, since bodies of the old one may still be read, also by another program. */
  #begin(): void {
    rmSync(this.#path, { force: true });
    this.#file = openSync(this.#path, "a+");
    this.#readBody = createReadAhead(this.#file);
    this.#end = 0;
    this.#written = 0;
    this.#append(this.#header);
  }

  #remember(index: Uint8Array, bodiesStart: number): readonly FileOutcome[] {
    const read = this.#readBody;
    const outcomes = decodeChunk(index, (place, length) => read(bodiesStart + place, length));
    for (const outcome of outcomes) this.#outcomes.set(outcome.path, outcome);
    this.#written += outcomes.length;
    return outcomes;
  }

  /** Rewrites the cache with the outcomes in use; a crash loses those that were not written yet. */
  #writeAnew(): void {
    const outcomes = [...this.#outcomes.values()];
    this.#outcomes.clear();
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
