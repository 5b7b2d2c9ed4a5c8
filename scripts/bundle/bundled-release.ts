import type { Redirect } from "../../src/store/redirect-entry.ts";
import type { History, ManifestPlan } from "./manifest-after.ts";
import { manifestAfter } from "./manifest-after.ts";
import type { Arrivals } from "./plan-late-articles.ts";
import { NO_ARRIVALS } from "../../src/store/digest-arrivals.ts";
import type { PlannedRelease, PlannedValue } from "./plan-release.ts";

/** A release as a deploy needs it, whether it was planned now or is the one that was planned the last time. */
export interface BundledRelease {
  /** Makes the manifest for a history; its release id does not depend on the history. */
  readonly manifestAfter: (history: History) => Uint8Array;
  /** The same release, whose feeds also show what came late. */
  readonly withArrivals: (arrivals: Arrivals) => Promise<BundledRelease>;
  /** All values that the release needs in KV, each key once. */
  readonly values: readonly PlannedValue[];
}

/** What is kept of a release: all that its manifest says, and the keys of its values. */
export interface KeptRelease {
  readonly manifest: ManifestPlan;
  readonly keys: readonly string[];
}

/** A release that was planned now. */
export function plannedAnew(planned: PlannedRelease): BundledRelease {
  return {
    manifestAfter: planned.manifestAfter,
    withArrivals: async (arrivals) => plannedAnew(planned.withArrivals(arrivals)),
    values: planned.values,
  };
}

/**
 * A release that was planned before. It is planned anew only if a value has to be made, or if something came late.
 *
 * @param redirects where its old paths lead
 * @param planAnew gives the same release
 */
export function plannedBefore(
  { manifest, keys }: KeptRelease,
  redirects: () => ReadonlyMap<string, Redirect>,
  planAnew: () => Promise<BundledRelease>,
): BundledRelease {
  const encode = async (key: string): Promise<Uint8Array> => {
    const { values } = await planAnew();
    const value = values.find((each) => each.key === key);
    if (value !== undefined) return value.encode();
    throw new Error(`The articles changed while "${key}" was needed; run this again`);
  };
  const release: BundledRelease = {
    manifestAfter: (history) =>
      manifestAfter(manifest, redirects, { late: [], digestArrivals: NO_ARRIVALS }, history),
    withArrivals: async (arrivals) =>
      isWithoutArrivals(arrivals) ? release : (await planAnew()).withArrivals(arrivals),
    values: keys.map((key) => ({ key, encode: async () => encode(key) })),
  };
  return release;
}

/** Whether nothing came with a release, and nothing late is left of the one before. */
function isWithoutArrivals({ previous, added }: Arrivals): boolean {
  return (
    added.size === 0 &&
    previous.lateScopes().length === 0 &&
    previous.digestArrivals.cameOn.size === 0
  );
}
