import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { crc32 } from "node:zlib";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { joinedBytes } from "../../src/store/joined-bytes.ts";
import type { DeflatedBody } from "../../src/store/pack.ts";
import { createReadAhead, readPiece } from "../read/cache/read-ahead.ts";
import { DamagedCache, keeping } from "../read/cache/with-cache.ts";
import type { BodyPlace } from "./list-rows.ts";
import { HASH_LENGTH } from "./list-rows.ts";

/*
 * The file: "offprint pages 2\n" | the hash `dependsOn` | "\n" | records, each:
 *
 *     CRC of all before the records and of the rest of this head: u32 | length and CRC of the body as it is stored: 2 × u32 |
 *     length and CRC of the body: 2 × u32 | hash of the entry | the stored body
 *
 * Two programs may append at once, perhaps with another `dependsOn`; neither reads what was appended after it began.
 */
const MAGIC = "offprint pages 2\n";
const FIELDS_BYTES = 5 * 4;
const HEAD_BYTES = FIELDS_BYTES + HASH_LENGTH;

/** A record that somebody knows, by which the file is known again. */
export interface LastRecord {
  readonly place: number;
  readonly head: Uint8Array;
}

interface AddedRecords {
  readonly bytes: Buffer;
  readonly start: number;
  readonly places: ReadonlyMap<string, number>;
}

/** Deflated bodies of lists, by the hashes of their entries. The file only grows; `joinKeptBodies` writes it anew. */
export class KeptBodies {
  /** Whether the record is there that was known, and so all that stand before it. */
  readonly isKnown: boolean;
  /** The last record; null if there is none. */
  readonly last: LastRecord | null;
  /** In bytes, when it was opened. */
  readonly size: number;
  readonly #path: string;
  readonly #seed: number;
  readonly #read: (place: number, length: number) => Uint8Array;
  /** The records behind the one that was known: their bytes, where these lie in the file, and where among them each record begins. */
  readonly #added: AddedRecords;
  #fresh: Uint8Array[] = [];

