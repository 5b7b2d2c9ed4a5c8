import { scopeKey } from "../domain/scope.ts";
import { contentHash, hashBytes } from "./content-hash.ts";
import { encodeHashedKeys } from "./hashed-keys.ts";
import { joinedBytes, u32s } from "./joined-bytes.ts";
import { encodeKeyColumn } from "./key-column.ts";
import { NO_ARRIVALS } from "./digest-arrivals.ts";
import { encodeHistory } from "./manifest-history.ts";
import type { ManifestMeta } from "./manifest-layout.ts";
import { MAGIC, RELEASE_FORMAT_VERSION, mapsOf, renderersOf } from "./manifest-layout.ts";
import type { ReleaseContents } from "./release-contents.ts";

const encoder = new TextEncoder();

/**
 * Writes the manifest. The release id in it is a hash of everything but what the releases before decide (moments of change, late articles, emptied categories, old addresses), so that
 * the same content has the same id whenever and wherever it is bundled.
 */
export function encodeManifest({
  maps,
  scopes,
  formats,
  late,
  digestArrivals = NO_ARRIVALS,
  emptied = [],
  moved = [],
  waysOn,
  search,
  onTime,
  searchEngines,
  ...shown
}: ReleaseContents): Uint8Array {
  const columns = joinedBytes([
    ...mapsOf(search).map((name) => encodeHashedKeys(maps[name])),
    encodeKeyColumn(scopes.map(({ scope }) => encoder.encode(scopeKey(scope)))),
    encodeKeyColumn(scopes.map(({ title }) => encoder.encode(title))),
    encodeKeyColumn(scopes.map(({ newestPage }) => encoder.encode(newestPage))),
    ...scopes.flatMap(({ datedDigest, count, isPrerendered }) => [
      hashBytes(datedDigest),
      u32s([count]),
      Uint8Array.of(Number(isPrerendered)),
    ]),
  ]);
  const version = RELEASE_FORMAT_VERSION;
  const content = contentHash([
    JSON.stringify({ version, ...shown, ...(search && { search: { ...search, changedAt: 0 } }) }),
    columns,
  ]);
  // These change what the Worker does, and nothing of what readers see.
  const done = [onTime, searchEngines].flatMap((one) =>
    one === undefined ? [] : JSON.stringify(one),
  );
  const release = contentHash([content, ...Object.values(renderersOf(formats)), ...done]);
  const meta: ManifestMeta = {
    version,
    ...shown,
    content,
    formats,
    ...(waysOn === undefined ? {} : { waysOn }),
    ...(search === undefined ? {} : { search }),
    ...(onTime === undefined ? {} : { onTime }),
    ...(searchEngines === undefined ? {} : { searchEngines }),
  };
  const metaBytes = encoder.encode(JSON.stringify(meta));
  const history = encodeHistory({ late, emptied, moved, digestArrivals });
  return joinedBytes([
    encoder.encode(MAGIC),
    hashBytes(release),
    u32s([metaBytes.byteLength]),
    metaBytes,
    columns,
    u32s(scopes.map(({ changedAt }) => changedAt)),
    u32s([history.byteLength]),
    history,
  ]);
}
