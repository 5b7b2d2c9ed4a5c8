import type { PackLimits } from "./cut-packs.ts";
import { cutPacks } from "./cut-packs.ts";
import type { PackRef } from "./release-contents.ts";
import type { PackEntry } from "./pack.ts";
import { packHash } from "./pack.ts";

/** A pack that is encoded only when it is written. */
export interface PlannedPack extends PackRef {
  readonly encode: () => Uint8Array | Promise<Uint8Array>;
}

/** A pack with its entries, in the order of their keys. */
export interface FilledPack<Entry> extends PlannedPack {
  readonly entries: readonly Entry[];
}

/**
 * Divides a map into packs. The same entries give the same packs, whatever their order.
 *
 * @param entries in any order, each key once
 * @param encode writes a pack of sorted entries
 */
export function planMap<Entry extends Pick<PackEntry, "key" | "size" | "hash" | "rank">>(
  entries: readonly Entry[],
  limits: PackLimits,
  encode: (pack: readonly Entry[]) => Uint8Array | Promise<Uint8Array>,
): readonly FilledPack<Entry>[] {
  // As texts of one character for each byte, keys are compared by the machine's own means, and in the same order.
  const sorted = entries
    .map((entry) => ({ key: latin1(entry.key), entry }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ entry }) => entry);
  return cutPacks(sorted, limits).map((pack) => ({
    firstKey: pack[0]?.key ?? new Uint8Array(),
    hash: packHash(pack),
    encode: () => encode(pack),
    entries: pack,
  }));
}

function latin1(key: Uint8Array): string {
  let text = "";
  for (let index = 0; index < key.byteLength; index += 1) {
    text += String.fromCharCode(key[index] ?? 0);
  }
  return text;
}
