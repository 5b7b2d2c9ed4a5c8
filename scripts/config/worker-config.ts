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
  /** The whole file, parsed. */
  readonly table: Readonly<Record<string, unknown>>;
}

export interface WorkerConfigFailure {
  readonly reason: "worker-config-wrong";
  /** What is wrong, and at which key. */
  readonly detail: string;
}

/** wrangler's own rule for names. */
const WORKER_NAME = /^[a-z0-9_][a-z0-9_-]*$/;

const configSchema = v.looseObject({
  name: v.pipe(
    v.string('The Worker has no "name"'),
    v.regex(WORKER_NAME, ({ input }) => `The Worker's name "${input}" is none that wrangler takes`),
  ),
  account_id: v.optional(v.string()),
  kv_namespaces: v.optional(
    v.array(v.looseObject({ binding: v.string(), id: v.optional(v.string()) })),
    [],
  ),
});

/** Reads the parts of wrangler.toml that a deploy needs. Throws if it is not TOML, so read the settings first. */
export function readWorkerConfig(toml: string): Result<WorkerConfig, WorkerConfigFailure> {
  const read = v.safeParse(configSchema, parse(toml));
  if (!read.success) {
    const detail = read.issues
      .map((issue) => `${issue.message} (${v.getDotPath(issue) ?? ""})`)
      .join("; ");
    return failed({ reason: "worker-config-wrong", detail });
  }
  const table = read.output;
  const namespace = table.kv_namespaces.find(({ binding }) => binding === KV_BINDING);
  return ok({
    name: table.name,
    accountId: table.account_id ?? null,
    namespaceId: namespace?.id ?? null,
    table,
  });
}
