import type { Directory } from "../../src/store/directory.ts";
import { MAP_NAMES } from "../../src/store/directory.ts";
import { editionKey, packKey } from "../../src/store/value-keys.ts";

/** The keys of all values that a release reads. */
export function neededKeys(directory: Directory): ReadonlySet<string> {
  const packs = MAP_NAMES.flatMap((map) => directory.packs(map).map(({ hash }) => packKey(hash)));
  const editions = directory
    .scopes()
    .flatMap(({ edition }) => (edition === null ? [] : [editionKey(edition)]));
  return new Set([...packs, ...editions]);
}
