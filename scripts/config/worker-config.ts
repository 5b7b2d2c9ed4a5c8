import { parse } from "smol-toml";
import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";

/** The binding of the KV namespace in wrangler.toml and in `src/http/env.ts`. */
export const KV_BINDING = "RELEASES";

/** The parts of wrangler.toml that a deploy needs, besides Offprint's own settings. */
export interface WorkerConfig {
  readonly name: string;
  readonly accountId: string | null;
  /** The id of the namespace with the binding `RELEASES`; null if wrangler.toml gives none. */
  readonly namespaceId: string | null;
  readonly triggers: WantedTriggers;
  /** The whole file, parsed. */
  readonly table: Readonly<Record<string, unknown>>;
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
  workers_dev: v.optional(v.boolean()),
  route: v.optional(routeSchema),
  routes: v.optional(v.array(routeSchema)),
  kv_namespaces: v.optional(
    v.array(v.looseObject({ binding: v.string(), id: v.optional(v.string()) })),
    [],
  ),
});

/** Reads the parts of wrangler.toml that a deploy needs. Throws if it is not TOML, so read the settings first. */
export function readWorkerConfig(toml: string): Result<WorkerConfig, WorkerConfigFailure> {
  const table = parse(toml);
  const read = v.safeParse(configSchema, table);
  if (!read.success) {
    const detail = read.issues
      .map((issue) => `${issue.message} (${v.getDotPath(issue) ?? ""})`)
      .join("; ");
    return failed({ reason: "worker-config-wrong", detail });
  }
  const { route, routes = route === undefined ? [] : [route], ...config } = read.output;
  const namespace = config.kv_namespaces.find(({ binding }) => binding === KV_BINDING);
  return ok({
    name: config.name,
    accountId: config.account_id ?? null,
    namespaceId: namespace?.id ?? null,
    triggers: {
      workersDev: config.workers_dev ?? routes.length === 0,
      domains: routes.filter(({ isDomain }) => isDomain).map(({ pattern }) => pattern),
      routes: routes.filter(({ isDomain }) => !isDomain),
    },
    table,
  });
}
