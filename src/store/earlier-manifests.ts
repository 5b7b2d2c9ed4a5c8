import type { ContentHash } from "./content-hash.ts";
import { HASH_BYTES, readHash } from "./content-hash.ts";
import type { DatedStates } from "./dated-states.ts";
import type { FormatRecord, FormatRecords } from "./release-contents.ts";

/*
 * Only the first deploy of a later version reads what is here, for comparison; Workers never do.
 *
 * Formats 2 and 3 end before the history JSON; 3 is 2 with pages of the site's own. In format 1, which is that of version 0.1.0, the scopes
 * end the manifest, each with a digest and the hash of its prerendered feed (zeros where it has none) in 16 bytes each, then the moment
 * of change and the count in a u32 each. The meta JSON has no `formats`.
 */
export const FIRST_FORMAT_VERSION = 1;
export const FORMATS_WITHOUT_LATE: ReadonlySet<number> = new Set([2, 3]);
const FIRST_FORMAT_RECORD_BYTES = 2 * HASH_BYTES + 8;

/** It equals no renderer, so all feeds count as changed. */
const UNKNOWN_FORMAT: FormatRecord = { renderer: "" as ContentHash, changedAt: 0 };
export const UNKNOWN_FORMATS: FormatRecords = {
  rss: UNKNOWN_FORMAT,
  atom: UNKNOWN_FORMAT,
  json: UNKNOWN_FORMAT,
};

/** Returns a function that reads the record of the scope at an index in format 1. */
export function firstFormatStates(bytes: Uint8Array): DatedStates {
  return (index) => {
    const record = bytes.subarray(index * FIRST_FORMAT_RECORD_BYTES);
    const prerendered = record.subarray(HASH_BYTES, 2 * HASH_BYTES);
    const view = new DataView(record.buffer, record.byteOffset + 2 * HASH_BYTES);
    return {
      datedDigest: readHash(record, 0),
      count: view.getUint32(4, true),
      changedAt: view.getUint32(0, true),
      prerendered: prerendered.some((byte) => byte !== 0) ? `e/${readHash(prerendered, 0)}` : null,
    };
  };
}
