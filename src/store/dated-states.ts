import type { ContentHash } from "./content-hash.ts";
import { readHash } from "./content-hash.ts";
import {
  COUNT_START,
  MOMENT_BYTES,
  PRERENDERED_START,
  SCOPE_RECORD_BYTES,
} from "./manifest-layout.ts";
import type { ScopeRecord } from "./release-contents.ts";

/** What is known of a scope without its late articles. */
export type DatedState = Omit<ScopeRecord, "scope" | "title" | "newestPage" | "digest">;

/** The states of scopes by their index, which are read when they are asked for. */
export type DatedStates = (index: number) => DatedState;

/** Returns a function that reads the record and the moment of the scope at an index. */
export function datedStates(
  bytes: Uint8Array,
  count: number,
  prerenderedKey: (digest: ContentHash) => string,
): DatedStates {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return (index) => {
    const at = index * SCOPE_RECORD_BYTES;
    const datedDigest = readHash(bytes, at);
    const isPrerendered = view.getUint8(at + PRERENDERED_START) !== 0;
    return {
      datedDigest,
      count: view.getUint32(at + COUNT_START, true),
      changedAt: view.getUint32(count * SCOPE_RECORD_BYTES + index * MOMENT_BYTES, true),
      prerendered: isPrerendered ? prerenderedKey(datedDigest) : null,
    };
  };
}
