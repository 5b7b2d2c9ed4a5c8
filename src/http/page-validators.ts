import type { Directory, MapName } from "../store/directory.ts";
import type { Validators } from "./conditional.ts";
import { namesTag, weakEntityTag } from "./conditional.ts";
import type { AppContext } from "./env.ts";

/**
 * The validators of a page that is made of entries of the release. Packs are named by their content, so the names of
 * those that hold the entries change when the entries do; all of this is known without a read.
 *
 * @param entries by map and key
 */
export function pageValidators(
  directory: Directory,
  entries: readonly (readonly [map: MapName, key: Uint8Array])[],
): Validators {
  const packs = entries.map(([map, key]) => directory.packOf(map, key) ?? "none");
  return packValidators(directory, [...new Set(packs)]);
}

/** The validators of a page that is made of all that stands in some packs. */
export function packValidators(directory: Directory, packs: readonly string[]): Validators {
  return {
    entityTag: weakEntityTag([...packs, directory.pageBasis].join(".")),
    lastModified: null,
  };
}

/**
 * Whether the client holds the page as it is now. It says so by name: `*` asks whether the page exists at all, which
 * only a read can tell.
 */
export function isCurrentPage(context: AppContext, { entityTag }: Validators): boolean {
  const ifNoneMatch = context.req.header("If-None-Match");
  return ifNoneMatch !== undefined && namesTag(ifNoneMatch, entityTag);
}
