import type { ArticleHeader } from "../../../src/domain/article.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";
import { Directory } from "../../../src/store/directory.ts";
import type { BundledSite } from "../bundle-site.ts";
import type { KvNamespace, ListedKey } from "../cloudflare/kv-namespace.ts";
import {
  createNamespace,
  encodePair,
  findNamespace,
  openNamespace,
} from "../cloudflare/kv-namespace.ts";
import type { RunWrangler, WranglerRun } from "../cloudflare/run-wrangler.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import { isLoginRefused } from "../cloudflare/wrangler-errors.ts";
import type { WorkerVersion } from "../cloudflare/worker-versions.ts";
import { readBoundNamespace } from "../cloudflare/worker-versions.ts";
import type { World } from "../cloudflare/world.ts";
import { KV_BINDING } from "../kv-binding.ts";
import type { PlannedRelease, PlannedValue } from "../plan-release.ts";
import type { ShowProgress } from "../progress.ts";
import type { Settings } from "../settings.ts";
import { awaitSwitch } from "./await-switch.ts";
import { awaitValues } from "./await-values.ts";
import type { ReadPack, ReleaseChanges } from "./compare-releases.ts";
import { counted } from "./counted.ts";
import { compareReleases, packsOf } from "./compare-releases.ts";
import type { PublishFailure } from "./describe-failure.ts";
import { UNCHANGED, UNKNOWN } from "./describe-failure.ts";
import type { BrokenLinks } from "./link-guard.ts";
import { findBrokenLinks } from "./link-guard.ts";
import type { LiveSite } from "./live-site.ts";
import {
  RESUMED_MESSAGE,
  codeOf,
  deployedVersions,
  readLiveSite,
  releaseOf,
  versionMessage,
} from "./live-site.ts";
import { neededKeys } from "./needed-keys.ts";
import { namespaceTitle } from "./open-site.ts";
import { GRACE_SECONDS, keptReleases } from "./plan-prune.ts";
import type { ReleaseRecord } from "./release-record.ts";
import { RECORD_PREFIX, encodeRecord, readRecord, recordsAmong } from "./release-record.ts";
import type { StagedWorker, WorkerConfig } from "./stage-worker.ts";
import { loadWorker } from "./stage-worker.ts";
import type { UploadProgress } from "./upload-values.ts";
import { uploadValues } from "./upload-values.ts";

export interface DeployInput {
  readonly kind: ReleaseRecord["kind"];
  /** Says what would be done, and does nothing. */
  readonly isDryRun: boolean;
  /** Whether a Worker may be replaced of which nobody knows what it serves. */
  readonly mayReplace: boolean;
  /** Whether somebody has said that withdrawn articles may be read again. */
  readonly mayReturn: boolean;
  /** Values that this run may write. */
  readonly mostWrites: number;
  readonly account: Account;
  readonly config: WorkerConfig;
  readonly settings: Settings;
  readonly site: BundledSite;
  readonly worker: StagedWorker;
  readonly world: World;
  readonly wrangler: RunWrangler;
  /** Whether somebody has told it to end: what has begun is finished, and nothing begun anew. */
  readonly isEnding: () => boolean;
  /** Tells of a step that is done. */
  readonly say: (line: string) => void;
  readonly progress: (what: string) => ShowProgress;
}

/** What a deploy is about to do. */
export interface DeployPlan {
  readonly release: string;
  readonly articles: number;
  /** Null where nothing is live that could be compared. */
  readonly changes: ReleaseChanges | null;
  readonly broken: BrokenLinks;
  /** Values to write, the release's own record among them. */
  readonly writes: number;
  readonly values: number;
}

export type DeployOutcome =
  /** Code and release are the live ones. */
  | { readonly kind: "nothing-new"; readonly release: string }
  /** They are, but KV had lost some of the release's values, which are there again; in a dry run not yet. */
  | { readonly kind: "repaired"; readonly release: string; readonly values: number }
  | { readonly kind: "planned"; readonly plan: DeployPlan }
  | {
      readonly kind: "deployed";
      readonly plan: DeployPlan;
      readonly namespace: KvNamespace;
      readonly previous: Directory | null;
      readonly next: Directory;
      /** Of a preview. */
      readonly previewUrl: string | null;
    }
  /** More values than the budget: the next run goes on. */
  | { readonly kind: "budget-spent"; readonly written: number; readonly left: number }
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

/** Of a list in a line. */
const PATHS_SHOWN = 5;

type Step<Value> = Promise<Result<Value, PublishFailure>>;

