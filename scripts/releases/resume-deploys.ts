import { switchVersion } from "../publish/switch-worker.ts";
import { RESUMED_MESSAGE } from "../publish/live-site.ts";
import type { ReleasedSite, VerbResult } from "./release-verb.ts";
import { done } from "./release-verb.ts";

/** `resume`: lets deploys go on after a rollback. */
export async function resumeDeploys(site: ReleasedSite): VerbResult {
  const [serving] = site.live.deployments;
  if (!site.live.isHeld || serving === undefined) {
    return done({ isHeld: false }, "Deploys are not held");
  }
  const command = ["versions", "deploy", `${serving.versionIds[0] ?? ""}@100%`];
  const isResumed = ({ isHeld }: { readonly isHeld: boolean }): boolean => !isHeld;
  const switched = await switchVersion(site, command, RESUMED_MESSAGE, site.root, isResumed);
  if (!switched.ok) return switched;
  return done({ isHeld: false }, "Deploys may go on; the live release is as it was");
}
