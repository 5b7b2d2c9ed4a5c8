import { ok } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { KvNamespace, ListedKey } from "../cloudflare/kv-namespace.ts";
import type { IO } from "../terminal/io.ts";
import type { Step } from "./deploy-input.ts";
import type { LiveSite } from "./live-site.ts";
import { neededKeys } from "./needed-keys.ts";
import { GRACE_SECONDS, keptReleases } from "./plan-prune.ts";
import { readRecord, recordsAmong } from "./release-record.ts";

/** By then, whoever prunes has seen our claim: KV shows a change within a minute, mostly. */
const CLAIM_WAIT_MILLISECONDS = 75_000;
/** Values that another release keeps for that long yet are safe to count on. */
const CLAIM_MARGIN_SECONDS = 3600;

/**
 * Values that are in KV but that no release which is sure to stay reads: somebody may be about to prune them. So it is
 * when a site returns to what it was days ago; mostly there are none.
 */
export async function findUnreferenced(
  namespace: KvNamespace,
  needed: ReadonlySet<string>,
  previous: Manifest | null,
  live: LiveSite,
  listed: readonly ListedKey[],
  now: number,
): Step<ReadonlySet<string>> {
  const safe = previous === null ? new Set<string>() : neededKeys(previous);
  const unreferenced = new Set(
    listed.map(({ name }) => name).filter((name) => needed.has(name) && !safe.has(name)),
  );
  const later = now + Math.min(CLAIM_MARGIN_SECONDS, GRACE_SECONDS);
  const records = recordsAmong(listed, now);
  const stay = keptReleases({ live, now: later, keptReleases: 0 }, records);
  for (const { release } of records) {
    if (unreferenced.size === 0) break;
    if (!stay.has(release)) continue;
    const record = await readRecord(namespace, release);
    if (!record.ok) return record;
    for (const key of neededKeys(record.value)) unreferenced.delete(key);
  }
  return ok(unreferenced);
}

/** Waits until our claim is seen, and says which of the unreferenced have been pruned before it was. */
export async function lostUnreferenced(
  namespace: KvNamespace,
  unreferenced: ReadonlySet<string>,
  io: IO,
  say: (line: string) => void,
): Step<ReadonlySet<string>> {
  const lost = new Set<string>();
  if (unreferenced.size === 0) return ok(lost);
  say(
    `${unreferenced.size} values are left over from an old release: waiting until it is sure that they stay`,
  );
  await io.wait(CLAIM_WAIT_MILLISECONDS);
  for (const key of unreferenced) {
    const value = await namespace.get(key);
    if (!value.ok) return value;
    if (value.value === null) lost.add(key);
  }
  return ok(lost);
}
