import type { AskElsewhere, BundledSources } from "../bundle/bundled-site.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";
import type { IndexRef } from "./index-ref.ts";

/** The index of what a release was read from, as it is kept with it in KV. */
export interface PlannedIndex {
  readonly ref: IndexRef;
  readonly values: readonly PlannedValue[];
}

/**
 * The index of the files that the live release was read from. A checkout that knows nothing of them takes it over, and reads only
 * what is new.
 */
export interface LiveIndex {
  /** Opens it; null, with a line that says why, where nothing can be taken over. */
  readonly ask: AskElsewhere;
  /** Plans the one of the next release; null where a site has so few files that reading them is quicker. */
  readonly plan: (sources: BundledSources) => PlannedIndex | null;
}
