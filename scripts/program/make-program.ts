import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { contentHash } from "../../src/store/content-hash.ts";
import { codeHash } from "./code-hash.ts";
import type { Program } from "./program.ts";
import { rendererHashes } from "./renderer-hashes.ts";

/** The code that decides what is read from an article, and so what of the cache holds. */
const READING_FOLDERS = ["src", "scripts/read", "scripts/headline", "scripts/diagnostics"];

/**
 * Makes from the sources what a site needs of them. It is the same on every machine, because the version of esbuild is pinned.
 *
 * @param root the folder of the sources
 */
export async function makeProgram(root: string): Promise<Program & { readonly workerMap: string }> {
  const [worker, renderers, code, lock] = await Promise.all([
    bundleWorker(root),
    rendererHashes(root),
    codeHash(
      READING_FOLDERS.map((folder) => join(root, folder)),
      [],
    ),
    readFile(join(root, "package-lock.json"), "utf8"),
  ]);
  return { ...worker, renderers, reading: contentHash([code, lock.replaceAll("\r\n", "\n")]) };
}

/**
 * Bundles the Worker with its packages, as wrangler would (its `bundleWorker`), so that no site has to have them. Minified, which is a
 * sixth less to load, and leaves no comments in which esbuild says where it found each package.
 */
async function bundleWorker(root: string): Promise<Record<"worker" | "workerMap", string>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["src/worker.ts"],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    external: ["*.bin", "node:*", "cloudflare:*"],
    legalComments: "none",
    lineLimit: 160,
    sourcemap: "external",
    sourcesContent: false,
    tsconfigRaw: {},
    outfile: "build/worker.js",
    write: false,
  });
  const textOf = (ending: string): string =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? notMade(ending);
  return { worker: textOf(".js"), workerMap: textOf(".map") };
}

function notMade(ending: string): never {
  throw new Error(`esbuild made no Worker (${ending})`);
}
