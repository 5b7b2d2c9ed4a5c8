import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { ConfigFile, Table } from "./config-file.ts";
import type { WorkerEnvironment } from "./worker-environment.ts";

/** The binding of the KV namespace in wrangler's settings and in `src/http/env.ts`. */
export const KV_BINDING = "RELEASES";

/** The parts of wrangler's settings that a deploy needs, besides Offprint's own, of one environment. */
export interface WorkerConfig {
  /** The file, as messages name it. */
  readonly path: string;
  /** Null for the top level of the file. */
  readonly environment: string | null;
  readonly name: string;
  readonly accountId: string | null;
  readonly complianceRegion: string | null;
  /** The id of the namespace with the binding `RELEASES`; null if wrangler.toml gives none. */
  readonly namespaceId: string | null;
  readonly triggers: WantedTriggers;
  /** What wrangler takes for the environment, parsed, with the name of the Worker. */
  readonly table: Table;
}

/** The addresses that lead to the Worker, as wrangler.toml wants them. */
export interface WantedTriggers {
  /** Whether the Worker answers on workers.dev; by wrangler's rule it does where nothing else is named. */
  readonly workersDev: boolean;
  /** Host names that are the Worker's own (`custom_domain = true`). */
  readonly domains: readonly string[];
  readonly routes: readonly WantedRoute[];
}

/** A route: a pattern such as `example.com/blog/*`, and the zone that it lies in, where wrangler.toml names that. */
export interface WantedRoute {
  readonly pattern: string;
  readonly zoneId: string | null;
  readonly zoneName: string | null;
}

export interface WorkerConfigFailure {
  readonly reason: "worker-config-wrong";
  /** The file, as messages name it. */
  readonly path: string;
  /** What is wrong, and at which key. */
  readonly detail: string;
}

/** wrangler's own rule for names. */
const WORKER_NAME = /^[a-z0-9_][a-z0-9_-]*$/;

const NAME_ADVICE = `the name is of small letters, digits, "-" and "_", such as name = "offprint"`;

const routeSchema = v.union(
  [
    v.pipe(
      v.string(),
      v.transform((pattern) => ({ pattern, isDomain: false, zoneId: null, zoneName: null })),
    ),
    v.pipe(
      v.looseObject({
        pattern: v.string(),
        custom_domain: v.optional(v.boolean(), false),
        zone_id: v.optional(v.string()),
        zone_name: v.optional(v.string()),
      }),
      v.transform(({ pattern, custom_domain: isDomain, zone_id: zoneId, zone_name: zoneName }) => ({
        pattern,
        isDomain,
        zoneId: zoneId ?? null,
        zoneName: zoneName ?? null,
      })),
    ),
  ],
  'A route is a pattern, or a table with "pattern"',
);

const configSchema = v.looseObject({
  name: v.pipe(
    v.string(`The Worker has no "name"; ${NAME_ADVICE}`),
    v.regex(
      WORKER_NAME,
      ({ input }) => `The Worker's name "${input}" is none that wrangler takes; ${NAME_ADVICE}`,
    ),
  ),
  account_id: v.optional(v.string()),
  compliance_region: v.optional(v.string()),
  workers_dev: v.optional(v.boolean()),
  route: v.optional(routeSchema),
  routes: v.optional(v.array(routeSchema)),
  kv_namespaces: v.optional(
    v.array(v.looseObject({ binding: v.string(), id: v.optional(v.string()) })),
    [],
  ),
});

/**
 * Reads the parts of an environment's settings that a deploy needs.
 *
 * @param overrideName `WRANGLER_CI_OVERRIDE_NAME`: the Worker to which Workers Builds has wrangler deploy, whatever the file says
 */
export function readWorkerConfig(
  { path, isJson }: Pick<ConfigFile, "path" | "isJson">,
  { name: environment, table: written }: WorkerEnvironment,
  overrideName?: string,
): Result<WorkerConfig, WorkerConfigFailure> {
  const table = overrideName === undefined ? written : { ...written, name: overrideName };
  const read = v.safeParse(configSchema, table);
  if (!read.success) {
    const detail = read.issues
      .map((issue) => `${issue.message} (${v.getDotPath(issue) ?? ""})`)
      .join("; ");
    return failed({ reason: "worker-config-wrong", path, detail });
  }
  const { route, routes = isRouteGiven(route) ? [route] : [], ...config } = read.output;
  const namespace = config.kv_namespaces.find(({ binding }) => binding === KV_BINDING);
  if (namespace === undefined) {
    return failed({
      reason: "worker-config-wrong",
      path,
      detail: adviseOnBinding(environment, isJson),
    });
  }
  return ok({
    path,
    environment,
    name: config.name,
    // wrangler, too, ignores one that is empty.
    accountId: config.account_id === "" ? null : (config.account_id ?? null),
    complianceRegion: config.compliance_region ?? null,
    namespaceId: namespace.id ?? null,
    triggers: {
      workersDev: config.workers_dev ?? routes.length === 0,
      domains: routes.filter(({ isDomain }) => isDomain).map(({ pattern }) => pattern),
      routes: routes.filter(({ isDomain }) => !isDomain),
    },
    table,
  });
}

/** wrangler ignores a route that is an empty text. */
function isRouteGiven<Route extends { readonly pattern: string }>(
  route: Route | undefined,
): route is Route {
  return route !== undefined && route.pattern !== "";
}

function adviseOnBinding(environment: string | null, isJson: boolean): string {
  const [who, prefix] =
    environment === null
      ? ["The Worker", ""]
      : [`The environment "${environment}"`, `env.${environment}.`];
  const why = environment === null ? "" : ", and wrangler inherits none from the top level";
  const lines = isJson
    ? `"kv_namespaces": [{ "binding": "${KV_BINDING}" }]${environment === null ? "" : ` in "${environment}"`}`
    : `[[${prefix}kv_namespaces]]\n    binding = "${KV_BINDING}"`;
  return `${who} has no KV namespace with the binding "${KV_BINDING}"${why}; add these lines:\n    ${lines}`;
}
