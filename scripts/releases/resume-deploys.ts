import { RESUMED_MESSAGE } from "../publish/live-site.ts";
import type { ReleasedSite, VerbResult } from "./release-verb.ts";
import { done } from "./release-verb.ts";
import { runSwitch } from "./run-switch.ts";

/** `resume`: lets deploys go on after a rollback. */
export async function resumeDeploys(site: ReleasedSite): VerbResult {
  const { live, config } = site;
  const [serving] = live.deployments;
  if (!live.isHeld || serving === undefined) {
    return done({ isHeld: false }, "Deploys are not held");
  }
  const [versionId = ""] = serving.versionIds;
  const command = [
    "versions",
    "deploy",
    `${versionId}@100%`,
    "--yes",
    "--name",
    config.name,
    "--message",
    RESUMED_MESSAGE,
  ];
  const switched = await runSwitch(site, "versions deploy", command, ({ isHeld }) => !isHeld);
  if (!switched.ok) return switched;
  return done({ isHeld: false }, "Deploys may go on; the live release is as it was");
}
