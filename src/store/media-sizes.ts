/*
 * The sizes of recordings among the files of articles. Static Assets do not tell the Worker how long a file is, and no part of
 * one can be served without. The list lies beside the files.
 */

/** Where the list is served. No file of an article can be there, because its name has no folder. */
export const MEDIA_SIZES_PATH = "/_media.json";

/** Sizes in bytes, by percent-decoded paths. */
export type MediaSizes = ReadonlyMap<string, number>;

/** The same text for the same files, in whatever order they come. */
export function encodeMediaSizes(sizes: MediaSizes): string {
  const entries = [...sizes].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}

/** Reads what `encodeMediaSizes` wrote. */
export function decodeMediaSizes(text: string): MediaSizes {
  return new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, number>>));
}
