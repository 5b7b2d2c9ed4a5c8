import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { ArticleHeader } from "../../src/domain/article.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { KvNamespace, ListedKey } from "../cloudflare/kv-namespace.ts";
import {
  createNamespace,
  encodePair,
  findNamespace,
  openNamespace,
} from "../cloudflare/kv-namespace.ts";
import { readBoundNamespace } from "../cloudflare/worker-versions.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import type { PlannedRelease, PlannedValue } from "../bundle/plan-release.ts";
import { awaitValues } from "./await-values.ts";
import type { ReleaseChanges } from "./compare-releases.ts";
import type { ReadPack } from "./read-pack.ts";
import { compareReleases } from "./compare-releases.ts";
import { packsOf } from "./read-pack.ts";
import { counted } from "../terminal/counted.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { DeployPlan } from "./deploy-plan.ts";
import { sayPlan } from "./deploy-plan.ts";
import { findUnreferenced, lostUnreferenced } from "./find-unreferenced.ts";
import type { BrokenLinks } from "./link-guard.ts";
import { findBrokenLinks } from "./link-guard.ts";
import type { LiveSite } from "./live-site.ts";
import { deployedVersions, readLiveSite, releaseOf } from "./live-site.ts";
import { neededKeys } from "./needed-keys.ts";
import { namespaceTitle } from "./open-site.ts";
import { RECORD_PREFIX, encodeRecord, readRecord, recordsAmong } from "./release-record.ts";
import type { RepairOutcome } from "./repair-release.ts";
import { repairRelease } from "./repair-release.ts";
import { loadWorker } from "./stage-worker.ts";
import { giveWay, switchWorker } from "./switch-worker.ts";
import { uploadWithProgress } from "./upload-with-progress.ts";

/** How a deploy ended. */
export type DeployOutcome =
  /** Code and release are the live ones. */
  | RepairOutcome
  | { readonly kind: "planned"; readonly plan: DeployPlan }
  | {
      readonly kind: "deployed";
      readonly plan: DeployPlan;
      readonly namespace: KvNamespace;
      readonly previous: Manifest | null;
      readonly next: Manifest;
      /** Of a preview. */
      readonly previewUrl: string | null;
    }
  | {
      readonly kind: "links-break";
      readonly links: BrokenLinks;
      /** New articles: one of them may be a lost one under another name. */
      readonly added: readonly ArticleHeader[];
    }
  | { readonly kind: "held" }
  /** It was told to end while another deploy is live. */
  | { readonly kind: "broken-off" }
  /** The Worker of that name is not Offprint's, or its release is no longer in KV. */
  | { readonly kind: "live-unknown"; readonly why: string; readonly advice: string }
  /** A version can be previewed only beside one that is live. */
  | { readonly kind: "nothing-live" };

/** How often a deploy is planned again because another one went live meanwhile. */
const ATTEMPTS = 4;
const BYTES_PER_MEGABYTE = 1e6;
/**
 * Publishes a bundled site: claims its release in KV, uploads what KV lacks, and switches the Worker. Until the switch
 * nothing that readers see has changed, and a run that is broken off is taken up by the next.
 */
export async function deploySite(input: DeployInput): Step<DeployOutcome> {
  const live = await readLiveSite(input.account, input.config.name);
  if (!live.ok) return live;
  const refusal = refuse(live.value, input);
  if (refusal !== null) return ok(refusal);
  const namespaceId = await resolveNamespace(input);
  if (!namespaceId.ok) return namespaceId;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await publishOnce(input, namespaceId.value);
    if (!outcome.ok) return outcome;
    if (outcome.value.kind !== "overtaken") return ok(outcome.value);
    if (input.isEnding()) return ok({ kind: "broken-off" });
    if (attempt === ATTEMPTS) {
      return failed({ reason: "overtaken", times: ATTEMPTS });
    }
    input.say("Another deploy went live meanwhile: planning again");
  }
}

/** Null in a dry run where there is none yet. */
async function resolveNamespace({
  account,
  config,
  isDryRun,
  say,
}: DeployInput): Step<string | null> {
  if (config.namespaceId !== null) return ok(config.namespaceId);
  const title = namespaceTitle(config);
  const found = await findNamespace(account.api, account.id, title);
  if (!found.ok || found.value !== null || isDryRun) return found;
  const created = await createNamespace(account.api, account.id, title);
  if (created.ok) say(`Created the KV namespace "${title}"`);
  return created;
}

