import type { Manifest, MapName } from "../store/manifest.ts";
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
  manifest: Manifest,
  entries: readonly (readonly [map: MapName, key: Uint8Array])[],
): Validators {
  const packs = entries.map(([map, key]) => manifest.packOf(map, key) ?? "none");
  return packValidators(manifest, [...new Set(packs)]);
}

/** The validators of a page that is made of all that stands in some packs. */
export function packValidators(manifest: Manifest, packs: readonly string[]): Validators {
  return {
    entityTag: weakEntityTag([...packs, manifest.pageBasis].join(".")),
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
