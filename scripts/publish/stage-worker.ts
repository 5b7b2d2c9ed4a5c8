import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Project } from "../config/read-project.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import { MEDIA_PATTERNS } from "../config/media-patterns.ts";
import { codeHash } from "../program/code-hash.ts";
import { isSharePage, sharePageRules } from "./share-page-rules.ts";
import { wantedCrons } from "./wanted-crons.ts";
import { WORKER_FILE, writeWorker } from "../bundle/write-worker.ts";

type StagedProject = Pick<Project, "config" | "settings"> & {
  /** The live release, where it is known. */
  readonly previous?: Manifest | null;
};

/** A Worker in a folder of its own, in which nothing else changes it during a deploy. */
export interface StagedWorker {
  readonly folder: string;
  readonly configFile: string;
  readonly code: ContentHash;
  /** Of the Worker's script alone, which the files beside it do not change. */
  readonly script: ContentHash;
}

/** Writes the Worker's code into `folder`, and hashes it together with the images that are already in its `assets`. */
export async function stageWorker(folder: string, project: StagedProject): Promise<StagedWorker> {
  const worker = await writeWorker(folder);
  await mkdir(join(folder, "assets"), { recursive: true });
  const { site, staticPages, isIndexed } = project.settings;
  const code = await codeHash(
    [join(folder, "assets")],
    [
      JSON.stringify(stagedConfig(project, "")),
      worker,
      // The pages themselves follow from the release.
      String(staticPages),
      sharePageRules(site, isIndexed),
    ],
    (file) => !isSharePage(file),
  );
  const script = contentHash([worker]);
  return { folder, configFile: join(folder, "wrangler.json"), code, script };
}

/** Writes the manifest and wrangler's settings, which name the namespace, into a staged Worker's folder. */
export async function loadWorker(
  { folder, configFile }: StagedWorker,
  project: StagedProject,
  namespaceId: string,
  manifest: Uint8Array,
): Promise<void> {
  await writeFile(join(folder, "build/release.bin"), manifest);
  await writeFile(configFile, JSON.stringify(stagedConfig(project, namespaceId), null, 2));
}

/**
 * wrangler's settings for the staged folder: those of one environment, without `[build]`, since everything is built, and without
 * Offprint's own.
 */
function stagedConfig(project: StagedProject, namespaceId: string): Record<string, unknown> {
  const {
    config: { table },
    settings: { isIndexed },
    previous,
  } = project;
  const crons = wantedCrons(project, previous);
  const { build: _build, vars = {}, kv_namespaces, assets, ...rest } = table;
  const { SITE: _site, ...otherVars } = vars as Record<string, unknown>;
  const others = (kv_namespaces as readonly { readonly binding: string }[]).filter(
    ({ binding }) => binding !== KV_BINDING,
  );
  return {
    ...rest,
    ...(crons === null ? {} : { triggers: { crons } }),
    main: WORKER_FILE,
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
