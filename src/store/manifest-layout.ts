import type { FeedFormat } from "../domain/feed-format.ts";
import type { ContentHash } from "./content-hash.ts";
import { HASH_BYTES } from "./content-hash.ts";
import type { FormatRecords, MapName, ReleaseContents } from "./release-contents.ts";
import { MAP_NAMES } from "./release-contents.ts";

/** The version of the manifest's format, raised by every change. */
export const RELEASE_FORMAT_VERSION = 4;

/*
 * The manifest:
 *
 *     "OFD1" | release: 16 bytes | length of the meta JSON: u32 | meta JSON
 *     for each map: the first keys of its packs (a key column) | hash of each: 16 bytes; `search` only where the meta JSON has it
 *     the scopes: keys, titles, newest pages (a column each) | for each: digest: 16 bytes, count: u32, whether prerendered: u8
 *     for each scope, changed at: u32 | length of the history JSON: u32 | history JSON (`manifest-history.ts`)
 */
export const MAGIC = "OFD1";
export const RELEASE_START = 4;
export const META_LENGTH_START = RELEASE_START + HASH_BYTES;
export const META_START = META_LENGTH_START + 4;
/** Within the record of a scope. */
export const COUNT_START = HASH_BYTES;
export const PRERENDERED_START = COUNT_START + 4;
export const SCOPE_RECORD_BYTES = PRERENDERED_START + 1;
export const MOMENT_BYTES = 4;

/** What the meta JSON holds. */
export type ManifestMeta = Omit<
  ReleaseContents,
  "maps" | "scopes" | "late" | "emptied" | "moved"
> & {
  readonly version: number;
  readonly content: ContentHash;
};

/** The renderer's hash of each format, in the order of `FEED_FORMAT_NAMES`. */
export function renderersOf(formats: FormatRecords): Readonly<Record<FeedFormat, ContentHash>> {
  const { rss, atom, json } = formats;
  return { rss: rss.renderer, atom: atom.renderer, json: json.renderer };
}

/** The maps that a manifest holds: a site that cannot be searched has no index. */
export function mapsOf(search: ReleaseContents["search"]): readonly MapName[] {
  return search === undefined ? MAP_NAMES.filter((name) => name !== "search") : MAP_NAMES;
}
