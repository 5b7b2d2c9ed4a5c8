import { posix } from "node:path";
import type { Permalink } from "./permalink.ts";

/** The settings that say which addresses articles had. They are sent to threads and hashed, so they are plain data. */
export interface AddressSettings {
  /** What `permalink` has been, the one in use first. */
  readonly permalinks: readonly Permalink[];
  /** The same of folders, whose paths are relative to the folder of `wrangler.toml`, without slashes around. */
  readonly folderPermalinks: readonly (readonly [
    folder: string,
    permalinks: readonly Permalink[],
  ])[];
  /** Origins at which the site is or was, with a path where it was below one; no slash at the end. */
  readonly formerUrls: readonly string[];
}

/** The permalinks of the deepest folder that has some and holds a file; null where there is none. */
export function permalinksOfFolder(
  { folderPermalinks }: AddressSettings,
  path: string,
): readonly Permalink[] | null {
  const file = posix.normalize(path);
  const [deepest] = folderPermalinks
    .filter(([folder]) => file.startsWith(`${folder}/`))
    .toSorted(([a], [b]) => b.length - a.length);
  return deepest?.[1] ?? null;
}
