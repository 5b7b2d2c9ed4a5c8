import type { Manifest } from "../../src/store/manifest.ts";
import { MAP_NAMES } from "../../src/store/manifest.ts";
import { packKey } from "../../src/store/pack.ts";

/** The keys of all values that a release reads. */
export function neededKeys(manifest: Manifest): ReadonlySet<string> {
  const packs = MAP_NAMES.flatMap((map) => manifest.packs(map).map(({ hash }) => packKey(hash)));
  const prerenderedFeeds = manifest.scopes().flatMap(({ prerendered }) => prerendered ?? []);
  return new Set([...packs, ...prerenderedFeeds]);
}
