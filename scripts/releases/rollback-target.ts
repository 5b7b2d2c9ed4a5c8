import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { NoTarget } from "../publish/failure-messages.ts";
import type { LiveSite, ReleaseVersion } from "../publish/live-site.ts";

/** A version of the Worker that carries a release. */
export type RollbackTarget = ReleaseVersion & { readonly release: string };

/**
 * The version to roll back to: the named one, or the one that last served the named release. Without a name, the one that
 * served before the live version first did, and differs from it by its release or at least by its code. Versions that were only
 * previews do not count. Versions on top that are not ours are looked through, and what lies below them can be named.
 *
 * @param name a release or a version's id; null for the version before
 */
export function findRollbackTarget(
  live: LiveSite,
  name: string | null,
): Result<RollbackTarget, NoTarget> {
  const served = live.deployments.map(({ version }) => version);
  if (name === null) {
    // Versions that served since then were rolled back from or gave way.
    const first = served.findLastIndex((version) => version?.id === live.version?.id);
    const before = served
      .slice(first + 1)
      .filter(carriesRelease)
      .find(({ release, code }) => release !== live.release || code !== live.version?.code);
    return before === undefined ? failed({ reason: "nothing-before" }) : ok(before);
  }
  const isTop = live.version !== null && live.others.length === 0;
  if (isTop && [live.release, live.version.id].includes(name)) {
    return failed({ reason: "live-already", name });
  }
  const isNamed = ({ id, release }: RollbackTarget): boolean => [id, release].includes(name);
  const candidates = live.versions.filter(carriesRelease).filter(isNamed);
  // Cloudflare lists few deployments; an older version counts as deployed if it is not a preview.
  const target =
    served.filter(carriesRelease).find(isNamed) ?? candidates.find(({ isPreview }) => !isPreview);
  if (target !== undefined) return ok(target);
  return failed({ reason: candidates.length > 0 ? "only-previewed" : "no-version", name });
}

function carriesRelease(version: ReleaseVersion | null): version is RollbackTarget {
  return version !== null && version.release !== null;
}
