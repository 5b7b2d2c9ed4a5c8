import type { ContentHash } from "./content-hash.ts";

/** The names of values in KV. Each name is used for one content only, so a value never changes under its key. */

export function packKey(hash: ContentHash): string {
  return `p/${hash}`;
}

export function prerenderedFeedKey(hash: ContentHash): string {
  return `e/${hash}`;
}
