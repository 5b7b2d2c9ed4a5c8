import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { MOST_PAIRS } from "../cloudflare/kv-namespace.ts";
import { neededKeys } from "./needed-keys.ts";
import type { PruneInput, PrunePlan } from "./plan-prune.ts";
import { planPrune } from "./plan-prune.ts";
import type { RecordFailure } from "./release-record.ts";
import { RECORD_PREFIX, readRecord, recordsAmong } from "./release-record.ts";

export interface Pruned {
  readonly deleted: number;
  /** What a later run has to do. */
  readonly left: number;
  /** Somebody began to deploy while this ran: the rest is left to a later run. */
  readonly wasInterrupted: boolean;
}

/** Lists the namespace, reads what the kept releases need, and decides. */
export async function planNamespacePrune(
  namespace: KvNamespace,
  input: Omit<PruneInput, "keys">,
): Promise<Result<PrunePlan, RecordFailure>> {
  const keys = await namespace.list("");
  if (!keys.ok) return keys;
  return planPrune({ ...input, keys: keys.value }, async (release) => {
    const manifest = await readRecord(namespace, release);
    return manifest.ok ? ok(neededKeys(manifest.value)) : manifest;
  });
}

/**
 * Deletes what a plan says, as far as the budget goes. Right before each request the claims are listed again: where
 * there is one that the plan did not know, nothing more is deleted.
 *
 * @param most deletions; they are counted by the day
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
      // The day's deletions are used up: another day goes on.
      if (answer.failure.reason === "api-quota") break;
      return answer;
    }
    deleted += keys.length;
  }
  return ok({ deleted, left: all.length - deleted, wasInterrupted });
}
