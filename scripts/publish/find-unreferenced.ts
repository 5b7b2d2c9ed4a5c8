import { ok } from "../../src/domain/result.ts";
import type { KvNamespace, ListedKey } from "../cloudflare/kv-namespace.ts";
import type { IO } from "../terminal/io.ts";
import type { Step } from "./deploy-input.ts";
import { absentKeys } from "./missing-keys.ts";
import { neededKeys } from "./needed-keys.ts";
import type { NextRelease } from "./next-release.ts";
import { GRACE_SECONDS, keptReleases } from "./plan-prune.ts";
import { readRecord, recordsAmong } from "./release-record.ts";

/** By then, whoever prunes has seen our claim: KV shows a change within a minute, mostly. */
const CLAIM_WAIT_MILLISECONDS = 75_000;
/** Values that another release keeps for that long yet are safe to count on. */
const CLAIM_MARGIN_SECONDS = 3600;

/**
 * Values that are in KV but that no release which is sure to stay reads: somebody may be about to prune them. So it is
 * when a site returns to what it was days ago; mostly there are none. This waits until our claim is seen, and says which
 * of them have been pruned before it was.
 *
 * @param needed by the release that is claimed
 */
export async function lostUnreferenced(
  namespace: KvNamespace,
  needed: ReadonlySet<string>,
  draft: NextRelease,
  listed: readonly ListedKey[],
  io: IO,
): Step<readonly string[]> {
  const unreferenced = await findUnreferenced(namespace, needed, draft, listed);
  if (!unreferenced.ok) return unreferenced;
  const { size } = unreferenced.value;
  if (size === 0) return ok([]);
  io.say(
    `${size} values are left over from an old release: waiting until it is sure that they stay`,
  );
  await io.wait(CLAIM_WAIT_MILLISECONDS);
  return absentKeys(namespace, unreferenced.value);
}

async function findUnreferenced(
  namespace: KvNamespace,
  needed: ReadonlySet<string>,
  { live, previous, now }: NextRelease,
  listed: readonly ListedKey[],
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
