import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { Result } from "../../src/domain/result.ts";
import { mapped, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { KvNamespace, ListedKey } from "../cloudflare/kv-namespace.ts";
import { MOST_PAIRS } from "../cloudflare/kv-namespace.ts";
import type { LiveSite } from "./live-site.ts";
import { mapConcurrently } from "../terminal/map-concurrently.ts";
import type { NamespaceShared, RecordFailure, ReleaseRecord } from "./release-record.ts";
import { RECORD_PREFIX, onlyOf, readRecord, recordsAmong } from "./release-record.ts";
import { keptKeys } from "./missing-keys.ts";

/** Why a release is kept. */
export type KeptBecause = "live" | "was live lately" | "claimed lately" | "among the newest";

export interface PrunePlan {
  readonly kept: ReadonlyMap<string, KeptBecause>;
  /** When each release was claimed, in seconds since 1970; another claim means that somebody began to deploy since. */
  readonly claims: ReadonlyMap<string, number>;
  /** Keys of the records to delete. They are deleted before the values, so that no record names half a release. */
  readonly records: readonly string[];
  /** How many keys the namespace has. */
  readonly keyCount: number;
  /** Keys of the values that no kept release needs. */
  readonly values: readonly string[];
}

export interface PruneInput {
  readonly live: LiveSite;
  /** Seconds since 1970. */
  readonly now: number;
  /** How many of the newest deployed releases are kept, however old. */
  readonly keptReleases: number;
}

/** How long a release is kept after it was claimed or live: for requests under way, and to roll back to. */
export const GRACE_SECONDS = 36 * 3600;
/** The keys of values that Offprint writes; other keys in the namespace are never deleted. */
const VALUE_KEY = /^[pei]\/[\w-]{22}$/;

/**
 * Decides what to delete. Keys of unknown shape are kept, and if a kept release cannot be read, this fails.
 *
 * @param keys all keys of the namespace
 * @param needed gives the keys that a release needs
 */
export async function planPrune<Failure>(
  keys: readonly ListedKey[],
  input: PruneInput,
  needed: (release: string) => Promise<Result<ReadonlySet<string>, Failure>>,
): Promise<Result<PrunePlan, Failure>> {
  const records = recordsAmong(keys, input.now);
  const kept = keptReleases(input, records);
  const { staying = [], going = [] } = Object.groupBy(records, ({ release }) =>
    kept.has(release) ? "staying" : "going",
  );
  const read = await mapConcurrently(staying, 1, async ({ release }) => needed(release));
  if (!read.ok) return read;
  const inUse = new Set(read.value.flatMap((used) => [...used]));
  return ok({
    kept,
    keyCount: keys.length,
    claims: new Map(records.map(({ release, claimedAt }) => [release, claimedAt])),
    records: going.map(({ release }) => RECORD_PREFIX + release),
    values: keys.map(({ name }) => name).filter((name) => VALUE_KEY.test(name) && !inUse.has(name)),
  });
}

/** The releases to keep, each with the strongest reason. */
export function keptReleases(
  { live: { deployments, versions, others }, now, keptReleases: count }: PruneInput,
  records: readonly ReleaseRecord[],
): ReadonlyMap<string, KeptBecause> {
  const since = now - GRACE_SECONDS;
  // A deployment ends when the next one begins.
  const recent = deployments.filter((_, index) => {
    const successor = deployments[index - 1];
    return (
      successor === undefined || Date.parse(successor.createdOn) / MILLISECONDS_PER_SECOND > since
    );
  });
  const servedBy = (some: LiveSite["deployments"]): LiveSite["versions"] => {
    const ids = new Set(some.flatMap(({ versionIds }) => versionIds));
    return versions.filter(({ id }) => ids.has(id));
  };
  const reasons = [
    ["among the newest", records.filter(({ kind }) => kind === "deploy").slice(0, count)],
    ["claimed lately", records.filter(({ claimedAt }) => claimedAt > since)],
    ["was live lately", servedBy(recent)],
    ["live", servedBy(deployments.slice(0, others.length + 1))],
  ] as const;
  // Later entries of a map overwrite earlier ones, so the strongest reason stands last.
  return new Map(
    reasons.flatMap(([why, carriers]) =>
      carriers.flatMap(({ release }) => (release === null ? [] : [[release, why]])),
    ),
  );
}

export interface Pruned {
  readonly deleted: number;
  /** How many keys are left for a later run. */
  readonly left: number;
  /** Whether it stopped because somebody began to deploy. */
  readonly wasInterrupted: boolean;
}

/**
 * Lists the namespace, reads which values the kept releases need, and decides what to delete. Fails if another Worker has
 * releases there.
 */
export async function planNamespacePrune(
  namespace: KvNamespace,
  worker: string,
  input: PruneInput,
): Promise<Result<PrunePlan, RecordFailure | NamespaceShared>> {
  const keys = await namespace.list("");
  if (!keys.ok) return keys;
  const isAlone = onlyOf(worker, namespace, keys.value);
  if (!isAlone.ok) return isAlone;
  return planPrune(keys.value, input, async (release) =>
    mapped(await readRecord(namespace, release), keptKeys),
  );
}

/**
 * Deletes what a plan names, up to a number of keys. The claims are listed again before each request, and a claim that the
 * plan did not know stops it.
 *
 * @param most how many keys it may delete
 * @param now seconds since 1970
 */
export async function pruneNamespace(
  namespace: KvNamespace,
  plan: PrunePlan,
  most: number,
  now: number,
): Promise<Result<Pruned, ApiFailure>> {
  const all = [...plan.records, ...plan.values];
  let deleted = 0;
  let wasInterrupted = false;
  while (deleted < Math.min(most, all.length)) {
    const listed = await namespace.list(RECORD_PREFIX);
    if (!listed.ok) return listed;
    wasInterrupted = recordsAmong(listed.value, now).some(
      ({ release, claimedAt }) => plan.claims.get(release) !== claimedAt,
    );
    if (wasInterrupted) break;
    const keys = all.slice(deleted, Math.min(deleted + MOST_PAIRS, most));
    const answer = await namespace.delete(keys);
    if (!answer.ok) {
      // The day's deletions are used up; a run on another day goes on.
      if (answer.failure.reason === "api-quota") break;
      return answer;
    }
    deleted += keys.length;
  }
  return ok({ deleted, left: all.length - deleted, wasInterrupted });
}
