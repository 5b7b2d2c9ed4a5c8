import { counted } from "../terminal/counted.ts";
import { planNamespacePrune, pruneNamespace } from "../publish/prune-namespace.ts";
import type { ReleasedSite, VerbResult } from "./verb-answer.ts";
import { done } from "./verb-answer.ts";

/** `prune`: says what can be deleted of old releases, and deletes it with `--yes`. */
export async function pruneReleases({
  namespace,
  config,
  live,
  settings,
  options,
  now,
}: ReleasedSite): VerbResult {
  const plan = await planNamespacePrune(namespace, config.name, {
    live,
    now,
    keptReleases: settings.keptReleases,
  });
  if (!plan.ok) return plan;
  const { kept, records, values, keyCount } = plan.value;
  const summary = `Releases that stay: ${kept.size} (live, of the last 36 hours, or among the newest ${settings.keptReleases}); that can go: ${records.length}, with ${counted(values.length, "value")} of ${keyCount}`;
  const json = { kept: Object.fromEntries(kept), records, values: values.length };
  if (!options.yes) {
    return done({ ...json, deleted: 0 }, `${summary}\nNothing was deleted; --yes deletes`);
  }
  const pruned = await pruneNamespace(namespace, plan.value, options.mostDeletes, now);
  if (!pruned.ok) return pruned;
  const { deleted, left, wasInterrupted } = pruned.value;
  const why = wasInterrupted ? " (somebody began to deploy)" : "";
  return done({ ...json, ...pruned.value }, `${summary}\nDeleted ${deleted}, ${left} left${why}`);
}
