import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { NoTarget } from "../publish/failure-messages.ts";
import type { LiveSite, ReleaseVersion } from "../publish/live-site.ts";

/** A version that carries a release. */
export interface RollbackTarget {
  readonly id: string;
  readonly release: string;
}

/**
 * The version to go back to: of a release, the one that served it last; without a name, the one that served before the
 * live one first did, be it of another release or of other code. What was only ever a preview is none.
 *
 * @param name of a release or a version; null for the deployment before
 */
export function findRollbackTarget(
  live: LiveSite,
  name: string | null,
): Result<RollbackTarget, NoTarget> {
  const served = live.deployments.map(({ version }) => version);
  if (name === null) {
    // Whatever served since then was rolled back from, or gave way.
    const first = served.findLastIndex((version) => version?.id === live.version?.id);
    const before = served.slice(first + 1).find(carriesRelease);
    return before === undefined ? failed({ reason: "nothing-before" }) : ok(before);
  }
  if (live.version !== null && [live.release, live.version.id].includes(name)) {
    return failed({ reason: "live-already", name });
  }
  const isNamed = ({ id, release }: RollbackTarget): boolean => [id, release].includes(name);
  const candidates = live.versions.filter(carriesRelease).filter(isNamed);
  // Cloudflare lists few deployments: what went live before them is known by not being a preview.
  const target =
    served.filter(carriesRelease).find(isNamed) ?? candidates.find(({ isPreview }) => !isPreview);
  if (target !== undefined) return ok(target);
  return failed({ reason: candidates.length > 0 ? "only-previewed" : "no-version", name });
}

function carriesRelease(
  version: ReleaseVersion | null,
): version is ReleaseVersion & RollbackTarget {
  return version !== null && version.release !== null;
}
