import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import { nearestName } from "../terminal/nearest-name.ts";
import type { ConfigFile, Table } from "./config-file.ts";
import { isTable } from "./config-file.ts";

/** wrangler's keys that a site has, without which it is not what was meant. */
const KEYS = (
  "name main compatibility_date compatibility_flags keep_names keep_vars account_id workers_dev preview_urls route routes build " +
  "kv_namespaces assets vars env"
).split(" ");

/** The keys of the tables that a site has. */
const KEYS_WITHIN: ReadonlyMap<string, readonly string[]> = new Map([
  ["build", ["command", "cwd", "watch_dir"]],
  ["assets", ["directory", "binding", "html_handling", "not_found_handling", "run_worker_first"]],
]);

/**
 * A warning for each key that is nearly one of wrangler's that a site needs. wrangler has more keys than are known here, so
 * one that is like none is left alone; a test asks about all that the installed wrangler has.
 *
 * @param above the keys that lead to the table: none, or `env` and a name
 */
export function findMisspeltKeys(
  file: ConfigFile,
  table: Table,
  above: readonly string[],
): readonly Diagnostic[] {
  const tables = [
    [above, table, KEYS] as const,
    ...[...KEYS_WITHIN].map(([key, known]) => [[...above, key], table[key], known] as const),
  ];
  return tables.flatMap(([path, within, known]) =>
    Object.keys(isTable(within) ? within : {}).flatMap((key) => {
      const near = known.includes(key) ? null : nearestName(key, known);
      if (near === null) return [];
      const what = `wrangler has no setting "${[...path, key].join(".")}"`;
      const line = file.lineOf([...path, key]);
      return [warningAt(file.path, line, "key-misspelt", what, `did you mean "${near}"?`)];
    }),
  );
}
