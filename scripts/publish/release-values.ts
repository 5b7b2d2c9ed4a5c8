import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import { MAP_NAMES } from "../../src/store/manifest.ts";
import { packKey } from "../../src/store/pack.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import type { IO } from "../terminal/io.ts";

export type AwaitFailure =
  | ApiFailure
  | { readonly reason: "values-missing"; readonly keys: readonly string[] };

/** KV says that a change may take a minute or more to be seen. */
const LIST_WAITS_MILLISECONDS = [0, 1000, 3000, 6000, 10_000];
const READ_WAITS_MILLISECONDS = [0, 5000, 15_000, 30_000, 60_000];

/** The keys of all values that a release reads. */
export function neededKeys(manifest: Manifest): ReadonlySet<string> {
  const packs = MAP_NAMES.flatMap((map) => manifest.packs(map).map(({ hash }) => packKey(hash)));
  const prerenderedFeeds = manifest.scopes().flatMap(({ prerendered }) => prerendered ?? []);
  return new Set([...packs, ...prerenderedFeeds]);
}

/** The keys under which KV has no value, by its list, which is late at times, and by reading what that does not show. */
export async function missingKeys(
  namespace: KvNamespace,
  keys: Iterable<string>,
): Promise<Result<readonly string[], ApiFailure>> {
  const listed = await namespace.list("");
  if (!listed.ok) return listed;
  const present = new Set(listed.value.map(({ name }) => name));
  return absentKeys(
    namespace,
    [...keys].filter((key) => !present.has(key)),
  );
}

/** The keys under which KV has no value, by reading each. */
export async function absentKeys(
  namespace: KvNamespace,
  keys: Iterable<string>,
): Promise<Result<readonly string[], ApiFailure>> {
  const absent: string[] = [];
  for (const key of keys) {
    const value = await namespace.get(key);
    if (!value.ok) return value;
    if (value.value === null) absent.push(key);
  }
  return ok(absent);
}

/**
 * Waits until KV shows every value: by its list, and what the list does not show in time, by reading it.
 *
 * @param needed keys
 */
export async function awaitValues(
  needed: ReadonlySet<string>,
  namespace: KvNamespace,
  io: IO,
): Promise<Result<null, AwaitFailure>> {
  let missing: readonly string[] = [...needed];
  for (const milliseconds of LIST_WAITS_MILLISECONDS) {
    await io.wait(milliseconds);
    const listed = await namespace.list("");
    if (!listed.ok) return listed;
    const present = new Set(listed.value.map(({ name }) => name));
    missing = missing.filter((key) => !present.has(key));
    if (missing.length === 0) return ok(null);
  }
  for (const milliseconds of READ_WAITS_MILLISECONDS) {
    await io.wait(milliseconds);
    const absent = await absentKeys(namespace, missing);
    if (!absent.ok) return absent;
    missing = absent.value;
    if (missing.length === 0) return ok(null);
  }
  return failed({ reason: "values-missing", keys: missing });
}

/** The bytes of a pack; null where it is not there. */
export type ReadPack = (hash: ContentHash) => Promise<Result<Uint8Array | null, ApiFailure>>;

/** Reads packs out of KV. */
export function packsOf(namespace: KvNamespace): ReadPack {
  return async (hash) => namespace.get(packKey(hash));
}
