import type { ContentHash } from "./content-hash.ts";
import { HASH_BYTES, hashBytes, readHash } from "./content-hash.ts";
import { joinedBytes } from "./joined-bytes.ts";
import { KeyColumn, encodeKeyColumn } from "./key-column.ts";
import type { PackRef } from "./release-contents.ts";

/** A key column that is followed by a hash for each key. */
export class HashedKeys {
  readonly byteLength: number;
  readonly #keys: KeyColumn;
  readonly #hashes: Uint8Array;
  /** Hashes that were read already, by index. */
  readonly #read: (ContentHash | undefined)[] = [];

  constructor(bytes: Uint8Array) {
    this.#keys = new KeyColumn(bytes);
    this.byteLength = this.#keys.byteLength + this.#keys.count * HASH_BYTES;
    this.#hashes = bytes.subarray(this.#keys.byteLength, this.byteLength);
  }

  at(key: Uint8Array): ContentHash | null {
    const index = this.#keys.floor(key);
    return index < 0 ? null : this.#hash(index);
  }

  withPrefix(prefix: Uint8Array): readonly ContentHash[] {
    // The pack before the prefix may hold it, and so may all packs whose first key begins with it.
    const indexes = new Set([this.#keys.floor(prefix), ...this.#keys.indexesOf(prefix)]);
    return [...indexes].filter((index) => index >= 0).map((index) => this.#hash(index));
  }

  all(): readonly PackRef[] {
    return Array.from({ length: this.#keys.count }, (_, index) => ({
      firstKey: this.#keys.key(index),
      hash: this.#hash(index),
    }));
  }

  #hash(index: number): ContentHash {
    return (this.#read[index] ??= readHash(this.#hashes, index * HASH_BYTES));
  }
}

/** Writes the packs of a map, which are in the order of their keys. */
export function encodeHashedKeys(packs: readonly PackRef[]): Uint8Array {
  return joinedBytes([
    encodeKeyColumn(packs.map(({ firstKey }) => firstKey)),
    ...packs.map(({ hash }) => hashBytes(hash)),
  ]);
}
