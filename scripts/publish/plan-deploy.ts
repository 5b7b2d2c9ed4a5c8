import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";
import type { KvNamespace, ListedKey } from "../cloudflare/kv-namespace.ts";
import { readBoundNamespace } from "../cloudflare/worker-versions.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import { counted } from "../terminal/counted.ts";
import type { ReleaseChanges } from "./compare-releases.ts";
import { compareReleases } from "./compare-releases.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { BrokenLinks } from "./broken-links.ts";
import { findBrokenLinks } from "./broken-links.ts";
import type { LiveSite } from "./live-site.ts";
import type { ReadValue } from "./readable-release.ts";
import { readRecord } from "./release-record.ts";

/** Of a list in a line. */
const PATHS_SHOWN = 5;

/** A deploy under way: the release that is to go live, and what it follows on. */
export interface ReleaseDraft extends DeployInput {
  readonly namespace: KvNamespace;
  readonly live: LiveSite;
  /** The live release; null where there is none, or where KV does not have it any more. */
  readonly previous: Manifest | null;
  readonly next: Manifest;
  /** Of the next one's manifest. */
  readonly bytes: Uint8Array;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Lets the bundled release follow on the live one: feeds that did not change keep their moment. It fails where nobody knows
 * what the live one has, unless it is the same or may be replaced.
 */
export async function followOn(
  input: DeployInput,
  live: LiveSite,
  namespace: KvNamespace,
): Step<ReleaseDraft> {
  const record = live.release === null ? ok(null) : await readRecord(namespace, live.release);
  if (!record.ok && !["record-missing", "record-damaged"].includes(record.failure.reason)) {
    return record;
  }
  const previous = record.ok ? record.value : null;
  const now = Math.floor(input.io.now() / MILLISECONDS_PER_SECOND);
  const bytes = input.site.release.manifestAfter({ previous, now });
  const next = Manifest.open(bytes);
  if (!next.ok) throw new Error(next.failure.detail);
  const { release } = live;
  const isUnknown = release !== null && previous === null && release !== next.value.release;
  if (isUnknown && !input.mayReplace) {
    return failed({ reason: "live-unknown", worker: input.config.name, release });
  }
  return ok({ ...input, namespace, live, previous, next: next.value, bytes, now });
}

/** Whether release and code are the live ones, and the Worker reads this namespace: it may know one that is deleted. */
export async function isLiveAlready({
  live: { version },
  next,
  namespace,
  account,
  config,
  worker,
}: ReleaseDraft): Step<boolean> {
  if (version?.release !== next.release || version.code !== worker.code) return ok(false);
  const bound = await readBoundNamespace(account, config.name, version.id, KV_BINDING);
  return mapped(bound, (id) => id === null || id === namespace.id);
}

/** What a deploy is about to do. */
export interface PlannedDeploy {
  /** Null where nothing is live that could be compared. */
  readonly changes: ReleaseChanges | null;
  readonly broken: BrokenLinks;
  /** Every key of the namespace. */
  readonly listed: readonly ListedKey[];
  /** What KV lacks. */
  readonly missing: readonly PlannedValue[];
  /** Values to write, the release's own record among them. */
  readonly writes: number;
}

/** Compares a release with the live one and with what is in KV. */
export async function planDeploy(draft: ReleaseDraft): Step<PlannedDeploy> {
  const { site, settings, mayReturn, namespace, previous } = draft;
  const listed = await namespace.list("");
  if (!listed.ok) return listed;
  const compared = previous === null ? ok(null) : await compareWithLive(draft, previous);
  if (!compared.ok) return compared;
  const present = new Set(listed.value.map(({ name }) => name));
  const missing = site.release.values.filter(({ key }) => !present.has(key));
  const changes = compared.value;
  const broken = findBrokenLinks(changes, {
    articles: site.articles,
    redirects: site.redirects,
    liveCount: previous?.articleCount ?? 0,
    allowedPercent: settings.allowedRemovalsPercent,
    mayReturn,
  });
  return ok({ changes, broken, listed: listed.value, missing, writes: missing.length + 1 });
}

async function compareWithLive(
  { site, mayReplace, namespace, next }: ReleaseDraft,
  previous: Manifest,
): Step<ReleaseChanges | null> {
  const values = new Map(site.release.values.map(({ key, encode }) => [key, encode]));
  const planned: ReadValue = async (key) => ok((await values.get(key)?.()) ?? null);
  // What both releases have is here, though KV may have lost it.
  const stored: ReadValue = async (key) => (values.has(key) ? planned(key) : namespace.get(key));
  const changes = await compareReleases(
    { manifest: previous, read: stored },
    { manifest: next, read: planned },
  );
  const isLost = !changes.ok && changes.failure.reason === "packs-lost";
  return isLost && mayReplace ? ok(null) : changes;
}

/** Tells what a deploy is about to do, before it does it. */
export function sayPlan(
  { changes, writes, broken }: PlannedDeploy,
  { next: { release, articleCount }, site, io: { say } }: ReleaseDraft,
): void {
  const articles = counted(articleCount, "article");
  const values = counted(site.release.values.length, "value");
  say(
    `Release ${release}: ${articles}, ${values} and the release's own record; ${writes} to write`,
  );
  if (changes === null) return;
  const { added, changed, removed, feedsChanged, addressesChanged, categoriesRemoved } = changes;
  say(
    `  ${counted(added.length, "article")} added, ${changed.length} changed, ${removed.length} removed; ${counted(feedsChanged.length, "feed")} and ${counted(addressesChanged, "old or withdrawn address", "old or withdrawn addresses")} changed`,
  );
  const { noLongerWithdrawn } = changes;
  if (noLongerWithdrawn.length > 0) {
    const more = noLongerWithdrawn.length - PATHS_SHOWN;
    const shown = noLongerWithdrawn.slice(0, PATHS_SHOWN).join(", ");
    say(`  no longer withdrawn: ${shown}${more > 0 ? ` and ${more} more` : ""}`);
  }
  if (changes.uncompared > 0) {
    say(
      `  ${counted(changes.uncompared, "article")} could not be compared, because KV has lost what is live of them`,
    );
  }
  const lost = broken.articles.length + broken.addresses.length + broken.returning.length;
  if (lost > 0) {
    const why = broken.isAllowed
      ? "which allowed_removals_percent allows"
      : "which stops a deploy that is no preview";
    say(`  ${counted(lost, "link")} would break, ${why}`);
  }
  if (categoriesRemoved.length > 0) {
    const names = categoriesRemoved.map(({ name }) => `"${name}"`).join(", ");
    say(
      `  categories that end: ${names}; their subscribers find nothing, unless renamed_categories names them`,
    );
  }
}
