import type { Result } from "../../src/domain/result.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import { MAP_NAMES } from "../../src/store/release-contents.ts";
import { packKey } from "../../src/store/pack.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { indexKey } from "../read/index/plan-index.ts";
import { counted } from "../terminal/counted.ts";
import type { IO } from "../terminal/io.ts";
import { mapConcurrently } from "../terminal/map-concurrently.ts";
import type { ReadRecord } from "./release-record.ts";

export type AwaitFailure =
  | ApiFailure
  | { readonly reason: "values-missing"; readonly keys: readonly string[] };

// Cloudflare says that a change in KV may take a minute or more to be seen.
const LIST_WAITS_MILLISECONDS = [0, 1000, 3000, 6000, 10_000];
const READ_WAITS_MILLISECONDS = [0, 5000, 15_000, 30_000, 60_000];

/** The keys of all values that a release reads. */
export function neededKeys(manifest: Manifest): ReadonlySet<string> {
  const packs = MAP_NAMES.flatMap((map) => manifest.packs(map).map(({ hash }) => packKey(hash)));
  const prerenderedFeeds = manifest.scopes().flatMap(({ prerendered }) => prerendered ?? []);
  return new Set([...packs, ...prerenderedFeeds]);
}

/** The keys of all values that are kept with a release: those that its Worker reads, and its index. */
export function keptKeys({ manifest, index }: ReadRecord): ReadonlySet<string> {
  return new Set([...neededKeys(manifest), ...(index?.packs.map(indexKey) ?? [])]);
}

/** The keys that KV's list does not show, though it may have them: the list is late at times. */
async function unlistedKeys(
  namespace: KvNamespace,
  keys: Iterable<string>,
): Promise<Result<readonly string[], ApiFailure>> {
  const listed = await namespace.list("");
  return mapped(listed, (present) => {
    const names = new Set(present.map(({ name }) => name));
    return [...keys].filter((key) => !names.has(key));
  });
}

/** The keys under which KV has no value. Reads every key. */
export async function absentKeys(
  namespace: KvNamespace,
  keys: Iterable<string>,
): Promise<Result<readonly string[], ApiFailure>> {
  const absent = await mapConcurrently(keys, 1, async (key) =>
    mapped(await namespace.get(key), (value) => (value === null ? [key] : [])),
  );
  return mapped(absent, (found) => found.flat());
}

/** The keys under which KV has no value. Reads only keys that KV's list does not show. */
export async function missingKeys(
  namespace: KvNamespace,
  keys: Iterable<string>,
): Promise<Result<readonly string[], ApiFailure>> {
  const unlisted = await unlistedKeys(namespace, keys);
  return unlisted.ok ? absentKeys(namespace, unlisted.value) : unlisted;
}

/** Waits until KV shows every value. Looks at its list first, then reads what the list still does not show. */
export async function awaitValues(
  needed: readonly string[],
  namespace: KvNamespace,
  io: IO,
): Promise<Result<null, AwaitFailure>> {
  let missing = needed;
  const looks = [
    ...LIST_WAITS_MILLISECONDS.map((wait) => ({ wait, look: unlistedKeys })),
    ...READ_WAITS_MILLISECONDS.map((wait) => ({ wait, look: absentKeys })),
  ];
  for (const { wait, look } of looks) {
    await io.wait(wait, `KV to show ${counted(missing.length, "value")}`);
    const unseen = await look(namespace, missing);
    if (!unseen.ok) return unseen;
    missing = unseen.value;
    if (missing.length === 0) return ok(null);
  }
  return failed({ reason: "values-missing", keys: missing });
}
