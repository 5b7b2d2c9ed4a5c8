import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ContentHash } from "../../src/store/content-hash.ts";
import type { Project } from "../config/read-project.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import { MEDIA_EXTENSIONS } from "../../src/domain/media-type.ts";
import { codeHash } from "../bundle/code-hash.ts";

/**
 * The paths of which the Worker is asked before Static Assets, as wrangler matches them: sound and films, whose parts only the
 * Worker can serve. Case matters to wrangler; cameras write `.MOV`. wrangler.toml has the same for `npm start`.
 */
export const MEDIA_PATTERNS: readonly string[] = MEDIA_EXTENSIONS.flatMap((extension) => [
  `/*.${extension}`,
  `/*.${extension.toUpperCase()}`,
]);

type StagedProject = Pick<Project, "config" | "settings">;

/** A Worker that was copied into a folder of its own, so that edits during a deploy do not get into it. */
export interface StagedWorker {
  readonly folder: string;
  readonly configFile: string;
  readonly code: ContentHash;
}

/**
 * Copies the Worker's code into `folder`, and hashes it together with the images that are already in its `assets`.
 *
 * @param root the project's folder
 */
export async function stageWorker(
  root: string,
  folder: string,
  project: StagedProject,
): Promise<StagedWorker> {
  // On Windows a file is busy while a virus scanner reads it.
  await rm(join(folder, "src"), { recursive: true, force: true, maxRetries: 5 });
  await cp(join(root, "src"), join(folder, "src"), { recursive: true });
  await mkdir(join(folder, "assets"), { recursive: true });
  const lock = await readFile(join(root, "package-lock.json"), "utf8");
  const code = await codeHash(
    [join(folder, "src"), join(folder, "assets")],
    [JSON.stringify(stagedConfig(project, "")), lock],
  );
  return { folder, configFile: join(folder, "wrangler.json"), code };
}

/** Writes the manifest and wrangler's settings, which name the namespace, into a staged Worker's folder. */
export async function loadWorker(
  { folder, configFile }: StagedWorker,
  project: StagedProject,
  namespaceId: string,
  manifest: Uint8Array,
): Promise<void> {
  await mkdir(join(folder, "build"), { recursive: true });
  await writeFile(join(folder, "build/release.bin"), manifest);
  await writeFile(configFile, JSON.stringify(stagedConfig(project, namespaceId), null, 2));
}

/**
 * wrangler's settings for the staged folder: those of one environment, without `[build]`, since everything is built, and without
 * Offprint's own.
 */
function stagedConfig(
  { config: { table }, settings: { isIndexed } }: StagedProject,
  namespaceId: string,
): Record<string, unknown> {
  const { build: _build, vars = {}, kv_namespaces, assets, ...rest } = table;
  const { SITE: _site, ...otherVars } = vars as Record<string, unknown>;
  const others = (kv_namespaces as readonly { readonly binding: string }[]).filter(
    ({ binding }) => binding !== KV_BINDING,
  );
  return {
    ...rest,
    main: "src/worker.ts",
    vars: { ...otherVars, ...(isIndexed ? {} : { OFFPRINT_NOINDEX: "1" }) },
    kv_namespaces: [{ binding: KV_BINDING, id: namespaceId }, ...others],
    assets: { ...withMediaFirst(assets), directory: "assets" },
  };
}

/** Settings of Static Assets with which the Worker is asked first for sound and films, whatever an older file says. */
function withMediaFirst(assets: unknown): Record<string, unknown> {
  const written = (assets ?? {}) as Record<string, unknown>;
  const { run_worker_first: first } = written;
  const others: readonly unknown[] = Array.isArray(first) ? first : [];
  return {
    ...written,
    binding: "ASSETS",
    run_worker_first: first === true || [...new Set([...MEDIA_PATTERNS, ...others])],
  };
}
