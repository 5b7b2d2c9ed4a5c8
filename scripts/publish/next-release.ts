import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { ok } from "../../src/domain/result.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { readBoundNamespace } from "../cloudflare/worker-versions.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { LiveSite } from "./live-site.ts";
import { readRecord } from "./release-record.ts";

/** The release that is to go live, and what it follows on. */
export interface NextRelease {
  readonly live: LiveSite;
  /** The live release; null where there is none, or where KV does not have it any more. */
  readonly previous: Manifest | null;
  readonly next: Manifest;
  /** Of the next one's manifest. */
  readonly bytes: Uint8Array;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Lets the bundled release follow on the live one: feeds that did not change keep their moment. */
export async function followOn(
  live: LiveSite,
  namespace: KvNamespace,
  { site, io }: DeployInput,
): Step<NextRelease> {
  const record = live.release === null ? ok(null) : await readRecord(namespace, live.release);
  if (!record.ok && !["record-missing", "record-damaged"].includes(record.failure.reason)) {
    return record;
  }
  const previous = record.ok ? record.value : null;
  const now = Math.floor(io.now() / MILLISECONDS_PER_SECOND);
  const bytes = site.release.manifestAfter({ previous, now });
  const next = Manifest.open(bytes);
  if (!next.ok) throw new Error(next.failure.detail);
  return ok({ live, previous, next: next.value, bytes, now });
}

/** Whether release and code are the live ones, and the Worker reads this namespace: it may know one that is deleted. */
export async function isLiveAlready(
  { live, next }: NextRelease,
  namespace: KvNamespace,
  { account, config, worker }: DeployInput,
): Step<boolean> {
  const { version, release, code } = live;
  if (version === null || release !== next.release || code !== worker.code) return ok(false);
  const bound = await readBoundNamespace(account, config.name, version.id, KV_BINDING);
  return bound.ok ? ok(bound.value === null || bound.value === namespace.id) : bound;
}
