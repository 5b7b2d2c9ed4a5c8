import { hash } from "node:crypto";
import type { PackEntry } from "./pack.ts";

/** The size of packs, in uncompressed bytes. Other limits give other packs, and so other keys in KV. */
export interface PackLimits {
  /** No pack holds less, unless large entries leave no other cut. At most half of the maximum. */
  readonly minimumBytes: number;
  /** No pack holds more, unless it is a single entry. */
  readonly maximumBytes: number;
}

/**
 * Cuts entries, which are in key order, into packs at places that the keys themselves choose: what is too large for one
 * pack is cut after the key with the smallest hash, and both parts are cut likewise. Cuts on one side never depend on
 * the other side, so a change moves at most the cuts near it, and earlier cuts need not be remembered. (Cutting after
 * every key that its hash selects was tried: with a minimum, one moved cut could move all that follow.)
 */
export function cutPacks<Entry extends Pick<PackEntry, "key" | "size" | "rank">>(
  entries: readonly Entry[],
  limits: PackLimits,
): Entry[][] {
  // `from` takes several times as long as this, and there are hundreds of thousands.
  const sizes = new Float64Array(entries.length);
  const ranks = new Uint32Array(entries.length);
  for (const [index, entry] of entries.entries()) {
    sizes[index] = entry.size;
    ranks[index] = entry.rank ?? rankOfKey(entry.key);
  }
  return cutPlaces(sizes, ranks, limits).map(([start, end]) => entries.slice(start, end));
}

/**
 * Where `cutPacks` cuts: the index of the first entry of each pack, and of the first behind it.
 *
 * @param sizes of the entries, in bytes
 * @param ranks `rankOfKey` of their keys
 */
export function cutPlaces(
  sizes: Float64Array,
  ranks: Uint32Array,
  limits: PackLimits,
): readonly (readonly [start: number, end: number])[] {
  const ends = new Float64Array(sizes.length + 1);
  for (let index = 0; index < sizes.length; index += 1) {
    ends[index + 1] = (ends[index] ?? 0) + (sizes[index] ?? 0);
  }
  const packs: (readonly [number, number])[] = [];
  const divide = (start: number, end: number): void => {
    const cut = findCut(ends, ranks, start, end, limits);
    if (cut === null) {
      packs.push([start, end]);
    } else {
      divide(start, cut);
      divide(cut, end);
    }
  };
  if (sizes.length > 0) divide(0, sizes.length);
  return packs;
}

/** The hash of a key by which entries are cut: in 32 bits. */
export function rankOfKey(key: Uint8Array): number {
  return hash("sha256", key, "buffer").readUInt32LE(0);
}

/**
 * Where to cut entries in two; null where they are one pack.
 *
 * @param ends the bytes before each entry, and at the end those of all entries
 */
function findCut(
  ends: Float64Array,
  ranks: Uint32Array,
  start: number,
  end: number,
  limits: PackLimits,
): number | null {
  const first = ends[start] ?? 0;
  const last = ends[end] ?? 0;
  if (last - first <= limits.maximumBytes || end - start === 1) return null;
  let cut = start + 1;
  let cutRank = Number.POSITIVE_INFINITY;
  for (let index = start + 1; index < end; index += 1) {
    const at = ends[index] ?? 0;
    const isWithin = Math.min(at - first, last - at) >= limits.minimumBytes;
    const rank = (ranks[index - 1] ?? 0) + (isWithin ? 0 : HASHES);
    if (rank < cutRank) {
      cutRank = rank;
      cut = index;
    }
  }
  return cut;
}

/**
 * The number of possible hashes. Added to a hash, it ranks a cut that leaves too little on one side after all others.
 */
const HASHES = 2 ** 32;
