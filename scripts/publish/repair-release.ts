import { ok } from "../../src/domain/result.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import { missingKeys } from "./missing-keys.ts";
import { neededKeys } from "./needed-keys.ts";
import type { NextRelease } from "./next-release.ts";
import { RECORD_PREFIX, claimRelease } from "./release-record.ts";
import { sendValues } from "./upload-release.ts";

/** What comes of a deploy of what is live already. */
export type RepairOutcome =
  | { readonly kind: "nothing-new"; readonly release: string }
  /** KV has lost some of the release's values, which a dry run leaves so. */
  | { readonly kind: "values-lost"; readonly release: string; readonly values: number }
  /** They are there again. */
  | { readonly kind: "repaired"; readonly release: string; readonly values: number };

/** The live release is the folder's: there is nothing to deploy, but KV may have lost something of it. */
export async function repairRelease(
  input: DeployInput,
  namespace: KvNamespace,
  { bytes, previous, next, now }: NextRelease,
): Step<RepairOutcome> {
  const missing = await missingKeys(namespace, neededKeys(next));
  if (!missing.ok) return missing;
  const { release, articleCount: articles } = next;
  const claims = previous === null ? 1 : 0;
  const values = missing.value.length + claims;
  if (values === 0) return ok({ kind: "nothing-new", release });
  if (input.isDryRun) return ok({ kind: "values-lost", release, values });
  if (previous === null) {
    const record = { release, claimedAt: now, kind: "deploy", articles } as const;
    const claimed = await claimRelease(namespace, record, bytes);
    if (!claimed.ok) return claimed;
  }
  const lost = new Set(missing.value);
  const toSend = input.site.release.values.filter(({ key }) => lost.has(key));
  const needed = [...lost, RECORD_PREFIX + release];
  const sent = await sendValues(input, namespace, toSend, claims, needed);
  return sent.ok ? ok({ kind: "repaired", release, values }) : sent;
}