/** How often a deploy is planned again because another one went live meanwhile. */
const ATTEMPTS = 4;
const MILLISECONDS_PER_SECOND = 1000;
const BYTES_PER_MEGABYTE = 1e6;
/** By then, whoever prunes has seen our claim: KV shows a change within a minute, mostly. */
const CLAIM_WAIT_MILLISECONDS = 75_000;
/** Values that another release keeps for that long yet are safe to count on. */
const CLAIM_MARGIN_SECONDS = 3600;

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
  const { account, config, kind, site, worker, world, say } = input;
  const live = await readLiveSite(account, config.name);
  if (!live.ok) return live;
  const refusal = refuse(live.value, input);
  if (refusal !== null) return ok(refusal);

  const namespace =
    namespaceId === null ? null : openNamespace(account.api, account.id, namespaceId);
  const record = await readPrevious(live.value, namespace);
  if (!record.ok) return record;
  const previous = record.value;

  const now = Math.floor(world.now() / MILLISECONDS_PER_SECOND);
  const bytes = site.release.directoryAfter({ previous, now });
  const opened = Directory.open(bytes);
  if (!opened.ok) throw new Error(opened.failure.detail);
  const next = opened.value;
  if (live.value.release === next.release) {
    const isBound = await readsFrom(input, live.value, namespaceId);
    if (!isBound.ok) return isBound;
    if (namespace !== null && isBound.value && live.value.code === worker.code) {
      return repair(input, { namespace, bytes, previous, next, now });
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
  if (kind !== "preview" && !plan.broken.isAllowed) {
    return ok({ kind: "links-break", links: plan.broken, added: plan.changes?.added ?? [] });
  }
  sayPlan(plan, say);
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
  const switched = await runDeploy(input, next, again.value);
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
): Step<Directory | null> {
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

/** The live release is the folder's: there is nothing to deploy, but KV may have lost something of it. */
async function repair(
  { site, mostWrites, isDryRun, world, progress }: DeployInput,
  { namespace, bytes, previous, next, now }: Omit<UploadInput, "live" | "missing" | "listed">,
): Step<DeployOutcome> {
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
  const done = await uploadWithProgress(affordable, namespace, world, progress);
  if (!done.ok) return done;
  const left = lost.length - affordable.length;
  if (left > 0) return ok({ kind: "budget-spent", written: count - left, left });
  const needed = new Set([...lost.map(({ key }) => key), RECORD_PREFIX + release]);
  const shown = await awaitValues(needed, namespace, world);
  return shown.ok ? ok({ kind: "repaired", release, values: count }) : shown;
}

async function uploadWithProgress(
  values: readonly PlannedValue[],
  namespace: KvNamespace,
  world: World,
  progress: DeployInput["progress"],
): Step<UploadProgress> {
  const show = progress("values uploaded");
  return uploadValues(values, namespace, world, ({ values: sent, bytes }) => {
    show(sent, values.length, `, ${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB`);
  });
}

interface Planned {
  readonly plan: DeployPlan;
  readonly missing: readonly PlannedValue[];
  readonly listed: readonly ListedKey[];
}

async function planDeploy(
  input: DeployInput,
  namespace: KvNamespace | null,
  previous: Directory | null,
  next: Directory,
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
  previous: Directory | null,
  next: Directory,
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

function sayPlan(
  { release, articles, changes, writes, values, broken }: DeployPlan,
  say: (line: string) => void,
): void {
  say(
    `Release ${release}: ${counted(articles, "article")}, ${counted(values, "value")} and the release's own record; ${writes} to write`,
  );
  if (changes === null) return;
  const { added, changed, removed, feedsChanged, addressesChanged, categoriesRemoved } = changes;
  say(
    `  ${counted(added.length, "article")} added, ${changed.length} changed, ${removed.length} removed; ${counted(feedsChanged.length, "feed")} changed, ${counted(addressesChanged, "old address", "old addresses")}`,
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

interface UploadInput {
  readonly namespace: KvNamespace;
  readonly bytes: Uint8Array;
  readonly previous: Directory | null;
  readonly next: Directory;
  readonly live: LiveSite;
  readonly missing: readonly PlannedValue[];
  readonly listed: readonly ListedKey[];
  readonly now: number;
}

/** Null when everything is in KV, else how far it came. */
async function upload(
  { kind, site, mostWrites, world, say, progress }: DeployInput,
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
  const orphans = await findOrphans(namespace, needed, previous, live, listed, now);
  if (!orphans.ok) return orphans;
  const lost = await lostOrphans(namespace, orphans.value, world, say);
  if (!lost.ok) return lost;
  const toSend = [...missing, ...site.release.values.filter(({ key }) => lost.value.has(key))];

  const affordable = toSend.slice(0, Math.max(0, mostWrites - 1));
  const done = await uploadWithProgress(affordable, namespace, world, progress);
  if (!done.ok) return done;
  const left = toSend.length - affordable.length;
  const megabytes = (done.value.bytes / BYTES_PER_MEGABYTE).toFixed(1);
  say(
    `Uploaded ${counted(done.value.values, "value")}, ${megabytes} MB; ${counted(done.value.values + 1, "write")} used`,
  );
  if (left > 0) return ok({ kind: "budget-spent", written: done.value.values + 1, left });
  const shown = await awaitValues(new Set([...needed, RECORD_PREFIX + release]), namespace, world);
  return shown.ok ? ok(null) : shown;
}

/**
 * Values that are in KV but that no release which is sure to stay reads: somebody may be about to prune them. So it is
 * when a site returns to what it was days ago; mostly there are none.
 */
async function findOrphans(
  namespace: KvNamespace,
  needed: ReadonlySet<string>,
  previous: Directory | null,
  live: LiveSite,
  listed: readonly ListedKey[],
  now: number,
): Step<ReadonlySet<string>> {
  const safe = previous === null ? new Set<string>() : neededKeys(previous);
  const orphans = new Set(
    listed.map(({ name }) => name).filter((name) => needed.has(name) && !safe.has(name)),
  );
  const later = now + Math.min(CLAIM_MARGIN_SECONDS, GRACE_SECONDS);
  const records = recordsAmong(listed, now);
  const stay = keptReleases({ live, now: later, keptReleases: 0 }, records);
  for (const { release } of records) {
    if (orphans.size === 0) break;
    if (!stay.has(release)) continue;
    const record = await readRecord(namespace, release);
    if (!record.ok) return record;
    for (const key of neededKeys(record.value)) orphans.delete(key);
  }
  return ok(orphans);
}

/** Waits until our claim is seen, and says which of the orphans have been pruned before it was. */
async function lostOrphans(
  namespace: KvNamespace,
  orphans: ReadonlySet<string>,
  world: World,
  say: (line: string) => void,
): Step<ReadonlySet<string>> {
  const lost = new Set<string>();
  if (orphans.size === 0) return ok(lost);
  say(
    `${orphans.size} values are left over from an old release: waiting until it is sure that they stay`,
  );
  await world.wait(CLAIM_WAIT_MILLISECONDS);
  for (const key of orphans) {
    const value = await namespace.get(key);
    if (!value.ok) return value;
    if (value.value === null) lost.add(key);
  }
  return ok(lost);
}

/** @param before what was live right before */
async function runDeploy(
  { kind, account, config, worker, world, wrangler, say }: DeployInput,
  { release, articleCount }: Directory,
  before: LiveSite,
): Step<WranglerRun> {
  const command = kind === "preview" ? ["versions", "upload"] : ["deploy"];
  const run = await wrangler(
    [
      ...command,
      "--config",
      worker.configFile,
      // In one word each: a release may begin with a hyphen, which would be taken for an option.
      `--tag=${release}`,
      `--message=${versionMessage(articleCount, worker.code, kind)}`,
    ],
    worker.folder,
    account.environment,
  );
  // wrangler says 0 as well where a signal ended it; a version says that it came to its end.
  if (run.exitCode === 0 && run.versionId !== null) return ok(run);
  const known = new Set(before.versions.map(({ id }) => id));
  const isOurs = (version: WorkerVersion | null): boolean =>
    version !== null &&
    !known.has(version.id) &&
    releaseOf(version) === release &&
    codeOf(version) === worker.code;
  const switched =
    kind === "preview" || isLoginRefused(run.output)
      ? null
      : await awaitSwitch(
          { account, worker: config.name },
          ({ version }) => isOurs(version),
          world,
          // The first version of all goes live with its upload; every other one is there before.
          ({ versions }) => known.size === 0 || versions.some(isOurs),
        );
  if (switched !== null && switched !== "unknown") {
    if (run.exitCode !== 0) say(`wrangler ${command.join(" ")} failed, but did what it was asked`);
    return ok({ ...run, versionId: switched.version?.id ?? null });
  }
  return failed({
    reason: "wrangler-failed",
    command: command.join(" "),
    output: run.output,
    state: switched === null ? UNCHANGED : UNKNOWN,
  });
}

/**
 * Nothing can switch only if nobody else did: wrangler takes a second or two. So this looks afterwards whether another
 * deploy went live within them, and if so puts that one back, because it may have articles that ours lacks.
 *
 * @param versionId of the version that we made; null where wrangler did not say
 * @param plannedOn the deployment that was live when we planned; null where there was none
 */
async function giveWay(
  { account, config, worker, world, wrangler, say }: DeployInput,
  versionId: string | null,
  plannedOn: string | null,
): Step<boolean> {
  const live = await readLiveSite(account, config.name);
  if (!live.ok) {
    // Ours is live all the same.
    say("Cannot see whether somebody else deployed in the same second: Cloudflare does not answer");
    return ok(false);
  }
  const { deployments } = live.value;
  // The oldest of them: whoever was overtaken by us may have put ours back.
  const ours = deployments.findLastIndex(({ versionIds }) => versionIds[0] === versionId);
  const before = deployments[ours + 1];
  if (ours === -1 || before === undefined || before.id === plannedOn) return ok(false);
  const [overtaken = ""] = before.versionIds;
  const command = ["versions", "deploy", `${overtaken}@100%`, "--yes", "--name", config.name];
  const run = await wrangler(
    [...command, "--message", RESUMED_MESSAGE],
    worker.folder,
    account.environment,
  );
  const isBack = ({ version }: LiveSite): boolean => version?.id === overtaken;
  const back = await awaitSwitch({ account, worker: config.name }, isBack, world);
  if (back !== null && back !== "unknown") return ok(true);
  return failed({
    reason: "wrangler-failed",
    command: "versions deploy",
    output: run.output,
    state:
      "it was to put back what somebody else deployed in the same second; npm run release -- list says what is live, deploy again",
  });
}
