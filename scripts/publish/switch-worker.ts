import { failed, ok } from "../../src/domain/result.ts";
import type { WranglerRun } from "../cloudflare/run-wrangler.ts";
import { runWrangler } from "../cloudflare/run-wrangler.ts";
import { isLoginRefused } from "../cloudflare/wrangler-errors.ts";
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

/** Cloudflare may still be at it when the answer gets lost. */
const WAITS_MILLISECONDS = [0, 2000, 4000];

/** Who switches, and what. */
type Switching = Pick<DeployInput, "account" | "config" | "io" | "interruption">;

/**
 * Makes the staged Worker live, or a preview of it.
 *
 * @param before what was live right before
 */
export async function switchWorker(
  draft: ReleaseDraft,
  before: LiveSite,
): Step<Pick<WranglerRun, "versionId" | "previewUrl">> {
  const { kind, worker, io } = draft;
  const { release, articleCount } = draft.next;
  const command = kind === "preview" ? ["versions", "upload"] : ["deploy"];
  const run = await runSwitch(
    draft,
    [
      ...command,
      "--config",
      worker.configFile,
      // In one word each: a release may begin with a hyphen, which would be taken for an option.
      `--tag=${release}`,
      `--message=${versionMessage(articleCount, worker.code, kind)}`,
    ],
    worker.folder,
  );
  // wrangler says 0 as well where a signal ended it; a version says that it came to its end.
  if (run.exitCode === 0 && run.versionId !== null) return ok(run);
  const name = command.join(" ");
  if (kind === "preview" || isLoginRefused(run.output)) {
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
    // The first version of all goes live with its upload; every other one is there before.
    ({ versions }) => known.size === 0 || versions.some(isOurs),
  );
  if (!switched.ok) return switched;
  if (run.exitCode !== 0) io.say(`wrangler ${name} failed, but did what it was asked`);
  return ok({ ...run, versionId: switched.value.version?.id ?? null });
}

/**
 * Nothing can switch only if nobody else did: wrangler takes a second or two. So this looks afterwards whether another
 * deploy went live within them, and if so puts that one back, because it may have articles that ours lacks.
 *
 * @param versionId of the version that we made; null where wrangler did not say
 * @returns what is live; null where nobody can say. It fails as overtaken where it gave way
 */
export async function giveWay(
  draft: ReleaseDraft,
  versionId: string | null,
): Step<LiveSite | null> {
  const live = await readLiveSite(draft.account, draft.config.name);
  if (!live.ok) {
    // Ours is live all the same.
    draft.io.say(
      "Cannot see whether somebody else deployed in the same second: Cloudflare does not answer",
    );
    return ok(null);
  }
  const { deployments, versions } = live.value;
  // The oldest of them: whoever was overtaken by us may have put ours back.
  const ours = deployments.findLastIndex(({ versionIds }) => versionIds[0] === versionId);
  const before = deployments[ours + 1];
  if (ours === -1 || before === undefined || before.id === draft.live.deployments[0]?.id) {
    return live;
  }
  const [overtaken = ""] = before.versionIds;
  // A rollback that we ran over holds deploys, and goes on to.
  const message = isHeld(deployments.slice(ours + 1), versions) ? HELD_MESSAGE : RESUMED_MESSAGE;
  const command = ["versions", "deploy", `${overtaken}@100%`];
  const isBack = ({ version }: LiveSite): boolean => version?.id === overtaken;
  const back = await switchVersion(draft, command, message, draft.worker.folder, isBack);
  if (back.ok) return failed({ reason: "overtaken", times: 1 });
  return back.failure.reason === "wrangler-failed"
    ? failed({ ...back.failure, state: "not-put-back" })
    : back;
}

/** Has wrangler do what must not be left alone half done. */
async function runSwitch(
  { account, io, interruption }: Switching,
  args: readonly string[],
  cwd: string,
): Promise<WranglerRun> {
  // So that wrangler works on the same account.
  const environment = { CLOUDFLARE_ACCOUNT_ID: account.id };
  return interruption.hold(async () => runWrangler({ args, cwd, environment }, io));
}

/**
 * Makes another version live, which is there already. wrangler's exit code is also 0 where a signal ended it: what is live
 * says whether it did what it was asked.
 *
 * @param command of wrangler's, up to the version
 * @param message that the deployment gets
 */
export async function switchVersion(
  switching: Switching,
  command: readonly string[],
  message: string,
  cwd: string,
  isSwitched: (live: LiveSite) => boolean,
): Step<LiveSite> {
  const options = ["--yes", "--name", switching.config.name, "--message", message];
  const run = await runSwitch(switching, [...command, ...options], cwd);
  return awaitSwitch(switching, command.slice(0, -1).join(" "), run, isSwitched);
}

/**
 * Looks whether a switch took place though wrangler failed: the answer may have been lost, or wrangler broken off, after
 * Cloudflare did what it was asked.
 *
 * @param isSwitched whether what is live is what was asked for
 * @param canSwitch whether it may yet become so
 * @returns what is live then
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
    await io.wait(milliseconds);
    const live = await readLiveSite(account, config.name);
    if (!live.ok) return failedAs("unknown");
    if (isSwitched(live.value)) return live;
    if (!canSwitch(live.value)) break;
  }
  return failedAs("unchanged");
}
