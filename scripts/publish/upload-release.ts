import { failed, ok } from "../../src/domain/result.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";
import type { ListedKey } from "../cloudflare/kv-namespace.ts";
import { counted } from "../terminal/counted.ts";
import { indexKey } from "../read/index/plan-index.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { IndexRef } from "./index-ref.ts";
import type { PlannedIndex } from "./kept-index.ts";
import type { PlannedDeploy, ReleaseDraft } from "./plan-deploy.ts";
import { GRACE_SECONDS, keptReleases } from "./prune-namespace.ts";
import type { ReleaseRecord } from "./release-record.ts";
import { RECORD_PREFIX, claimRelease, readRecord, recordsAmong } from "./release-record.ts";
import { absentKeys, awaitValues, keptKeys, missingKeys } from "./missing-keys.ts";
import { BYTES_PER_MEGABYTE, putInBatches } from "./put-in-batches.ts";

/** After that time a run that prunes has seen our claim: KV mostly shows a change within a minute. */
const CLAIM_WAIT_MILLISECONDS = 75_000;
/** Values of another release count as safe if that release is kept for at least this long. */
const CLAIM_MARGIN_SECONDS = 3600;

/** Claims a release with its index, and uploads the values that KV lacks. */
export async function uploadRelease(
  draft: ReleaseDraft,
  { listed, missing, index }: PlannedDeploy,
): Step<null> {
  const { live, next, now } = draft;
  // A release that was deployed stays one that can be rolled back to, even if it is now previewed.
  const wasDeployed =
    live.deployments.some(({ version }) => version?.release === next.release) ||
    recordsAmong(listed, now).some(
      ({ release, kind }) => release === next.release && kind === "deploy",
    );
  const ref = index?.ref ?? indexOfSame(draft);
  const claimed = await claim(draft, wasDeployed ? "deploy" : draft.kind, ref);
  if (!claimed.ok) return claimed;
  const needed = keptKeys({ manifest: next, index: ref });
  const lost = await lostUnreferenced(draft, needed, listed);
  if (!lost.ok) return lost;
  return sendValues(draft, [...missing, ...valuesOf(draft, index, lost.value)], 1, needed);
}

/** The index of the live release, where the next one is the same and has none of its own. */
function indexOfSame({ live, next, previousIndex }: ReleaseDraft): IndexRef | null {
  return live.release === next.release ? previousIndex : null;
}

async function claim(
  { namespace, config, next, bytes, now }: ReleaseDraft,
  kind: ReleaseRecord["kind"],
  index: IndexRef | null,
): Step<null> {
  const { release, articleCount } = next;
  const record = { release, claimedAt: now, kind, articles: articleCount, worker: config.name };
  return claimRelease(namespace, record, bytes, index);
}

/**
 * Uploads values as far as the write budget goes, and waits until KV shows the needed ones and the claim.
 *
 * @param claims how many claims were written before, which count as writes
 * @param needed the keys to wait for
 */
async function sendValues(
  { mostWrites, io, namespace, next }: ReleaseDraft,
  values: readonly PlannedValue[],
  claims: number,
  needed: Iterable<string>,
): Step<null> {
  const affordable = values.slice(0, Math.max(0, mostWrites - claims));
  const done = await putInBatches(affordable, namespace, io);
  if (!done.ok) return done;
  const megabytes = (done.value.bytes / BYTES_PER_MEGABYTE).toFixed(1);
  const written = done.value.values + claims;
  io.say(
    `Uploaded ${counted(done.value.values, "value")}, ${megabytes} MB; ${counted(written, "write")} used`,
  );
  const left = values.length - affordable.length;
  if (left > 0) return failed({ reason: "budget-spent", written, left });
  return awaitValues([...needed, RECORD_PREFIX + next.release], namespace, io);
}

function valuesOf(
  { site }: DeployInput,
  index: PlannedIndex | null,
  keys: readonly string[],
): readonly PlannedValue[] {
  const wanted = new Set(keys);
  return [...site.release.values, ...(index?.values ?? [])].filter(({ key }) => wanted.has(key));
}

