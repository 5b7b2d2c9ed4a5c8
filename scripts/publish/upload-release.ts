import { failed, ok } from "../../src/domain/result.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";
import type { KvNamespace, ListedKey } from "../cloudflare/kv-namespace.ts";
import { counted } from "../terminal/counted.ts";
import type { IO } from "../terminal/io.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { NextRelease, PlannedDeploy } from "./plan-deploy.ts";
import { GRACE_SECONDS, keptReleases } from "./prune-namespace.ts";
import { RECORD_PREFIX, claimRelease, readRecord, recordsAmong } from "./release-record.ts";
import { absentKeys, awaitValues, missingKeys, neededKeys } from "./release-values.ts";
import { BYTES_PER_MEGABYTE, uploadValues } from "./upload-values.ts";

/** By then, whoever prunes has seen our claim: KV shows a change within a minute, mostly. */
const CLAIM_WAIT_MILLISECONDS = 75_000;
/** Values that another release keeps for that long yet are safe to count on. */
const CLAIM_MARGIN_SECONDS = 3600;

/** Claims a release, and uploads what KV lacks of it. */
export async function uploadRelease(
  input: DeployInput,
  namespace: KvNamespace,
  draft: NextRelease,
  { listed, missing }: PlannedDeploy,
): Step<null> {
  const { kind, io } = input;
  const { live, next, bytes, now } = draft;
  const { release, articleCount: articles } = next;
  // To preview what was deployed must not make a mere preview of it: it is something to roll back to.
  const wasDeployed =
    live.deployments.some(({ version }) => version?.release === release) ||
    recordsAmong(listed, now).some(
      (record) => record.release === release && record.kind === "deploy",
    );
  const record = { release, claimedAt: now, kind: wasDeployed ? "deploy" : kind, articles };
  const claimed = await claimRelease(namespace, record, bytes);
  if (!claimed.ok) return claimed;
  const needed = neededKeys(next);
  const lost = await lostUnreferenced(namespace, needed, draft, listed, io);
  if (!lost.ok) return lost;
  const toSend = [...missing, ...valuesOf(input, lost.value)];
  return sendValues(input, namespace, toSend, 1, [...needed, RECORD_PREFIX + release]);
}

/**
 * Uploads values as far as the budget goes, and waits until KV shows all that is needed.
 *
 * @param claims that were written before
 */
async function sendValues(
  { mostWrites, io }: DeployInput,
  namespace: KvNamespace,
  values: readonly PlannedValue[],
  claims: number,
  needed: readonly string[],
): Step<null> {
  const affordable = values.slice(0, Math.max(0, mostWrites - claims));
  const done = await uploadValues(affordable, namespace, io);
  if (!done.ok) return done;
  const megabytes = (done.value.bytes / BYTES_PER_MEGABYTE).toFixed(1);
  const written = done.value.values + claims;
  io.say(
    `Uploaded ${counted(done.value.values, "value")}, ${megabytes} MB; ${counted(written, "write")} used`,
  );
  const left = values.length - affordable.length;
  if (left > 0) return failed({ reason: "budget-spent", written, left });
  return awaitValues(needed, namespace, io);
}

function valuesOf({ site }: DeployInput, keys: readonly string[]): readonly PlannedValue[] {
  const wanted = new Set(keys);
  return site.release.values.filter(({ key }) => wanted.has(key));
}

/**
 * Values that are in KV but that no release which is sure to stay reads: somebody may be about to prune them. So it is
 * when a site returns to what it was days ago; mostly there are none. This waits until our claim is seen, and says which
 * of them have been pruned before it was.
 *
 * @param needed by the release that is claimed
 */
async function lostUnreferenced(
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

/** The live release is the folder's: there is nothing to deploy, but KV may have lost something of it. */
export async function repairRelease(
  input: DeployInput,
  namespace: KvNamespace,
  { bytes, previous, next, now }: NextRelease,
): Step<null> {
  const missing = await missingKeys(namespace, neededKeys(next));
  if (!missing.ok) return missing;
  const { io } = input;
  const { release, articleCount: articles } = next;
  const claims = previous === null ? 1 : 0;
  const values = missing.value.length + claims;
  if (values === 0) {
    io.say(`Nothing to deploy: release ${release} and its code are live`);
    return ok(null);
  }
  const lost = `${counted(values, "value")} of the live release ${release}`;
  if (input.isDryRun) {
    io.say(`KV has lost ${lost}; nothing was done, as --dry-run says: a deploy uploads them`);
    return ok(null);
  }
  if (previous === null) {
    const record = { release, claimedAt: now, kind: "deploy", articles } as const;
    const claimed = await claimRelease(namespace, record, bytes);
    if (!claimed.ok) return claimed;
  }
  const toSend = valuesOf(input, missing.value);
  const needed = [...missing.value, RECORD_PREFIX + release];
  const sent = await sendValues(input, namespace, toSend, claims, needed);
  if (!sent.ok) return sent;
  io.say(
    `Repaired: KV had lost ${lost}, which are there again; readers see them within a minute. Nothing else to deploy`,
  );
  return ok(null);
}
