import { hash } from "node:crypto";
import type { PackEntry } from "./pack.ts";

/** How a sorted map is cut into packs. Both numbers are part of what decides the keys in KV. */
export interface PackLimits {
  /** No pack holds less than this, uncompressed, unless large entries leave no other cut. At most half of the maximum. */
  readonly minimumBytes: number;
  /** A pack holds at most this much, uncompressed, unless a single entry is larger. */
  readonly maximumBytes: number;
}

/**
 * Cuts entries, which are in key order, into packs at places that the keys themselves choose: what is too large for one
 * pack is cut behind the key with the smallest hash, and so are both parts in turn. What is cut on one side never depends
 * on the other, so a change moves at most the cuts beside it, and no memory of earlier cuts is needed. (Going along and
 * cutting behind the next key that a hash chooses was tried: with a minimum, one moved cut could move all that follow.)
 */
export function cutPacks<Entry extends Pick<PackEntry, "key" | "size">>(
  entries: readonly Entry[],
  limits: PackLimits,
): Entry[][] {
  const ends = [0];
  for (const { size } of entries) ends.push((ends.at(-1) ?? 0) + size);
  const hashes = entries.map(({ key }) => cutHash(key));
  const packs: Entry[][] = [];
  const divide = (start: number, end: number): void => {
    const cut = findCut(ends, hashes, start, end, limits);
    if (cut === null) {
      packs.push(entries.slice(start, end));
    } else {
      divide(start, cut);
      divide(cut, end);
    }
  };
  if (entries.length > 0) divide(0, entries.length);
  return packs;
}

/**
 * Where a stretch of entries is cut in two; null where it is a pack.
 *
 * @param ends how many bytes there are before each entry, and in all
 */
function findCut(
  ends: readonly number[],
  hashes: readonly number[],
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
    const rank = (hashes[index - 1] ?? 0) + (isWithin ? 0 : HASHES);
    if (rank < cutRank) {
      cutRank = rank;
      cut = index;
    }
  }
  return cut;
}

/** As many as there are: a cut that leaves too little on one side comes after all that do not. */
const HASHES = 2 ** 32;

function cutHash(key: Uint8Array): number {
  return hash("sha256", key, "buffer").readUInt32LE(0);
}
