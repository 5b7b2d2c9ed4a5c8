import type { ContentHash } from "../../src/store/content-hash.ts";
import type { DeflatedBody, PackEntry } from "../../src/store/pack.ts";
import type { PageName } from "./page-name.ts";

/*
 * What the `collections` map holds of scopes, sorted by key, an entry in each row:
 *
 *     end of the key: u32 | size: u32 | rank of the key: u32 | number of the scope: u32 | `before` of the name: u32 |
 *     number of articles on the page, 0 where it is none: u32 | length of the stored body, its CRC and that of the body: 3 × u32 | place of the stored body, -1 where none was kept: f64 |
 *     hash of the entry | digest of the name, zeros where it has none
 *
 * The keys stand one behind the other apart from the rows.
 */
const KEY_END = 0;
const SIZE = 4;
const RANK = 8;
const SCOPE = 12;
const BEFORE = 16;
const ARTICLES = 20;
const STORED_LENGTH = 24;
const STORED_CRC = 28;
const CRC = 32;
const PLACE = 36;
const HASH = 44;
export const HASH_LENGTH = 22;
const DIGEST = HASH + HASH_LENGTH;
export const LIST_ROW_BYTES = DIGEST + HASH_LENGTH;
const NOWHERE = -1;

/** Where a stored body lies in the file of bodies. */
export interface BodyPlace extends Pick<DeflatedBody, "byteLength" | "crc"> {
  /** -1 where none was kept. */
  readonly place: number;
  readonly storedLength: number;
  readonly storedCrc: number;
}

/** An entry to be written into a row. */
export interface ListRow {
  readonly entry: Pick<PackEntry, "size" | "hash">;
  readonly rank: number;
  readonly scope: number;
  readonly name: PageName | null;
  /** How many articles are on the page; 0 where the entry is no page. */
  readonly articles: number;
  readonly body: BodyPlace | null;
}

/** Entries as rows. A row is no object, since there are twice as many as articles, and most stay as they are. */
export class ListRows {
  readonly bytes: Buffer;
  readonly keys: Buffer;
  /** The same bytes as rows: a `Buffer` takes several times as long to read a number. */
  readonly #view: DataView;

  constructor(bytes: Buffer, keys: Buffer) {
    this.bytes = bytes;
    this.keys = keys;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get count(): number {
    return this.bytes.byteLength / LIST_ROW_BYTES;
  }

  keyStart(row: number): number {
    return row === 0 ? 0 : this.#number(row - 1, KEY_END);
  }

  key(row: number): Buffer {
    return this.keys.subarray(this.keyStart(row), this.#number(row, KEY_END));
  }

  size(row: number): number {
    return this.#number(row, SIZE);
  }

  rank(row: number): number {
    return this.#number(row, RANK);
  }

  scope(row: number): number {
    return this.#number(row, SCOPE);
  }

  articles(row: number): number {
    return this.#number(row, ARTICLES);
  }

  hash(row: number): ContentHash {
    const at = row * LIST_ROW_BYTES + HASH;
    return this.bytes.toString("latin1", at, at + HASH_LENGTH) as ContentHash;
  }

  /** Null where an entry is made anew whenever its scope is planned. */
  name(row: number): PageName | null {
    const at = row * LIST_ROW_BYTES + DIGEST;
    if (this.bytes[at] === 0) return null;
    const digest = this.bytes.toString("latin1", at, at + HASH_LENGTH) as ContentHash;
    return { digest, before: this.#number(row, BEFORE) };
  }

  /** The length of the stored body; 0 where none was kept. */
  storedLength(row: number): number {
    return this.#number(row, STORED_LENGTH);
  }

  hasBody(row: number): boolean {
    return this.#view.getFloat64(row * LIST_ROW_BYTES + PLACE, true) !== NOWHERE;
  }

  /** Null where none was kept. */
  body(row: number): BodyPlace | null {
    return this.hasBody(row) ? this.place(row) : null;
  }

  /** Where its body lies, or that it lies nowhere. */
  place(row: number): BodyPlace {
    return {
      place: this.#view.getFloat64(row * LIST_ROW_BYTES + PLACE, true),
      storedLength: this.#number(row, STORED_LENGTH),
      storedCrc: this.#number(row, STORED_CRC),
      byteLength: this.size(row) - (this.#number(row, KEY_END) - this.keyStart(row)),
      crc: this.#number(row, CRC),
    };
  }

  setBody(row: number, body: BodyPlace | null): void {
    const at = row * LIST_ROW_BYTES;
    this.bytes.writeDoubleLE(body?.place ?? NOWHERE, at + PLACE);
    this.bytes.writeUInt32LE(body?.storedLength ?? 0, at + STORED_LENGTH);
    this.bytes.writeUInt32LE(body?.storedCrc ?? 0, at + STORED_CRC);
    this.bytes.writeUInt32LE(body?.crc ?? 0, at + CRC);
  }

  /** Writes all of a row but its key, which must end at `keyEnd`; its bytes are zero. */
  write(row: number, keyEnd: number, { entry, rank, scope, name, articles, body }: ListRow): void {
    const at = row * LIST_ROW_BYTES;
    this.bytes.writeUInt32LE(keyEnd, at + KEY_END);
    this.bytes.writeUInt32LE(entry.size, at + SIZE);
    this.bytes.writeUInt32LE(rank, at + RANK);
    this.bytes.writeUInt32LE(scope, at + SCOPE);
    this.bytes.writeUInt32LE(articles, at + ARTICLES);
    this.bytes.write(entry.hash, at + HASH, "latin1");
    if (name !== null) {
      this.bytes.writeUInt32LE(name.before, at + BEFORE);
      this.bytes.write(name.digest, at + DIGEST, "latin1");
    }
    this.setBody(row, body);
  }

  /**
   * Copies rows that stand side by side, with their keys.
   *
   * @param to the first row to write
   * @param keysStart where its key begins
   * @param scopes the numbers of scopes there, by those here; null where they are the same
   */
  copy(
    from: ListRows,
    [start, end]: readonly [start: number, end: number],
    to: number,
    keysStart: number,
    scopes: Int32Array | null,
  ): void {
    const firstKey = from.keyStart(start);
    from.keys.copy(this.keys, keysStart, firstKey, from.keyStart(end));
    from.bytes.copy(this.bytes, to * LIST_ROW_BYTES, start * LIST_ROW_BYTES, end * LIST_ROW_BYTES);
    const shift = keysStart - firstKey;
    const stop = (to + end - start) * LIST_ROW_BYTES;
    for (let at = to * LIST_ROW_BYTES; at < stop; at += LIST_ROW_BYTES) {
      this.#view.setUint32(at + KEY_END, this.#view.getUint32(at + KEY_END, true) + shift, true);
      if (scopes === null) continue;
      const scope = scopes[this.#view.getUint32(at + SCOPE, true)] ?? 0;
      this.#view.setUint32(at + SCOPE, scope, true);
    }
  }

  /** The number of keys that do not come after `key`, of which so many are known. */
  floor(key: Uint8Array, known: number): number {
    let [low, high] = [known, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.keys.compare(
        key,
        0,
        key.byteLength,
        this.keyStart(middle),
        this.#number(middle, KEY_END),
      );
      if (order <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #number(row: number, field: number): number {
    return this.#view.getUint32(row * LIST_ROW_BYTES + field, true);
  }
}

/** Rows to be filled. */
export function emptyRows(count: number, keyBytes: number): ListRows {
  return new ListRows(Buffer.alloc(count * LIST_ROW_BYTES), Buffer.allocUnsafeSlow(keyBytes));
}
