import { globSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { MeasuredRun } from "./measured-run.ts";
import { measureRun } from "./measured-run.ts";
import type { BenchRun } from "./bench-run.ts";

const SCRIPT = join(import.meta.dirname, "bundle-once.ts");
const BYTES_PER_MEGABYTE = 1e6;

/** How to bundle a folder of the bench. */
export interface BundleOptions {
  /** Other generators draw no share cards. */
  readonly cards?: number;
  /** Whether what an earlier run left is used. */
  readonly keepsCache?: boolean;
}

/** Bundles `articles` of a folder into its folder `build`, in a process of its own. */
export async function bundle(
  root: string,
  { profiles }: Pick<BenchRun, "profiles">,
  { cards = 0, keepsCache = false }: BundleOptions = {},
): Promise<MeasuredRun> {
  if (!keepsCache) rmSync(join(root, "build"), { recursive: true, force: true });
  if (profiles !== null) mkdirSync(profiles, { recursive: true });
  const profiling = profiles === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${profiles}`];
  const args = [...profiling, SCRIPT, root, String(cards), keepsCache ? "cache" : "no-cache"];
  return measureRun({ command: process.execPath, args, folder: root });
}

/** How many files lie below a folder, and how large they are together; `except` is a pattern of names that do not count. */
export function sizeOfFolder(
  folder: string,
  except: RegExp | null = null,
): { readonly files: number; readonly megabytes: number } {
  let [files, bytes] = [0, 0];
  for (const path of globSync("**/*", { cwd: folder })) {
    const found = statSync(join(folder, path));
    if (!found.isFile() || except?.test(path) === true) continue;
    files += 1;
    bytes += found.size;
  }
  return { files, megabytes: bytes / BYTES_PER_MEGABYTE };
}
