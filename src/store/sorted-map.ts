import type { PackLimits } from "./cut-packs.ts";
import { cutPacks } from "./cut-packs.ts";
import type { PackRef } from "./release-contents.ts";
import { compareKeys } from "./key-column.ts";
import type { PackEntry } from "./pack.ts";
import { packHash } from "./pack.ts";

/** A pack that is encoded only when it is written. */
export interface PlannedPack extends PackRef {
  readonly encode: () => Uint8Array | Promise<Uint8Array>;
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
): readonly PlannedPack[] {
  // An entry may have to make its key, so that it is asked once.
  const sorted = entries
    .map((entry) => ({ key: entry.key, entry }))
    .toSorted((a, b) => compareKeys(a.key, b.key))
    .map(({ entry }) => entry);
  return cutPacks(sorted, limits).map((pack) => ({
    firstKey: pack[0]?.key ?? new Uint8Array(),
    hash: packHash(pack),
    encode: () => encode(pack),
  }));
}