/**
 * Needed values that were in KV and have been pruned before our claim was seen. Only values that no other kept release
 * reads are at risk; mostly there are none, but a site may return to what it was days ago. If there are any, this waits until
 * the claim can be seen everywhere and then reads them.
 *
 * @param needed the keys that are kept with the claimed release
 * @param listed the keys that KV had before the claim
 */
async function lostUnreferenced(
  draft: ReleaseDraft,
  needed: ReadonlySet<string>,
  listed: readonly ListedKey[],
): Step<readonly string[]> {
  const { namespace, io } = draft;
  const unreferenced = await findUnreferenced(draft, needed, listed);
  if (!unreferenced.ok) return unreferenced;
  const { size } = unreferenced.value;
  if (size === 0) return ok([]);
  io.say(
    `${counted(size, "value")} left over from an old release: waiting until it is sure that this stays`,
  );
  await io.wait(CLAIM_WAIT_MILLISECONDS, "our claim to be seen everywhere");
  return absentKeys(namespace, unreferenced.value);
}

async function findUnreferenced(
  { namespace, live, previous, previousIndex, now }: ReleaseDraft,
  needed: ReadonlySet<string>,
  listed: readonly ListedKey[],
): Step<ReadonlySet<string>> {
  let unreferenced = needed.intersection(new Set(listed.map(({ name }) => name)));
  if (previous !== null) {
    const kept = keptKeys({ manifest: previous, index: previousIndex });
    unreferenced = unreferenced.difference(kept);
  }
  const later = now + Math.min(CLAIM_MARGIN_SECONDS, GRACE_SECONDS);
  const records = recordsAmong(listed, now);
  const stay = keptReleases({ live, now: later, keptReleases: 0 }, records);
  for (const { release } of records) {
    if (unreferenced.size === 0) break;
    if (!stay.has(release)) continue;
    const record = await readRecord(namespace, release);
    if (!record.ok) return record;
    unreferenced = unreferenced.difference(keptKeys(record.value));
  }
  return ok(unreferenced);
}

/** Uploads what KV has lost of the live release, for a deploy whose release is live already. */
export async function repairRelease(draft: ReleaseDraft): Step<null> {
  const { namespace, previous, previousIndex, next, site, io } = draft;
  const kept = keptKeys({ manifest: next, index: previousIndex });
  const missing = await missingKeys(namespace, kept);
  if (!missing.ok) return missing;
  // What another machine read would not be read here to the byte, so that an index that lacks something is made anew.
  const isIndexLost = previousIndex?.packs.some((hash) => missing.value.includes(indexKey(hash)));
  const index = isIndexLost === true ? draft.liveIndex.plan(await site.sources()) : null;
  const ref = isIndexLost === true ? (index?.ref ?? null) : previousIndex;
  const absent =
    index === null
      ? missing
      : await missingKeys(namespace, keptKeys({ manifest: next, index: ref }));
  if (!absent.ok) return absent;
  const lacking = valuesOf(draft, index, absent.value);
  const claims = previous === null || isIndexLost === true ? 1 : 0;
  const values = lacking.length + claims;
  if (values === 0) {
    io.say(`Nothing to deploy: release ${next.release} and its code are live`);
    return ok(null);
  }
  const lost = `${counted(values, "value")} of the live release ${next.release}`;
  if (draft.isDryRun) {
    io.say(`KV has lost ${lost}; nothing was done, as --dry-run says: a deploy uploads them`);
    return ok(null);
  }
  const claimed = claims === 0 ? ok(null) : await claim(draft, "deploy", ref);
  if (!claimed.ok) return claimed;
  const sent = await sendValues(draft, lacking, claims, absent.value);
  if (!sent.ok) return sent;
  io.say(
    `Repaired: KV had lost ${lost}, which are there again; readers see them within a minute. Nothing else to deploy`,
  );
  return ok(null);
}
