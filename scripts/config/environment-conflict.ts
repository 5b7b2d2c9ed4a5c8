import { isTable } from "./config-file.ts";
import type { ConfigFile, Table } from "./config-file.ts";
import type { WorkerConfig } from "./worker-config.ts";
import { readWorkerConfig } from "./worker-config.ts";
import { environmentsIn, readWorkerEnvironment } from "./worker-environment.ts";

/**
 * What an environment has in common with another one of the same file, though each needs its own: the Worker, the KV
 * namespace, and for all but the top level the addresses. A deploy of one would replace what the other serves, or prune it.
 *
 * @param config the environment that is deployed, with the name that its Worker really has
 * @param overrideName `WRANGLER_CI_OVERRIDE_NAME`, where that is set
 * @returns what is wrong and what to do; null if nothing is
 */
export function findEnvironmentConflict(
  file: ConfigFile,
  config: WorkerConfig,
  overrideName?: string,
): string | null {
  const names = [null, ...environmentsIn(file)].filter((name) => name !== config.environment);
  for (const name of names) {
    const worker = readWorkerEnvironment(file, name);
    const other = worker.ok ? readWorkerConfig(file, worker.value) : worker;
    // One that is not finished yet has nothing that could be taken from it.
    if (!other.ok) continue;
    const conflict = conflictOf(config, other.value, overrideName);
    if (conflict !== null) return conflict;
  }
  return null;
}

function conflictOf(
  config: WorkerConfig,
  other: WorkerConfig,
  overrideName: string | undefined,
): string | null {
  const [own, others] = [describe(config), describe(other)];
  if (config.name === other.name) {
    return overrideName === undefined
      ? `${own} and ${others} are the same Worker, "${config.name}"; give each a name of its own`
      : `WRANGLER_CI_OVERRIDE_NAME names the Worker "${overrideName}", which is that of ${others}, and this would put ${own} there; choose ${other.environment === null ? "no environment" : `--env ${other.environment}`} (or CLOUDFLARE_ENV), or connect Workers Builds to another Worker`;
  }
  if (config.namespaceId !== null && config.namespaceId === other.namespaceId) {
    return `${own} and ${others} have the same KV namespace "${config.namespaceId}", where each would prune what the other reads; take "id" out of one, so that a deploy makes another`;
  }
  // What is outside of `env` is the site of the readers: it keeps its addresses, whatever another one claims.
  if (config.environment === null) return null;
  const address = addressesOf(config).find((one) => addressesOf(other).includes(one));
  if (address !== undefined) {
    return `${own} would take the address "${address}" from ${others}; wrangler inherits routes: give ${own} its own, or routes = []`;
  }
  const url = urlOf(config.table);
  return url !== null && url === urlOf(other.table)
    ? `${own} and ${others} have the same url "${url}"; write into vars.SITE where each is`
    : null;
}

function describe({ environment }: WorkerConfig): string {
  return environment === null ? "the top level" : `env.${environment}`;
}

function addressesOf({ triggers: { domains, routes } }: WorkerConfig): readonly string[] {
  return [...domains, ...routes.map(({ pattern }) => pattern)];
}

function urlOf({ vars }: Table): string | null {
  const url = isTable(vars) && isTable(vars["SITE"]) ? vars["SITE"]["url"] : null;
  return typeof url === "string" && URL.canParse(url) ? new URL(url).origin : null;
}
