import type { PackLimits } from "./cut-packs.ts";
import { cutPacks } from "./cut-packs.ts";
import type { PackRef } from "./manifest.ts";
import { compareKeys } from "./key-column.ts";
import type { PackEntry } from "./pack.ts";
import { encodePack, packHash } from "./pack.ts";

/** A pack that can be written when it is needed. */
export interface PlannedPack extends PackRef {
  readonly entryCount: number;
  readonly encode: () => Uint8Array | Promise<Uint8Array>;
}

/**
 * Lays a map out in packs. The same entries give the same packs in whatever order they come.
 *
 * @param entries each key once
 */
export function planMap(entries: readonly PackEntry[], limits: PackLimits): readonly PlannedPack[] {
  const sorted = entries.toSorted((a, b) => compareKeys(a.key, b.key));
  return cutPacks(sorted, limits).map((pack) => ({
    firstKey: pack[0]?.key ?? new Uint8Array(),
    hash: packHash(pack),
    entryCount: pack.length,
    encode: () => encodePack(pack),
  }));
}
