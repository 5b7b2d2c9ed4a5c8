import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { WorkerVersion } from "../cloudflare/worker-versions.ts";
import type { NoTarget } from "../publish/describe-failure.ts";
import type { LiveSite } from "../publish/live-site.ts";
import { deployedVersions, isPreview, releaseOf } from "../publish/live-site.ts";

/**
 * The version to go back to: of a release, the one that served it last; without a name, the one that served before the
 * live one first did, be it of another release or of other code. What was only ever a preview is none.
 *
 * @param name of a release or a version; null for the deployment before
 */
export function findRollbackTarget(
  live: LiveSite,
  name: string | null,
): Result<WorkerVersion, NoTarget> {
  const served = deployedVersions(live);
  if (name === null) {
    // Whatever served since then was rolled back from, or gave way.
    const first = served.findLastIndex((version) => version?.id === live.version?.id);
    const before = served
      .slice(first + 1)
      .find((version) => version !== null && releaseOf(version) !== null);
    return before === undefined || before === null
      ? failed({ reason: "nothing-before" })
      : ok(before);
  }
  if (live.version !== null && [live.release, live.version.id].includes(name)) {
    return failed({ reason: "live-already", name });
  }
  const isNamed = (version: WorkerVersion | null): boolean =>
    version !== null &&
    releaseOf(version) !== null &&
    [version.id, releaseOf(version)].includes(name);
  const candidates = live.versions.filter(isNamed);
  // Cloudflare lists few deployments: what went live before them is known by not being a preview.
  const target = served.find(isNamed) ?? candidates.find((version) => !isPreview(version)) ?? null;
  if (target !== null) return ok(target);
  return failed({ reason: candidates.length > 0 ? "only-previewed" : "no-version", name });
}
