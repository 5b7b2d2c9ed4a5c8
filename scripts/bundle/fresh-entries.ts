import { rankOfKey } from "../../src/store/cut-packs.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import type { FreshBodies } from "./fresh-bodies.ts";
import type { ListRow, ListRows } from "./list-rows.ts";
import { emptyRows } from "./list-rows.ts";
import type { ListEntry } from "./plan-collections.ts";

const FIRST_ROWS = 256;
const FIRST_KEY_BYTES = 8192;
/** The place of a body that was not made now. */
export const NOT_FRESH = -1;

/** Entries that were planned now, as rows in the order in which they came; what they hold is put aside. */
export class FreshEntries {
  readonly #bodies: FreshBodies;
  #rows = emptyRows(FIRST_ROWS, FIRST_KEY_BYTES);
  /** Where each body was put; `NOT_FRESH` where it was kept before. */
  #places = new Float64Array(FIRST_ROWS);
  #count = 0;
  #keysEnd = 0;

  constructor(bodies: FreshBodies) {
    this.#bodies = bodies;
  }

  get count(): number {
    return this.#count;
  }

  /** The length of all keys. */
  get keyBytes(): number {
    return this.#keysEnd;
  }

  get rows(): ListRows {
    return this.#rows;
  }

  place(row: number): number {
    return this.#places[row] ?? NOT_FRESH;
  }

  /** @param scope the number of its scope */
  add({ key, hash, body, name, articles }: ListEntry, scope: number): void {
    const isFresh = body instanceof Uint8Array;
    const size = key.byteLength + body.byteLength;
    const row = { scope, name, articles, body: isFresh ? null : body };
    this.#add({ key, hash, size }, row, isFresh ? this.#bodies.put(body) : NOT_FRESH);
  }

  /** Adds an entry of which somebody else knows what it holds. */
  addOther(entry: Pick<PackEntry, "key" | "hash" | "size">, scope: number): void {
    this.#add(entry, { scope, name: null, articles: 0, body: null }, NOT_FRESH);
  }

  #add(
    entry: Pick<PackEntry, "key" | "hash" | "size">,
    row: Omit<ListRow, "entry" | "rank">,
    place: number,
  ): void {
    const { key } = entry;
    this.#makeRoom(key.byteLength);
    this.#rows.keys.set(key, this.#keysEnd);
    this.#keysEnd += key.byteLength;
    this.#rows.write(this.#count, this.#keysEnd, { ...row, entry, rank: rankOfKey(key) });
    this.#places[this.#count] = place;
    this.#count += 1;
  }

  /** Lets go of all rows, when they have been copied: nothing else is as large. */
  clear(): void {
    this.#rows = emptyRows(0, 0);
    this.#places = new Float64Array();
    [this.#count, this.#keysEnd] = [0, 0];
  }

  /** The numbers of the rows, in the order of their keys. */
  sorted(): Uint32Array {
    // As texts of one character for each byte, keys are compared by the machine's own means, and in the same order.
    const keys = Array.from({ length: this.#count }, (_, row) =>
      this.#rows.key(row).toString("latin1"),
    );
    const numbers = new Uint32Array(keys.length);
    for (let row = 0; row < numbers.length; row += 1) numbers[row] = row;
    return numbers.toSorted((a, b) => ((keys[a] ?? "") < (keys[b] ?? "") ? -1 : 1));
  }

  #makeRoom(keyBytes: number): void {
    const { bytes, keys, count: room } = this.#rows;
    const isFull = this.#count === room;
    const areKeysFull = this.#keysEnd + keyBytes > keys.byteLength;
    if (!isFull && !areKeysFull) return;
    const roomForKeys = areKeysFull ? 2 * (keys.byteLength + keyBytes) : keys.byteLength;
    const larger = emptyRows(isFull ? 2 * room : room, roomForKeys);
    larger.bytes.set(bytes);
    larger.keys.set(keys);
    this.#rows = larger;
    if (!isFull) return;
    const places = new Float64Array(2 * room);
    places.set(this.#places);
    this.#places = places;
  }
}
