import type { Result } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { Pack } from "../../src/store/pack.ts";
import type { ValueSource } from "../../src/store/release-store.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";

/** Reads a value by its key; null if there is none. */
export type ReadValue = (key: string) => Promise<Result<Uint8Array | null, ApiFailure>>;

/** A release with a way to read its values. */
export interface ReadableRelease {
  readonly manifest: Manifest;
  readonly read: ReadValue;
}

/**
 * Opens a release as the Worker does.
 *
 * @param packCacheBytes how much memory its packs may take; by default none is kept
 */
export function openRelease({ manifest, read }: ReadableRelease, packCacheBytes = 0): ReleaseStore {
  const values: ValueSource = {
    async get(key) {
      const value = await read(key);
      // The store catches this, and adds the key.
      if (!value.ok) throw new Error(value.failure.detail);
      return value.value === null ? null : new Uint8Array(value.value).buffer;
    },
  };
  return new ReleaseStore(manifest, values, new ValueCache<Pack>(packCacheBytes));
}
