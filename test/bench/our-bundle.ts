import { globSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MeasuredRun } from "./measured-run.ts";
import { measureRun } from "./measured-run.ts";
import type { BenchRun } from "./bench-run.ts";
import { packedProgram } from "./packed-program.ts";

const BYTES_PER_MEGABYTE = 1e6;

/** How to bundle a folder of the bench. */
export interface BundleOptions {
  /** Other generators draw no share cards. */
  readonly cards?: number;
  /** Whether what an earlier run left is used. */
  readonly keepsCache?: boolean;
}

/**
 * Bundles `articles` of a folder into its folder `build` as the owner of a site does, `npx offprint bundle`, in a process of its own.
 */
export async function bundle(
  root: string,
  { profiles }: Pick<BenchRun, "profiles">,
  { cards = 0, keepsCache = false }: BundleOptions = {},
): Promise<MeasuredRun> {
  if (!keepsCache) rmSync(join(root, "build"), { recursive: true, force: true });
  writeFileSync(
    join(root, "wrangler.toml"),
    `[vars.SITE]\ntitle = "江城文摘"\nurl = "https://finews.example"\ncards = ${cards}\n`,
  );
  if (profiles !== null) mkdirSync(profiles, { recursive: true });
  const profiling = profiles === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${profiles}`];
  const args = [...profiling, await packedProgram(), "bundle"];
  return measureRun({ command: process.execPath, args, folder: root });
}

/**
 * How many files lie in a folder, and how large they are together.
 *
 * @param patterns which of them, as globs from the folder on; all by default
 */
export function sizeOfFolder(
  folder: string,
  patterns: readonly string[] = ["**/*"],
): { readonly files: number; readonly megabytes: number } {
  let [files, bytes] = [0, 0];
  for (const path of globSync([...patterns], { cwd: folder })) {
    const found = statSync(join(folder, path));
    if (!found.isFile()) continue;
    files += 1;
    bytes += found.size;
  }
  return { files, megabytes: bytes / BYTES_PER_MEGABYTE };
}
