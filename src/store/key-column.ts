import { joinedBytes, u32s } from "./joined-bytes.ts";

/**
 * Sorted keys in one array of bytes, searched in place: no key becomes a string, and nothing is parsed in advance.
 *
 *     count: u32 | end of each key: u32 × count | the keys
 *
 * All numbers in the store are little-endian.
 */
export class KeyColumn {
  readonly count: number;
  /** The length of the column in bytes, after which other data may follow. */
  readonly byteLength: number;
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #keysStart: number;

  /**
   * @param bytes begin with the column; what follows it is ignored
   * @throws RangeError where the column does not fit into `bytes`
   */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.count = this.#view.getUint32(0, true);
    this.#keysStart = U32_BYTES * (1 + this.count);
    this.byteLength = this.#keysStart + this.#end(this.count - 1);
    if (this.byteLength > bytes.byteLength) {
      throw new RangeError(
        `Cannot read a key column of ${this.byteLength} bytes out of ${bytes.byteLength}`,
      );
    }
  }

  /** The key at `index`, which is from 0 to `count - 1`. */
  key(index: number): Uint8Array {
    return this.#bytes.subarray(
      this.#keysStart + this.#end(index - 1),
      this.#keysStart + this.#end(index),
    );
  }

  /** The index of `key`; -1 where the column lacks it. */
  indexOf(key: Uint8Array): number {
    const index = this.floor(key);
    return index >= 0 && this.#compare(index, key) === 0 ? index : -1;
  }

  /** The index of the last key that is not after `key`; -1 where every key is after it. */
  floor(key: Uint8Array): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, key) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The indexes of the keys that begin with `prefix`, which lie side by side. */
  *indexesOf(prefix: Uint8Array): Generator<number> {
    for (let index = Math.max(0, this.floor(prefix)); index < this.count; index += 1) {
      const order = compareKeys(this.key(index).subarray(0, prefix.byteLength), prefix);
      if (order > 0) return;
      if (order === 0) yield index;
    }
  }

  /**
   * The indexes of the keys in which some bytes stand, in order. Of text in UTF-8 the last byte is the one that differs most, so it is
   * looked for first; nothing is copied.
   */
  *indexesWith(bytes: Uint8Array): Generator<number> {
    const keys = this.#bytes.subarray(this.#keysStart, this.#keysStart + this.#end(this.count - 1));
    const last = bytes.at(-1);
    if (last === undefined) return;
    let index = 0;
    for (let at = keys.indexOf(last); at >= 0; at = keys.indexOf(last, at + 1)) {
      while (this.#end(index) <= at) index += 1;
      const start = at - bytes.byteLength + 1;
      if (start < this.#end(index - 1)) continue;
      if (compareAt(keys, start, bytes.byteLength, bytes) !== 0) continue;
      yield index;
      at = this.#end(index) - 1;
    }
  }

  #compare(index: number, key: Uint8Array): number {
    const start = this.#keysStart + this.#end(index - 1);
    return compareAt(this.#bytes, start, this.#keysStart + this.#end(index) - start, key);
  }

  #end(index: number): number {
    return index < 0 ? 0 : this.#view.getUint32(U32_BYTES * (1 + index), true);
  }
}

const U32_BYTES = 4;

/** Writes keys, which must be distinct and sorted by `compareKeys`. */
export function encodeKeyColumn(keys: readonly Uint8Array[]): Uint8Array {
  let end = 0;
  const ends = keys.map(({ byteLength }) => (end += byteLength));
  return joinedBytes([u32s([keys.length, ...ends]), ...keys]);
}

/** Compares keys by their bytes, which gives the same order on every machine and in every locale. */
export function compareKeys(a: Uint8Array, b: Uint8Array): number {
  return compareAt(a, 0, a.byteLength, b);
}

/** Compares a key in place, so that a search makes no array for each key that it passes. */
function compareAt(bytes: Uint8Array, start: number, length: number, key: Uint8Array): number {
  const shared = Math.min(length, key.byteLength);
  for (let offset = 0; offset < shared; offset += 1) {
    const difference = (bytes[start + offset] ?? 0) - (key[offset] ?? 0);
    if (difference !== 0) return difference;
  }
  return length - key.byteLength;
}
