import { failed, ok } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { WranglerRun } from "../cloudflare/run-wrangler.ts";
import type { WorkerVersion } from "../cloudflare/worker-versions.ts";
import { isLoginRefused } from "../cloudflare/wrangler-errors.ts";
import { awaitSwitch } from "./await-switch.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import { UNCHANGED, UNKNOWN } from "./describe-failure.ts";
import type { LiveSite } from "./live-site.ts";
import {
  HELD_MESSAGE,
  RESUMED_MESSAGE,
  codeOf,
  isHeld,
  readLiveSite,
  releaseOf,
  versionMessage,
} from "./live-site.ts";

/**
 * Makes the staged Worker live, or a preview of it.
 *
 * @param before what was live right before
 */
export async function switchWorker(
  { kind, account, config, worker, io, wrangler, say }: DeployInput,
  { release, articleCount }: Manifest,
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
          io,
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
export async function giveWay(
  { account, config, worker, io, wrangler, say }: DeployInput,
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
  // A rollback that we ran over holds deploys, and goes on to.
  const message = isHeld(deployments.slice(ours + 1), live.value.versions)
    ? HELD_MESSAGE
    : RESUMED_MESSAGE;
  const run = await wrangler(
    [...command, "--message", message],
    worker.folder,
    account.environment,
  );
  const isBack = ({ version }: LiveSite): boolean => version?.id === overtaken;
  const back = await awaitSwitch({ account, worker: config.name }, isBack, io);
  if (back !== null && back !== "unknown") return ok(true);
  return failed({
    reason: "wrangler-failed",
    command: "versions deploy",
    output: run.output,
    state:
      "it was to put back what somebody else deployed in the same second; npm run release -- list says what is live, deploy again",
  });
}