async function publishOnce(
  input: DeployInput,
  namespaceId: string | null,
): Step<DeployOutcome | { readonly kind: "overtaken" }> {
  const { account, config, kind, site, worker, io, say } = input;
  const live = await readLiveSite(account, config.name);
  if (!live.ok) return live;
  const refusal = refuse(live.value, input);
  if (refusal !== null) return ok(refusal);

  const namespace =
    namespaceId === null ? null : openNamespace(account.api, account.id, namespaceId);
  const record = await readPrevious(live.value, namespace);
  if (!record.ok) return record;
  const previous = record.value;

  const now = Math.floor(io.now() / MILLISECONDS_PER_SECOND);
  const bytes = site.release.manifestAfter({ previous, now });
  const opened = Manifest.open(bytes);
  if (!opened.ok) throw new Error(opened.failure.detail);
  const next = opened.value;
  if (live.value.release === next.release) {
    const isBound = await readsFrom(input, live.value, namespaceId);
    if (!isBound.ok) return isBound;
    if (namespace !== null && isBound.value && live.value.code === worker.code) {
      return repairRelease(input, { namespace, bytes, previous, next, now });
    }
  } else if (live.value.release !== null && previous === null && !input.mayReplace) {
    return ok({
      kind: "live-unknown",
      why: `its release "${live.value.release}" is not in KV any more, so nobody can say which links would break`,
      advice: `Take the folder as it was when that was deployed (git) and run npm run deploy, which brings it back, then deploy again`,
    });
  }

  const planned = await planDeploy(input, namespace, previous, next);
  if (!planned.ok) return planned;
  const { plan, missing, listed } = planned.value;
  sayPlan(plan, say);
  if (kind !== "preview" && !plan.broken.isAllowed) {
    return ok({ kind: "links-break", links: plan.broken, added: plan.changes?.added ?? [] });
  }
  if (input.isDryRun || namespace === null) return ok({ kind: "planned", plan });

  const uploaded = await upload(input, {
    namespace,
    bytes,
    previous,
    next,
    live: live.value,
    missing,
    listed,
    now,
  });
  if (!uploaded.ok) return uploaded;
  if (uploaded.value !== null) return ok(uploaded.value);

  const again = await readLiveSite(account, config.name);
  if (!again.ok) return again;
  if (again.value.deployments[0]?.id !== live.value.deployments[0]?.id) {
    return ok({ kind: "overtaken" });
  }

  await loadWorker(worker, config, namespace.id, bytes);
  const switched = await switchWorker(input, next, again.value);
  if (!switched.ok) return switched;
  const run = switched.value;
  if (kind === "deploy") {
    const overtaking = await giveWay(input, run.versionId, live.value.deployments[0]?.id ?? null);
    if (!overtaking.ok) return overtaking;
    if (overtaking.value) return ok({ kind: "overtaken" });
  }
  say(
    kind === "preview"
      ? `Uploaded release ${next.release} as a preview`
      : `Release ${next.release} is live: ${next.site.url}`,
  );
  return ok({
    kind: "deployed",
    plan,
    namespace,
    previous,
    next,
    previewUrl: run.previewUrl,
  });
}

function refuse(live: LiveSite, { kind, mayReplace }: DeployInput): DeployOutcome | null {
  if (kind === "deploy" && live.isHeld) return { kind: "held" };
  if (kind === "preview" && live.version === null) return { kind: "nothing-live" };
  if (live.deployments.length > 0 && live.release === null && !mayReplace) {
    const advice = "Choose another name in wrangler.toml";
    return { kind: "live-unknown", why: "Offprint did not deploy it", advice };
  }
  return null;
}

/** The release that is live; null where there is none, or where KV does not have it any more. */
async function readPrevious(
  { release }: LiveSite,
  namespace: KvNamespace | null,
): Step<Manifest | null> {
  if (release === null || namespace === null) return ok(null);
  const record = await readRecord(namespace, release);
  if (record.ok) return record;
  return record.failure.reason === "record-missing" || record.failure.reason === "record-damaged"
    ? ok(null)
    : record;
}

/** Whether the live version reads its values from this namespace: it may have been bound to one that is deleted. */
async function readsFrom(
  { account, config }: DeployInput,
  { version }: LiveSite,
  namespaceId: string | null,
): Step<boolean> {
  if (version === null) return ok(false);
  const { api, id } = account;
  const bound = await readBoundNamespace(api, id, config.name, version.id, KV_BINDING);
  return bound.ok ? ok(bound.value === null || bound.value === namespaceId) : bound;
}

interface Planned {
  readonly plan: DeployPlan;
  readonly missing: readonly PlannedValue[];
  readonly listed: readonly ListedKey[];
}

