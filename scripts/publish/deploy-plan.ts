import type { ReleaseChanges } from "./compare-releases.ts";
import { counted } from "../terminal/counted.ts";
import type { BrokenLinks } from "./link-guard.ts";

/** Of a list in a line. */
const PATHS_SHOWN = 5;

/** What a deploy is about to do. */
export interface DeployPlan {
  readonly release: string;
  readonly articles: number;
  /** Null where nothing is live that could be compared. */
  readonly changes: ReleaseChanges | null;
  readonly broken: BrokenLinks;
  /** Values to write, the release's own record among them. */
  readonly writes: number;
  readonly values: number;
}

/** Tells what a deploy is about to do, before it does it. */
export function sayPlan(
  { release, articles, changes, writes, values, broken }: DeployPlan,
  say: (line: string) => void,
): void {
  say(
    `Release ${release}: ${counted(articles, "article")}, ${counted(values, "value")} and the release's own record; ${writes} to write`,
  );
  if (changes === null) return;
  const { added, changed, removed, feedsChanged, addressesChanged, categoriesRemoved } = changes;
  say(
    `  ${counted(added.length, "article")} added, ${changed.length} changed, ${removed.length} removed; ${counted(feedsChanged.length, "feed")} and ${counted(addressesChanged, "old or withdrawn address", "old or withdrawn addresses")} changed`,
  );
  const { noLongerWithdrawn } = changes;
  if (noLongerWithdrawn.length > 0) {
    const more = noLongerWithdrawn.length - PATHS_SHOWN;
    const shown = noLongerWithdrawn.slice(0, PATHS_SHOWN).join(", ");
    say(`  no longer withdrawn: ${shown}${more > 0 ? ` and ${more} more` : ""}`);
  }
  if (changes.uncompared > 0) {
    say(
      `  ${counted(changes.uncompared, "article")} could not be compared, because KV has lost what is live of them`,
    );
  }
  const lost = broken.articles.length + broken.addresses.length + broken.returning.length;
  if (lost > 0) {
    const why = broken.isAllowed
      ? "which allowed_removals_percent allows"
      : "which stops a deploy that is no preview";
    say(`  ${counted(lost, "link")} would break, ${why}`);
  }
  if (categoriesRemoved.length > 0) {
    const names = categoriesRemoved.map(({ name }) => `"${name}"`).join(", ");
    say(
      `  categories that end: ${names}; their subscribers find nothing, unless renamed_categories names them`,
    );
  }
}
