import { failed } from "../../src/domain/result.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { counted } from "../terminal/counted.ts";
import { awaitValues } from "./await-values.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import { lostUnreferenced } from "./find-unreferenced.ts";
import { deployedVersions, releaseOf } from "./live-site.ts";
import { neededKeys } from "./needed-keys.ts";
import type { NextRelease } from "./next-release.ts";
import type { PlannedDeploy } from "./plan-deploy.ts";
import { RECORD_PREFIX, claimRelease, recordsAmong } from "./release-record.ts";
import { BYTES_PER_MEGABYTE, uploadValues } from "./upload-values.ts";

/** Claims a release, and uploads what KV lacks of it. */
export async function uploadRelease(
  input: DeployInput,
  namespace: KvNamespace,
  draft: NextRelease,
  { listed, missing }: PlannedDeploy,
): Step<null> {
  const { kind, site, io } = input;
  const { live, next, bytes, now } = draft;
  const { release, articleCount: articles } = next;
  // To preview what was deployed must not make a mere preview of it: it is something to roll back to.
  const wasDeployed =
    deployedVersions(live).some((version) => version !== null && releaseOf(version) === release) ||
    recordsAmong(listed, now).some(
      (record) => record.release === release && record.kind === "deploy",
    );
  const record = { release, claimedAt: now, kind: wasDeployed ? "deploy" : kind, articles };
  const claimed = await claimRelease(namespace, record, bytes);
  if (!claimed.ok) return claimed;
  const needed = neededKeys(next);
  const lost = await lostUnreferenced(namespace, needed, draft, listed, io);
  if (!lost.ok) return lost;
  const lostKeys = new Set(lost.value);
  const toSend = [...missing, ...site.release.values.filter(({ key }) => lostKeys.has(key))];
  return sendValues(input, namespace, toSend, 1, [...needed, RECORD_PREFIX + release]);
}

/**
 * Uploads values as far as the budget goes, and waits until KV shows all that is needed.
 *
 * @param claims that were written before
 */
export async function sendValues(
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
  return awaitValues(new Set(needed), namespace, io);
}
