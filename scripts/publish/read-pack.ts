import type { Result } from "../../src/domain/result.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { packKey } from "../../src/store/pack.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";

/** The bytes of a pack; null where it is not there. */
export type ReadPack = (hash: ContentHash) => Promise<Result<Uint8Array | null, ApiFailure>>;

/** Reads packs out of KV. */
export function packsOf(namespace: KvNamespace): ReadPack {
  return async (hash) => namespace.get(packKey(hash));
}
