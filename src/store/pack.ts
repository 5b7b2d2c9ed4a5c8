import { constants, crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import type { Result } from "../domain/result.ts";
import { allOk, failed, mapped, ok } from "../domain/result.ts";
import type { ContentHash } from "./content-hash.ts";
import { HASH_BYTES, contentHash, hashBytes, readHash } from "./content-hash.ts";
import { joinedBytes, u32s } from "./joined-bytes.ts";
import { KeyColumn, compareKeys, encodeKeyColumn } from "./key-column.ts";

/**
 * The version of the format, raised by every change. It is part of every pack's hash, so that a Worker never meets a
 * pack of another format.
 */
export const PACK_FORMAT_VERSION = 2;

/** The key of a pack in KV. A key is used for one content only, so its value never changes. */
export function packKey(hash: ContentHash): string {
  return `p/${hash}`;
}

/** What a map holds under a key: a head that is not compressed, and a body that is compressed on its own. */
export interface PackEntry {
  readonly key: Uint8Array;
  readonly head: Uint8Array;
  /** Gives the body as it is stored. */
  readonly deflate: () => DeflatedBody;
  /** A hash of key, head and uncompressed body. */
  readonly hash: ContentHash;
  /** The length of key, head and uncompressed body, in bytes. */
  readonly size: number;
  /** `rankOfKey` of the key, where it is known. */
  readonly rank?: number;
  /** The length of the uncompressed body, where it is known without its head. */
  readonly bodyLength?: number;
}

/** The length of an entry's uncompressed body, in bytes. */
export function bodyLengthOf(entry: PackEntry): number {
  return entry.bodyLength ?? entry.size - entry.key.byteLength - entry.head.byteLength;
}

/**
 * A body as a deflate stream that ends with a sync flush, and so at a byte boundary, and an empty final block. Without
 * that block, which is always the same two bytes, bodies can be joined unchanged in one gzip response.
 */
export interface DeflatedBody {
  readonly bytes: Uint8Array;
  /** The length of the uncompressed body. */
  readonly byteLength: number;
  /** The CRC-32 of the uncompressed body. */
  readonly crc: number;
  /** That of `bytes`, where it is known. */
  readonly storedCrc?: number;
}

/** What is wrong with a value that should be a pack; `detail` says where. */
export interface PackFailure {
  readonly reason: "pack-corrupted";
  readonly detail: string;
}

/*
 * A pack:
 *
 *     "OPK1" | the pack's hash: 16 bytes | index length: u32 | CRC of the index: u32
 *     index: the keys (a key column) | for each, u32: length and CRC of its head, length and CRC of its body, length and
 *            CRC of the body as it is stored, place
 *     data: for each: head, deflated body
 *
 * `place` counts from the start of the data.
 */
const MAGIC = "OPK1";
/** The same as a number, as it is read. */
const MAGIC_NUMBER = 0x4f_50_4b_31;
/** RFC 1951, section 3.2.3: the final bit, fixed Huffman codes, end of block. */
export const FINAL_BLOCK = Uint8Array.of(3, 0);
const HASH_START = 4;
const INDEX_LENGTH_START = HASH_START + HASH_BYTES;
const INDEX_CRC_START = INDEX_LENGTH_START + 4;
const PREFIX_BYTES = INDEX_CRC_START + 4;
const RECORD_FIELDS = 7;
const PLACE_FIELD = 6;
const RECORD_BYTES = RECORD_FIELDS * 4;

/** Compresses a body to `bytes` of a `DeflatedBody`. How well it does changes the stored bytes, but not the key. */
export type Deflate = (body: Uint8Array) => Uint8Array;

/** Deflates by one of zlib's levels. */
export function deflateAt(level: number): Deflate {
  return (body) =>
    joinedBytes([
      deflateRawSync(body, { level, finishFlush: constants.Z_SYNC_FLUSH }),
      FINAL_BLOCK,
    ]);
}

/** Makes an entry whose body is compressed now, so that it need not be kept. */
export function packEntry(
  key: Uint8Array,
  head: Uint8Array,
  body: Uint8Array,
  deflate?: Deflate,
): PackEntry {
  const entry = lazyPackEntry(key, head, body, deflate);
  const stored = entry.deflate();
  return { ...entry, deflate: () => stored };
}

/**
 * Makes an entry whose body is compressed only if its pack is written, because most packs of a release exist already.
 */
export function lazyPackEntry(
  key: Uint8Array,
  head: Uint8Array,
  body: Uint8Array,
  deflate: Deflate = deflateAt(constants.Z_BEST_COMPRESSION),
): PackEntry {
  return {
    key,
    head,
    deflate: () => deflated(body, deflate),
    hash: entryHash(key, head, body),
    size: key.byteLength + head.byteLength + body.byteLength,
  };
}

/** What `PackEntry` has as its hash. */
export function entryHash(key: Uint8Array, head: Uint8Array, body: Uint8Array): ContentHash {
  return contentHash([key, head, body]);
}

/** What deflating nothing gives at every level: an empty stored block of the sync flush. Redirects have no bodies. */
const EMPTY_BODY: DeflatedBody = {
  bytes: Uint8Array.of(0, 0, 0, 0xff, 0xff, ...FINAL_BLOCK),
  byteLength: 0,
  crc: 0,
};

/** Deflates a body, and says what readers check it by. */
export function deflated(body: Uint8Array, deflate: Deflate): DeflatedBody {
  return body.byteLength === 0
    ? EMPTY_BODY
    : { bytes: deflate(body), byteLength: body.byteLength, crc: crc32(body) };
}

/** The hash that names the pack of these entries; it depends only on their uncompressed content. */
export function packHash(entries: readonly Pick<PackEntry, "hash">[]): ContentHash {
  return contentHash([
    `offprint pack ${PACK_FORMAT_VERSION}`,
    ...entries.map((entry) => entry.hash),
  ]);
}

/**
 * Writes a pack.
 *
 * @param entries sorted by key, each key once; anything else is a bug and throws
 * @param name under which the manifest knows it
 */
export function encodePack(
  entries: readonly PackEntry[],
  name: ContentHash = packHash(entries),
): Uint8Array {
  assertSorted(entries);
  const records: number[] = [];
  const data: Uint8Array[] = [];
  let place = 0;
  for (const { head, deflate } of entries) {
    const { bytes, byteLength, crc, storedCrc = crc32(bytes) } = deflate();
    const headCrc = head.byteLength === 0 ? 0 : crc32(head);
    records.push(head.byteLength, headCrc, byteLength, crc, bytes.byteLength, storedCrc, place);
    data.push(head, bytes);
    place += head.byteLength + bytes.byteLength;
  }
  const index = joinedBytes([encodeKeyColumn(entries.map(({ key }) => key)), u32s(records)]);
  return joinedBytes([
    new TextEncoder().encode(MAGIC),
    hashBytes(name),
    u32s([index.byteLength, crc32(index)]),
    index,
    ...data,
  ]);
}

function assertSorted(entries: readonly PackEntry[]): void {
  for (const [index, entry] of entries.entries()) {
    const next = entries[index + 1];
    if (next !== undefined && compareKeys(entry.key, next.key) >= 0) {
      throw new TypeError(
        `Cannot write a pack: key "${text(next.key)}" stands behind "${text(entry.key)}"`,
      );
    }
  }
}

/** An entry that was found in a pack. Its head has been checked; its body is checked when it is read. */
export interface FoundEntry {
  readonly key: Uint8Array;
  readonly head: Uint8Array;
  /** Checks the body as it is stored. */
  readonly storedBody: () => Result<DeflatedBody, PackFailure>;
  /** Checks the body and inflates it. */
  readonly readBody: () => Result<Uint8Array, PackFailure>;
}

/** A pack as read from KV. Opening one checks its index; entries are checked as they are read. */
export class Pack {
  readonly keys: KeyColumn;
  readonly #records: DataView;
  readonly #data: Uint8Array;

  private constructor(keys: KeyColumn, records: DataView, data: Uint8Array) {
    this.keys = keys;
    this.#records = records;
    this.#data = data;
  }

  /**
   * Opens a pack, or says what is wrong with it.
   *
   * @param hash the hash under which it was stored; an intact pack with another hash is refused too
   */
  static open(bytes: Uint8Array, hash: ContentHash): Result<Pack, PackFailure> {
    if (bytes.byteLength < PREFIX_BYTES) return corrupted(`${bytes.byteLength} bytes are no pack`);
    const prefix = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (prefix.getUint32(0) !== MAGIC_NUMBER) {
      const magic = JSON.stringify(text(bytes.subarray(0, MAGIC.length)));
      return corrupted(`it begins with ${magic}, not "${MAGIC}"`);
    }
    const ownHash = readHash(bytes, HASH_START);
    if (ownHash !== hash) return corrupted(`it is the pack "${ownHash}"`);
    const indexEnd = PREFIX_BYTES + prefix.getUint32(INDEX_LENGTH_START, true);
    if (indexEnd > bytes.byteLength) return corrupted("it ends inside its index");
    const index = bytes.subarray(PREFIX_BYTES, indexEnd);
    if (crc32(index) !== prefix.getUint32(INDEX_CRC_START, true)) {
      return corrupted("the checksum of its index differs");
    }
    const keys = new KeyColumn(index);
    const records = new DataView(index.buffer, index.byteOffset + keys.byteLength);
    return ok(new Pack(keys, records, bytes.subarray(indexEnd)));
  }

  /** The entry under `key`; null where the pack has none. */
  find(key: Uint8Array): Result<FoundEntry | null, PackFailure> {
    const index = this.keys.indexOf(key);
    return index < 0 ? ok(null) : this.entry(index);
  }

  /** The entries whose keys begin with `prefix`, in key order. */
  entriesOf(prefix: Uint8Array): Result<readonly FoundEntry[], PackFailure> {
    return allOk(Array.from(this.keys.indexesOf(prefix), (index) => this.entry(index)));
  }

  /**
   * The nearest entries before and after a key whose heads begin with `beginning`, the nearest first. Only entries that are
   * returned are checked and read.
   *
   * @param key must be in the pack
   * @param reach how many entries are looked at on each side
   * @param most how many are returned at most
   */
  nearest(
    key: Uint8Array,
    beginning: Uint8Array,
    reach: number,
    most: number,
  ): Result<readonly FoundEntry[], PackFailure> {
    const own = this.keys.indexOf(key);
    const indexes: number[] = [];
    // After and before in turn: +1, -1, +2, -2 ...
    for (let step = 0; step < 2 * reach && indexes.length < most; step += 1) {
      const distance = (step >> 1) + 1;
      const index = step % 2 === 0 ? own + distance : own - distance;
      if (index < 0 || index >= this.keys.count) continue;
      if (this.#headBegins(index, beginning)) indexes.push(index);
    }
    return allOk(indexes.map((index) => this.entry(index)));
  }

  #headBegins(index: number, beginning: Uint8Array): boolean {
    const data = this.#data;
    const place = this.#records.getUint32(index * RECORD_BYTES + PLACE_FIELD * 4, true);
    // From behind: heads of articles begin alike.
    for (let offset = beginning.byteLength - 1; offset >= 0; offset -= 1) {
      if (data[place + offset] !== beginning[offset]) return false;
    }
    return true;
  }

  /** The entry at `index`, which is from 0 to `keys.count - 1`. */
  entry(index: number): Result<FoundEntry, PackFailure> {
    const records = this.#records;
    const record = index * RECORD_BYTES;
    const headLength = records.getUint32(record, true);
    const headCrc = records.getUint32(record + 4, true);
    const byteLength = records.getUint32(record + 8, true);
    const crc = records.getUint32(record + 12, true);
    const storedLength = records.getUint32(record + 16, true);
    const storedCrc = records.getUint32(record + 20, true);
    const place = records.getUint32(record + PLACE_FIELD * 4, true);
    const key = this.keys.key(index);
    const bodyStart = place + headLength;
    if (bodyStart + storedLength > this.#data.byteLength) {
      return corrupted(`it ends inside the entry "${text(key)}"`);
    }
    const head = this.#data.subarray(place, bodyStart);
    if (crc32(head) !== headCrc) {
      return corrupted(`the checksum of the head of "${text(key)}" differs`);
    }
    const bytes = this.#data.subarray(bodyStart, bodyStart + storedLength);
    const storedBody = (): Result<DeflatedBody, PackFailure> =>
      crc32(bytes) === storedCrc
        ? ok({ bytes, byteLength, crc })
        : corrupted(`the checksum of the body of "${text(key)}" differs`);
    return ok({ key, head, storedBody, readBody: () => mapped(storedBody(), inflateBody) });
  }
}

/** workerd compares the limit with its buffer, which doubles as it grows, and not with the output. */
const SPACE_TO_GROW = 2;
const SPARE_BYTES = 65_536;

/** Inflates a body that `storedBody` has checked. Setting up an inflater takes longer than most entries do, and redirects have no bodies. */
export function inflateBody({
  bytes,
  byteLength,
}: Pick<DeflatedBody, "bytes" | "byteLength">): Uint8Array {
  if (byteLength === 0) return new Uint8Array();
  return inflateRawSync(bytes, { maxOutputLength: SPACE_TO_GROW * byteLength + SPARE_BYTES });
}

/** Inflates bodies as one stream: a call for each takes half as long again where they are of a few kilobytes. */
export function inflateBodies(bodies: readonly DeflatedBody[]): readonly Uint8Array[] {
  const streams = bodies.map(({ bytes }) => bytes.subarray(0, -FINAL_BLOCK.byteLength));
  const byteLength = bodies.reduce((sum, body) => sum + body.byteLength, 0);
  const joined = { bytes: joinedBytes([...streams, FINAL_BLOCK]), byteLength };
  const { buffer, byteOffset } = inflateBody(joined);
  let end = byteOffset;
  return bodies.map((body) => {
    const start = end;
    end += body.byteLength;
    return new Uint8Array(buffer, start, body.byteLength);
  });
}

function corrupted(detail: string): Result<never, PackFailure> {
  return failed({ reason: "pack-corrupted", detail });
}

const decoder = new TextDecoder();

function text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
