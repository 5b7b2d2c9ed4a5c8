import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { KV_BINDING } from "../config/kv-binding.ts";
import { codeHash } from "../bundle/code-hash.ts";

/** What of wrangler.toml concerns a deploy; wrangler reads the rest. */
export interface WorkerConfig {
  readonly name: string;
  readonly accountId: string | null;
  /** Of the namespace with the binding `RELEASES`; null where wrangler.toml leaves it open. */
  readonly namespaceId: string | null;
  /** Everything that it says. */
  readonly table: Readonly<Record<string, unknown>>;
}

/** A Worker that lies ready in a folder of its own: what is edited meanwhile does not get into it. */
export interface StagedWorker {
  readonly folder: string;
  readonly configFile: string;
  readonly code: ContentHash;
}

/** wrangler's own rule. */
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
  vars: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** Reads wrangler.toml, whose settings have been found good; or says what is wrong with the rest. */
export function readWorkerConfig(toml: string): Result<WorkerConfig, string> {
  const read = v.safeParse(configSchema, parse(toml));
  if (!read.success) {
    const faults = read.issues.map((issue) => `${issue.message} (${v.getDotPath(issue) ?? ""})`);
    return failed(
      `wrangler.toml: error: ${faults.join("; ")}; the name is of small letters, digits, "-" and "_", such as name = "offprint"`,
    );
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

/**
 * Copies the Worker's code into `folder`, to which the images have been copied already as `assets`, and hashes all.
 *
 * @param root of the project
 */
export async function stageWorker(
  root: string,
  folder: string,
  config: WorkerConfig,
): Promise<StagedWorker> {
  await rm(join(folder, "src"), { recursive: true, force: true });
  await cp(join(root, "src"), join(folder, "src"), { recursive: true });
  await mkdir(join(folder, "assets"), { recursive: true });
  const lock = await readFile(join(root, "package-lock.json"), "utf8");
  const code = await codeHash(
    [join(folder, "src"), join(folder, "assets")],
    [JSON.stringify(stagedConfig(config, "")), lock],
  );
  return { folder, configFile: join(folder, "wrangler.json"), code };
}

/** Adds what changes with every release, and the namespace, to a staged Worker. */
export async function loadWorker(
  { folder, configFile }: StagedWorker,
  config: WorkerConfig,
  namespaceId: string,
  directory: Uint8Array,
): Promise<void> {
  await mkdir(join(folder, "build"), { recursive: true });
  await writeFile(join(folder, "build/release.bin"), directory);
  await writeFile(configFile, JSON.stringify(stagedConfig(config, namespaceId), null, 2));
}

/** wrangler.toml for the staged folder: without `[build]`, because all is built, and without Offprint's own settings. */
function stagedConfig({ table }: WorkerConfig, namespaceId: string): Record<string, unknown> {
  const { build: _build, vars = {}, kv_namespaces, assets, ...rest } = table;
  const { SITE: _site, ...otherVars } = vars as Record<string, unknown>;
  const others = (kv_namespaces as readonly { readonly binding: string }[]).filter(
    ({ binding }) => binding !== KV_BINDING,
  );
  return {
    ...rest,
    main: "src/worker.ts",
    vars: otherVars,
    kv_namespaces: [{ binding: KV_BINDING, id: namespaceId }, ...others],
    assets: { ...(assets as Record<string, unknown> | undefined), directory: "assets" },
  };
}
