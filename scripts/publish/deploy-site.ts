import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { checkTriggers, completeTriggers } from "./complete-triggers.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { PublishFailure } from "./failure-messages.ts";
import { findErringArticles } from "./erring-articles.ts";
import type { LiveSite } from "./live-site.ts";
import { describeOthers, readLiveSite } from "./live-site.ts";
import { mayDeploy } from "./may-deploy.ts";
import { prepareNamespace } from "./open-namespace.ts";
import type { PlannedDeploy, ReleaseDraft } from "./plan-deploy.ts";
import { followOn, isLiveAlready, planDeploy, sayPlan } from "./plan-deploy.ts";
import { fileOf } from "./say-followed.ts";
import { stagePages } from "./stage-pages.ts";
import { loadWorker } from "./stage-worker.ts";
import { giveWay, switchWorker } from "./switch-worker.ts";
import { repairRelease, uploadRelease } from "./upload-release.ts";

/** A release that is live after a deploy. */
export interface DeployedRelease extends Pick<
  ReleaseDraft,
  "namespace" | "previous" | "articles" | "next"
> {
  /** Whether this deploy made it live. */
  readonly isNew: boolean;
  /** What was live right after; null if Cloudflare could not be asked. */
  readonly live: LiveSite | null;
  /** Fails if an address of the settings does not lead to it. */
  readonly reach: Result<null, PublishFailure>;
}

/** How often a deploy is planned again because another one went live meanwhile. */
const ATTEMPTS = 4;

/**
 * Publishes a bundled site: claims its release in KV, uploads what KV lacks, and switches the Worker. Readers see no change
 * before the switch, and the next run continues one that was broken off.
 *
 * @returns null after a preview or a dry run
 */
export async function deploySite(input: DeployInput): Step<DeployedRelease | null> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outcome = await deployOnce(input);
    if (outcome.ok || outcome.failure.reason !== "overtaken") return outcome;
    if (input.interruption.exitCode !== null) return failed({ reason: "broken-off" });
    if (attempt < ATTEMPTS) input.io.say("Another deploy went live meanwhile: planning again");
  }
  return failed({ reason: "overtaken", times: ATTEMPTS });
}

/** Fails with `overtaken` if another deploy went live meanwhile. */
async function deployOnce(input: DeployInput): Step<DeployedRelease | null> {
  const { mostWrites, io } = input;
  const live = await readLiveSite(input.account, input.config.name);
  if (!live.ok) return live;
  const others = describeOthers(live.value);
  if (others !== null) io.say(others);
  const allowed = await mayDeploy(live.value, input);
  if (!allowed.ok) return allowed;
  if (live.value.deployments.length === 0) {
    io.say(`There is no Worker "${input.config.name}" yet: this is its first deploy`);
  }
  const namespace = await prepareNamespace(input);
  if (!namespace.ok) return namespace;
  const followed = await followOn(input, live.value, namespace.value);
  if (!followed.ok) return followed;
  const draft = followed.value;
  const isLive = await isLiveAlready(draft);
  if (!isLive.ok) return isLive;
  if (isLive.value) return completeRelease(draft);
  const planned = await planDeploy(draft);
  if (!planned.ok) return planned;
  const plan = planned.value;
  sayPlan(plan, draft);
  const links = await mayBreak(plan, input);
  if (!links.ok) return links;
  if (input.isDryRun) {
    if (plan.writes > mostWrites) {
      io.say(
        `It takes ${plan.writes} writes, and one run may make ${mostWrites}: the rest follows when you run it again`,
      );
    }
    io.say("Nothing was done, as --dry-run says");
    return ok(null);
  }
  const uploaded = await uploadRelease(plan.draft, plan);
  return uploaded.ok ? switchRelease(plan.draft) : uploaded;
}

/** Does what is left to do for a release that is live: uploads what KV has lost, and sets addresses that a run before did not. */
async function completeRelease(draft: ReleaseDraft): Step<DeployedRelease | null> {
  const repaired = await repairRelease(draft);
  if (!repaired.ok) return repaired;
  // A preview's settings are those of a branch perhaps, and say nothing of where the live site is to be.
  if (draft.kind === "preview") return ok(null);
  const reach = await completeTriggers(draft);
  return draft.isDryRun ? ok(null) : ok({ ...draft, isNew: false, reach });
}

/** Fails if the release breaks links that must not break; a preview breaks none. */
async function mayBreak(
  { broken, changes, followed, sources }: PlannedDeploy,
  input: DeployInput,
): Step<null> {
  if (input.kind === "preview" || broken.isAllowed) return ok(null);
  const { root, settings, site } = input;
  return failed({
    reason: "links-break",
    links: broken,
    added: changes?.added ?? [],
    renamed: new Map(
      followed.renamed.map(({ before, now }) => [before.id, fileOf(now.id, sources.articles)]),
    ),
    erring: await findErringArticles(root, settings.sources, site.diagnostics, settings.idPrefixes),
    errors: site.diagnostics.filter(({ level }) => level === "error").length,
  });
}

/** Makes the Worker of an uploaded release live; fails with `overtaken` if another one went live since it was planned. */
async function switchRelease(draft: ReleaseDraft): Step<DeployedRelease | null> {
  const { account, config, worker, kind, io, interruption, namespace, live, next } = draft;
  await stagePages(draft);
  const before = await readLiveSite(account, config.name);
  if (!before.ok) return before;
  if (before.value.deployments[0]?.id !== live.deployments[0]?.id) {
    return failed({ reason: "overtaken", times: 1 });
  }
  await loadWorker(worker, draft, namespace.id, draft.bytes);
  const run = await switchWorker(draft, before.value);
  if (!run.ok) return run;
  if (kind === "preview") {
    io.say(`Uploaded release ${next.release} as a preview`);
    if (interruption.exitCode === null) {
      io.say(`Look at it: ${run.value.previewUrl ?? "(the Worker has no preview addresses)"}`);
    }
    return ok(null);
  }
  const after = await giveWay(draft, run.value.versionId);
  if (!after.ok) return after;
  io.say(`Release ${next.release} is live: ${next.site.url}`);
  const reach = run.value.isComplete ? ok(null) : await checkTriggers(draft, run.value.output);
  return ok({ ...draft, isNew: true, live: after.value, reach });
}
