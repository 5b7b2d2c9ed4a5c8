import { createHash } from "node:crypto";

/** How a sorted map is cut into packs. All three numbers are part of what decides the keys in KV. */
export interface PackLimits {
  /** One key in so many ends a pack; a power of two. */
  readonly keysPerCut: number;
  /** No cut before a pack holds this much, uncompressed. */
  readonly minimumBytes: number;
  /** A pack holds at most this much, uncompressed, unless a single entry is larger. */
  readonly maximumBytes: number;
}

interface Sized {
  readonly key: Uint8Array;
  /** Uncompressed bytes of key and content. */
  readonly size: number;
}

/**
 * Cuts entries, which are in key order, into packs at places that the keys themselves choose: a key whose hash is a
 * multiple of `keysPerCut` ends a pack. So an insert or a removal moves only the cuts beside it, and no memory of
 * earlier cuts is needed. Where no key in reach is chosen before the maximum, the smallest hash in reach is: that
 * choice does not move with its neighbours either, as a cut "where it is full" would.
 */
export function cutPacks<Entry extends Sized>(
  entries: readonly Entry[],
  limits: PackLimits,
): Entry[][] {
  const packs: Entry[][] = [];
  let start = 0;
  while (start < entries.length) {
    const end = packEnd(entries, start, limits);
    packs.push(entries.slice(start, end));
    start = end;
  }
  return packs;
}

/** Where the pack that begins at `start` ends. */
function packEnd(entries: readonly Sized[], start: number, limits: PackLimits): number {
  let bytes = 0;
  let smallestHash = Number.POSITIVE_INFINITY;
  let fallback = 0;
  for (let index = start; index < entries.length; index += 1) {
    const entry = entries[index];
    if (entry === undefined) break;
    bytes += entry.size;
    if (bytes > limits.maximumBytes) {
      if (fallback > 0) return fallback;
      return Math.max(index, start + 1);
    }
    if (bytes < limits.minimumBytes) continue;
    const hash = cutHash(entry.key);
    if (hash % limits.keysPerCut === 0) return index + 1;
    if (hash <= smallestHash) {
      smallestHash = hash;
      fallback = index + 1;
    }
  }
  return entries.length;
}

function cutHash(key: Uint8Array): number {
  return createHash("sha256").update(key).digest().readUInt32LE(0);
}