  /**
   * Opens the file, or begins one if there is none, or it has another `dependsOn`. What stands from a damaged head on, which a crash
   * may have left, is taken away.
   *
   * @param known the last record of a file that was read before
   */
  constructor(path: string, dependsOn: ContentHash, known: LastRecord | null) {
    const start = Buffer.from(`${MAGIC}${dependsOn}\n`);
    this.#path = path;
    this.#seed = crc32(start);
    if (!beginsWith(path, start)) writeFileSync(path, start);
    const file = openSync(path, "r");
    const { size } = fstatSync(file);
    this.isKnown = known !== null && hasRecord(file, size, known);
    const behind = this.isKnown && known !== null ? endOf(known) : start.byteLength;
    const bytes = Buffer.from(readPiece(file, behind, size - behind).buffer);
    const { places, last, end } = recordsIn(bytes, behind, this.#seed);
    if (end < size) truncateSync(path, end);
    this.#added = { bytes, start: behind, places };
    this.last = last ?? (this.isKnown ? known : null);
    this.size = end;
    this.#read = createReadAhead(file);
  }

  /** Whether there are bodies behind the record that was known. */
  get hasAdded(): boolean {
    return this.#added.places.size > 0;
  }

  /** The body of an entry behind the record that was known; null if there is none. */
  addedBody(hash: ContentHash): BodyPlace | null {
    const { bytes, start, places } = this.#added;
    const at = places.get(hash);
    if (at === undefined) return null;
    return {
      place: start + at + HEAD_BYTES,
      storedLength: bytes.readUInt32LE(at + 4),
      storedCrc: bytes.readUInt32LE(at + 8),
      byteLength: bytes.readUInt32LE(at + 12),
      crc: bytes.readUInt32LE(at + 16),
    };
  }

  /** @throws DamagedCache where it is not as it was kept */
  body({ place, storedLength, storedCrc, byteLength, crc }: BodyPlace): DeflatedBody {
    const bytes = this.#read(place, storedLength);
    if (crc32(bytes) === storedCrc) return { bytes, byteLength, crc, storedCrc };
    throw new DamagedCache("What was kept of a list is damaged");
  }

  keep(hash: ContentHash, { bytes, byteLength, crc }: DeflatedBody): void {
    const head = Buffer.alloc(HEAD_BYTES);
    const numbers = [bytes.byteLength, crc32(bytes), byteLength, crc];
    for (const [index, number] of numbers.entries()) head.writeUInt32LE(number, 4 * (index + 1));
    head.write(hash, FIELDS_BYTES, "latin1");
    head.writeUInt32LE(crc32(head.subarray(4), this.#seed), 0);
    this.#fresh.push(head, bytes);
  }

  /** Writes what was kept since the last time, in one piece, so that what another program appends stands before or behind it. */
  flush(): void {
    const fresh = this.#fresh;
    if (fresh.length === 0) return;
    this.#fresh = [];
    keeping(() => {
      appendFileSync(this.#path, joinedBytes(fresh));
    });
  }
}

/**
 * Writes the file anew with these bodies only, if it is as it was known.
 *
 * @returns where they lie now, in the same order, and the last record; null if the file is another
 */
export function joinKeptBodies(
  path: string,
  dependsOn: ContentHash,
  known: LastRecord,
  bodies: readonly BodyPlace[],
): { readonly places: readonly number[]; readonly last: LastRecord | null } | null {
  const start = Buffer.from(`${MAGIC}${dependsOn}\n`);
  if (!beginsWith(path, start)) return null;
  const bytes = readFileSync(path);
  const end = endOf(known);
  if (bytes.subarray(known.place, known.place + HEAD_BYTES).compare(known.head) !== 0) return null;
  const places: number[] = [];
  const pieces: Uint8Array[] = [start];
  let at = start.byteLength;
  let last: LastRecord | null = null;
  for (const { place, storedLength } of bodies) {
    const record = bytes.subarray(place - HEAD_BYTES, place + storedLength);
    last = { place: at, head: Uint8Array.from(record.subarray(0, HEAD_BYTES)) };
    places.push(at + HEAD_BYTES);
    pieces.push(record);
    at += record.byteLength;
  }
  // What was appended since the file was known is known to nobody but who opens it next.
  pieces.push(bytes.subarray(end));
  writeFileSync(`${path}.new`, joinedBytes(pieces));
  renameSync(`${path}.new`, path);
  return { places, last };
}

/** The length of the file; 0 if there is none. */
export function bytesOfBodies(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** How many bytes a body of that length takes in the file; none if there is none. */
export function bytesOfBody(storedLength: number): number {
  return storedLength === 0 ? 0 : HEAD_BYTES + storedLength;
}

function beginsWith(path: string, start: Buffer): boolean {
  if (!existsSync(path)) return false;
  const file = openSync(path, "r");
  try {
    if (fstatSync(file).size < start.byteLength) return false;
    return start.compare(readPiece(file, 0, start.byteLength)) === 0;
  } finally {
    closeSync(file);
  }
}

function hasRecord(file: number, size: number, known: LastRecord): boolean {
  if (known.head.byteLength !== HEAD_BYTES || endOf(known) > size) return false;
  return Buffer.compare(readPiece(file, known.place, HEAD_BYTES), known.head) === 0;
}

function endOf({ place, head }: LastRecord): number {
  const fields = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return place + HEAD_BYTES + fields.getUint32(4, true);
}

/**
 * Reads records up to the first that is damaged.
 *
 * @param start the place of `bytes` in the file
 */
function recordsIn(bytes: Buffer, start: number, seed: number) {
  const places = new Map<string, number>();
  let at = 0;
  let lastAt = -1;
  while (at + HEAD_BYTES <= bytes.byteLength) {
    const bodyStart = at + HEAD_BYTES;
    const storedLength = bytes.readUInt32LE(at + 4);
    if (bodyStart + storedLength > bytes.byteLength) break;
    if (crc32(bytes.subarray(at + 4, bodyStart), seed) !== bytes.readUInt32LE(at)) break;
    places.set(bytes.toString("latin1", at + FIELDS_BYTES, bodyStart), at);
    lastAt = at;
    at = bodyStart + storedLength;
  }
  // A copy, so that the rest can be freed.
  const head = Uint8Array.from(bytes.subarray(lastAt, lastAt + HEAD_BYTES));
  return {
    places,
    last: lastAt < 0 ? null : { place: start + lastAt, head },
    end: start + at,
  };
}
