import { stringify } from "smol-toml";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../diagnostics/diagnostic.ts";
import { nearestName } from "../terminal/nearest-name.ts";
import type { ConfigFile, Table } from "./config-file.ts";
import { isTable } from "./config-file.ts";
import { findMisspeltKeys } from "./misspelt-keys.ts";

/** The settings of one of wrangler's environments. */
export interface WorkerEnvironment {
  /** Null for the settings outside of `env`, which are the site that readers know. */
  readonly name: string | null;
  /** What wrangler takes for it: its own settings and those that it inherits. */
  readonly table: Table;
  /** What it may have been meant to have, as warnings. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * What wrangler does not inherit from the top level: the calls of `notInheritable` in its
 * `normalizeAndValidateEnvironment`. A test compares this with the wrangler that is installed.
 */
const NOT_INHERITED: ReadonlySet<string> = new Set(
  (
    "vars secrets define durable_objects workflows kv_namespaces cloudchamber containers send_email queues connect " +
    "r2_buckets d1_databases vectorize ai_search_namespaces ai_search agent_memory hyperdrive services " +
    "analytics_engine_datasets dispatch_namespaces mtls_certificates tail_consumers streaming_tail_consumers unsafe " +
    "browser analytics ai images stream media pipelines k2 secrets_store_secrets artifacts unsafe_hello_world flagship " +
    "worker_loaders ratelimits vpc_services vpc_networks version_metadata"
  ).split(" "),
);

/** The name of the environment that `--env` or `CLOUDFLARE_ENV` choose; null for the top level, which an empty name means too. */
export function environmentName(chosen: string | undefined): string | null {
  return chosen === undefined || chosen === "" ? null : chosen;
}

/** The names of the environments in a file. */
export function environmentsIn({ table }: ConfigFile): readonly string[] {
  return isTable(table["env"]) ? Object.keys(table["env"]) : [];
}

/** The settings of an environment, as wrangler would read them. Fails if the file does not have it. */
export function readWorkerEnvironment(
  file: ConfigFile,
  name: string | null,
): Result<WorkerEnvironment, readonly Diagnostic[]> {
  const { env = {}, ...top } = file.table;
  const misspelt = findMisspeltKeys(file, top, []);
  if (name === null) return ok({ name, table: top, warnings: misspelt });
  const own = isTable(env) && Object.hasOwn(env, name) ? env[name] : undefined;
  if (!isTable(own)) return failed([unknownEnvironment(file, name)]);
  const inherited = Object.entries(top).filter(([key]) => !NOT_INHERITED.has(key));
  const legacyName = typeof top["name"] === "string" ? { name: `${top["name"]}-${name}` } : {};
  return ok({
    name,
    table: { ...Object.fromEntries(inherited), ...legacyName, ...own },
    warnings: [
      ...misspelt,
      ...findMisspeltKeys(file, own, ["env", name]),
      ...missingWarnings(file, name, top, own),
      ...missingSettings(file, name, top, own),
    ],
  });
}

function unknownEnvironment(file: ConfigFile, name: string): Diagnostic {
  const names = environmentsIn(file);
  const nearest = nearestName(name, names);
  const place = file.isJson ? `"env": { "${name}": { … } }` : `[env.${name}]`;
  const advice =
    nearest !== null
      ? `did you mean "${nearest}"?`
      : `${names.length > 0 ? `the environments are ${names.join(", ")}; ` : ""}add ${place}, or choose another by --env or CLOUDFLARE_ENV`;
  const what = `There is no environment "${name}"`;
  return errorAt(file.path, null, "environment-unknown", what, advice);
}

/** Warnings of what the top level has and an environment lacks; what Offprint cannot do without is looked for by who reads it. */
function missingWarnings(
  file: ConfigFile,
  name: string,
  top: Table,
  own: Table,
): readonly Diagnostic[] {
  const missing: (readonly [what: string, table: Table])[] = [
    ...Object.entries(top)
      .filter(([key]) => NOT_INHERITED.has(key) && !["vars", "kv_namespaces"].includes(key))
      .filter(([key]) => !(key in own))
      .map(([key, value]) => [key, { [key]: value }] as const),
    ...Object.entries(varsOf(top))
      .filter(([key]) => !(key in varsOf(own)))
      .map(([key, value]) => [`vars.${key}`, { vars: { [key]: masked(value) } }] as const),
    ...bindingsOf(top)
      .filter((binding) => !bindingsOf(own).includes(binding))
      .map((binding) => [`KV namespace ${binding}`, { kv_namespaces: [{ binding }] }] as const),
  ];
  return missing.map(([what, table]) =>
    warningAt(
      file.path,
      file.lineOf(["env", name]),
      "environment-lacks",
      `The environment "${name}" has no ${what}, which wrangler does not inherit from the top level`,
      `if it is to have one, add these lines with values of its own: ${linesOf(file, { env: { [name]: table } })}`,
    ),
  );
}

/** What the real site tells and another must not, and what the settings themselves ask for. */
const NOT_COPIED: ReadonlySet<string> = new Set([
  "title",
  "url",
  "hub",
  "indexed",
  "publish_hook",
  "news_sitemap",
  "index_now",
  "baidu_push",
]);

/** A warning of the settings of the site itself that an environment lacks: it would get their defaults. */
function missingSettings(
  file: ConfigFile,
  name: string,
  top: Table,
  own: Table,
): readonly Diagnostic[] {
  const { SITE: site } = varsOf(top);
  const { SITE: ownSite } = varsOf(own);
  if (!isTable(site) || !isTable(ownSite)) return [];
  const missing = Object.keys(site).filter((key) => !NOT_COPIED.has(key) && !(key in ownSite));
  if (missing.length === 0) return [];
  const path = ["env", name, "vars", "SITE"];
  const what = `The environment "${name}" has no ${missing.join(", ")} in ${path.slice(2).join(".")}, which wrangler does not inherit from the top level, so their defaults hold`;
  const advice = `copy all of vars.SITE to ${path.join(".")}, then change title and url there`;
  return [warningAt(file.path, file.lineOf(path), "environment-lacks", what, advice)];
}

function varsOf({ vars }: Table): Table {
  return isTable(vars) ? vars : {};
}

/** A variable without its texts: one may be a password, and messages stand in the logs of CI. */
function masked(value: unknown): unknown {
  if (typeof value === "string") return "…";
  if (Array.isArray(value)) return value.map(masked);
  if (!isTable(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
}

/** A table as one would write it into a file. */
function linesOf({ isJson }: ConfigFile, table: Table): string {
  return isJson ? JSON.stringify(table) : stringify(table).trim();
}

function bindingsOf({ kv_namespaces: namespaces }: Table): readonly string[] {
  const list: readonly unknown[] = Array.isArray(namespaces) ? namespaces : [];
  return list.filter(isTable).map(({ binding }) => String(binding));
}
