import { failed, ok } from "../../src/domain/result.ts";
import type { WranglerRun } from "../cloudflare/run-wrangler.ts";
import { runWrangler } from "../cloudflare/run-wrangler.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { SwitchState } from "./failure-messages.ts";
import type { LiveSite, ReleaseVersion } from "./live-site.ts";
import type { ReleaseDraft } from "./plan-deploy.ts";
import {
  HELD_MESSAGE,
  RESUMED_MESSAGE,
  isHeld,
  readLiveSite,
  versionMessage,
} from "./live-site.ts";

/** When to look whether a switch took place: if the answer was lost, Cloudflare may still be working on it. */
const WAITS_MILLISECONDS = [0, 2000, 4000];

type Switching = Pick<DeployInput, "account" | "config" | "io" | "interruption">;

/** What wrangler did: it uploaded a version, and unless that is a preview, the version is live. */
export interface SwitchedWorker extends Pick<WranglerRun, "versionId" | "previewUrl" | "output"> {
  /** Whether wrangler came to its end, and so has also set what leads to the Worker, which it does last. */
  readonly isComplete: boolean;
}

/**
 * Makes the staged Worker live, or a preview of it.
 *
 * @param before what was live right before the switch
 */
export async function switchWorker(draft: ReleaseDraft, before: LiveSite): Step<SwitchedWorker> {
  const { kind, worker } = draft;
  const { release, articleCount } = draft.next;
  const command = kind === "preview" ? ["versions", "upload"] : ["deploy"];
  const run = await runSwitch(
    draft,
    [
      ...command,
      // With `=`, because a release may begin with a hyphen and would be taken for an option.
      `--tag=${release}`,
      `--message=${versionMessage(articleCount, worker.code, kind)}`,
    ],
    worker,
  );
  // wrangler also exits with 0 when a signal ended it; only a version shows that it finished.
  if (run.exitCode === 0 && run.versionId !== null) return ok({ ...run, isComplete: true });
  const name = command.join(" ");
  if (kind === "preview") {
    const { output } = run;
    return failed({ reason: "wrangler-failed", command: name, output, state: "unchanged" });
  }
  const known = new Set(before.versions.map(({ id }) => id));
  const isOurs = (version: ReleaseVersion | null): boolean =>
    version?.release === release && version.code === worker.code && !known.has(version.id);
  const switched = await awaitSwitch(
    draft,
    name,
    run,
    ({ version }) => isOurs(version),
    // The very first version goes live as it is uploaded; any other is listed before it is live.
    ({ versions }) => known.size === 0 || versions.some(isOurs),
  );
  if (!switched.ok) {
    const after = await readLiveSite(draft.account, draft.config.name);
    const isOvertaken = after.ok && after.value.deployments[0]?.id !== before.deployments[0]?.id;
    return isOvertaken ? failed({ reason: "overtaken", times: 1 }) : switched;
  }
  return ok({ ...run, versionId: switched.value.version?.id ?? null, isComplete: false });
}

/** Has wrangler set what leads to the live Worker, as its settings in the staged folder say. */
export async function deployTriggers(draft: ReleaseDraft): Promise<WranglerRun> {
  return runSwitch(draft, ["triggers", "deploy"], draft.worker);
}

/**
 * Puts back another deploy that went live during ours, because it may have articles that ours lacks. This has to be found
 * out afterwards, since Cloudflare has no switch that fails when somebody else has just switched.
 *
 * @param versionId the version that this deploy made; null if wrangler did not say
 * @returns what is live, null if Cloudflare cannot be asked; fails with `overtaken` if that is not ours: it put another deploy
 *   back, or somebody rolled back or deployed since
 */
export async function giveWay(
  draft: ReleaseDraft,
  versionId: string | null,
): Step<LiveSite | null> {
  const live = await readLiveSite(draft.account, draft.config.name);
  if (!live.ok) {
    draft.io.say(
      "Cannot see whether somebody else deployed in the same second: Cloudflare does not answer",
    );
    return ok(null);
  }
  const { deployments, versions, version } = live.value;
  // The oldest of our deployments, because somebody whom we overtook may have put ours back.
  const ours = deployments.findLastIndex(({ versionIds }) => versionIds[0] === versionId);
  // Who rolled back or deployed since has seen ours, and is not to be undone.
  if (ours > 0 && version?.id !== versionId) return failed({ reason: "overtaken", times: 1 });
  const before = deployments[ours + 1];
  if (ours === -1 || before === undefined || before.id === draft.live.deployments[0]?.id) {
    return live;
  }
  const [overtaken = ""] = before.versionIds;
  // If we overtook a rollback, deploys stay held.
  const message = isHeld(deployments.slice(ours + 1), versions) ? HELD_MESSAGE : RESUMED_MESSAGE;
  const command = ["versions", "deploy", `${overtaken}@100%`];
  const isBack = (site: LiveSite): boolean => site.deployments[0]?.versionIds[0] === overtaken;
  const back = await switchVersion(draft, command, message, draft.worker.folder, isBack);
  if (back.ok) return failed({ reason: "overtaken", times: 1 });
  return back.failure.reason === "wrangler-failed"
    ? failed({ ...back.failure, state: "not-put-back" })
    : back;
}

/** Runs wrangler so that a signal does not end this process before wrangler has ended. */
async function runSwitch(
  { account, io, interruption }: Switching,
  args: readonly string[],
  { folder: cwd, configFile }: { readonly folder: string; readonly configFile: string | null },
): Promise<WranglerRun> {
  const environment = { CLOUDFLARE_ACCOUNT_ID: account.id };
  return interruption.hold(async () => runWrangler({ args, cwd, configFile, environment }, io));
}

/**
 * Makes another uploaded version live. wrangler also exits with 0 when a signal ended it, so what is live afterwards decides
 * whether this succeeded.
 *
 * @param command wrangler's command, the version at its end
 * @param message the message of the deployment
 * @param isSwitched whether what is live is what was asked for
 */
export async function switchVersion(
  switching: Switching,
  command: readonly string[],
  message: string,
  cwd: string,
  isSwitched: (live: LiveSite) => boolean,
): Step<LiveSite> {
  const options = ["--yes", "--name", switching.config.name, "--message", message];
  const place = { folder: cwd, configFile: null };
  const run = await runSwitch(switching, [...command, ...options], place);
  return awaitSwitch(switching, command.slice(0, -1).join(" "), run, isSwitched);
}

/**
 * Looks whether a switch took place. It may have even if wrangler failed, because the answer was lost or wrangler was ended
 * after Cloudflare had done its work.
 *
 * @param isSwitched whether what is live is what was asked for
 * @param canSwitch whether that may still happen
 * @returns what is live
 */
async function awaitSwitch(
  { account, config, io }: Switching,
  command: string,
  { output }: WranglerRun,
  isSwitched: (live: LiveSite) => boolean,
  canSwitch: (live: LiveSite) => boolean = () => true,
): Step<LiveSite> {
  const failedAs = (state: SwitchState) =>
    failed({ reason: "wrangler-failed" as const, command, output, state });
  for (const milliseconds of WAITS_MILLISECONDS) {
    await io.wait(milliseconds, "Cloudflare to say what is live");
    const live = await readLiveSite(account, config.name);
    if (!live.ok) return failedAs("unknown");
    if (isSwitched(live.value)) return live;
    if (!canSwitch(live.value)) break;
  }
  return failedAs("unchanged");
}
