import { failed, ok } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { encodePair } from "../cloudflare/kv-namespace.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";
import { awaitValues } from "./await-values.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import { RECORD_PREFIX, encodeRecord } from "./release-record.ts";
import { uploadWithProgress } from "./upload-with-progress.ts";

/** What comes of a deploy of what is live already. */
export type RepairOutcome =
  | { readonly kind: "nothing-new"; readonly release: string }
  /** KV had lost some of the release's values, which are there again; in a dry run not yet. */
  | { readonly kind: "repaired"; readonly release: string; readonly values: number }
  /** More values than the budget: the next run goes on. */
  | { readonly kind: "budget-spent"; readonly written: number; readonly left: number };

/** The live release as KV should have it. */
export interface LiveRelease {
  readonly namespace: KvNamespace;
  /** Its manifest, which its record holds. */
  readonly bytes: Uint8Array;
  /** The same as KV has it; null where KV has lost the record. */
  readonly previous: Manifest | null;
  readonly next: Manifest;
  readonly now: number;
}

/** The live release is the folder's: there is nothing to deploy, but KV may have lost something of it. */
export async function repairRelease(
  { site, mostWrites, isDryRun, io, progress }: DeployInput,
  { namespace, bytes, previous, next, now }: LiveRelease,
): Step<RepairOutcome> {
  const listed = await namespace.list("");
  if (!listed.ok) return listed;
  const present = new Set(listed.value.map(({ name }) => name));
  const lost: PlannedValue[] = [];
  for (const value of site.release.values) {
    if (present.has(value.key)) continue;
    // The list is late at times.
    const found = await namespace.get(value.key);
    if (!found.ok) return found;
    if (found.value === null) lost.push(value);
  }
  const { release, articleCount: articles } = next;
  const count = lost.length + (previous === null ? 1 : 0);
  if (count === 0) return ok({ kind: "nothing-new", release });
  if (isDryRun) return ok({ kind: "repaired", release, values: count });
  if (previous === null) {
    const claim = encodeRecord({ release, claimedAt: now, kind: "deploy", articles }, bytes);
    const claimed = await namespace.put([encodePair(claim)]);
    if (!claimed.ok) return claimed;
    if (claimed.value.length > 0) return failed({ reason: "values-refused", keys: claimed.value });
  }
  const affordable = lost.slice(0, mostWrites - (count - lost.length));
  const done = await uploadWithProgress(affordable, namespace, io, progress);
  if (!done.ok) return done;
  const left = lost.length - affordable.length;
  if (left > 0) return ok({ kind: "budget-spent", written: count - left, left });
  const needed = new Set([...lost.map(({ key }) => key), RECORD_PREFIX + release]);
  const shown = await awaitValues(needed, namespace, io);
  return shown.ok ? ok({ kind: "repaired", release, values: count }) : shown;
}