async function planDeploy(
  input: DeployInput,
  namespace: KvNamespace | null,
  previous: Manifest | null,
  next: Manifest,
): Step<Planned> {
  const { site, settings, mayReturn } = input;
  const listed = namespace === null ? ok([]) : await namespace.list("");
  if (!listed.ok) return listed;
  const changes = await compare(input, namespace, previous, next);
  if (!changes.ok) return changes;
  const present = new Set(listed.value.map(({ name }) => name));
  const missing = site.release.values.filter(({ key }) => !present.has(key));
  const broken = findBrokenLinks(changes.value, {
    articles: site.articles,
    redirects: site.redirects,
    liveCount: previous?.articleCount ?? 0,
    allowedPercent: settings.allowedRemovalsPercent,
    mayReturn,
  });
  const plan = {
    release: next.release,
    articles: next.articleCount,
    changes: changes.value,
    broken,
    writes: missing.length + 1,
    values: site.release.values.length,
  };
  return ok({ plan, missing, listed: listed.value });
}

async function compare(
  { site, mayReplace }: DeployInput,
  namespace: KvNamespace | null,
  previous: Manifest | null,
  next: Manifest,
): Step<ReleaseChanges | null> {
  if (previous === null || namespace === null) return ok(null);
  const planned = plannedPacks(site.release);
  const stored = packsOf(namespace);
  // What both releases have is here, though KV may have lost it.
  const readBefore: ReadPack = async (hash) => {
    const pack = await planned(hash);
    return pack.ok && pack.value === null ? stored(hash) : pack;
  };
  const changes = await compareReleases(previous, next, readBefore, planned);
  const isLost = !changes.ok && changes.failure.reason === "packs-lost";
  return isLost && mayReplace ? ok(null) : changes;
}

/** Packs of a release that is not in KV yet. */
function plannedPacks({ maps }: PlannedRelease): ReadPack {
  const packs = new Map(
    [...maps.articles, ...maps.redirects, ...maps.collections].map((pack) => [pack.hash, pack]),
  );
  return async (hash) => ok((await packs.get(hash)?.encode()) ?? null);
}

interface UploadInput {
  readonly namespace: KvNamespace;
  readonly bytes: Uint8Array;
  readonly previous: Manifest | null;
  readonly next: Manifest;
  readonly live: LiveSite;
  readonly missing: readonly PlannedValue[];
  readonly listed: readonly ListedKey[];
  readonly now: number;
}

/** Null when everything is in KV, else how far it came. */
async function upload(
  { kind, site, mostWrites, io, say, progress }: DeployInput,
  { namespace, bytes, previous, next, live, missing, listed, now }: UploadInput,
): Step<DeployOutcome | null> {
  const { release, articleCount: articles } = next;
  // To preview what was deployed must not make a mere preview of it: it is something to roll back to.
  const wasDeployed =
    deployedVersions(live).some((version) => version !== null && releaseOf(version) === release) ||
    recordsAmong(listed, now).some(
      (record) => record.release === release && record.kind === "deploy",
    );
  const record = {
    release,
    claimedAt: now,
    kind: wasDeployed ? ("deploy" as const) : kind,
    articles,
  };
  const claim = encodePair(encodeRecord(record, bytes));
  const claimed = await namespace.put([claim]);
  if (!claimed.ok) return claimed;
  if (claimed.value.length > 0) return failed({ reason: "values-refused", keys: claimed.value });

  const needed = neededKeys(next);
  const unreferenced = await findUnreferenced(namespace, needed, previous, live, listed, now);
  if (!unreferenced.ok) return unreferenced;
  const lost = await lostUnreferenced(namespace, unreferenced.value, io, say);
  if (!lost.ok) return lost;
  const toSend = [...missing, ...site.release.values.filter(({ key }) => lost.value.has(key))];

  const affordable = toSend.slice(0, Math.max(0, mostWrites - 1));
  const done = await uploadWithProgress(affordable, namespace, io, progress);
  if (!done.ok) return done;
  const left = toSend.length - affordable.length;
  const megabytes = (done.value.bytes / BYTES_PER_MEGABYTE).toFixed(1);
  say(
    `Uploaded ${counted(done.value.values, "value")}, ${megabytes} MB; ${counted(done.value.values + 1, "write")} used`,
  );
  if (left > 0) return ok({ kind: "budget-spent", written: done.value.values + 1, left });
  const shown = await awaitValues(new Set([...needed, RECORD_PREFIX + release]), namespace, io);
  return shown.ok ? ok(null) : shown;
}
