import { chmod, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import * as v from "valibot";
import { linesOnly } from "./lines-only.ts";
import { makeProgram } from "./make-program.ts";

/** The oldest Node that is promised, which knows no `using` yet. */
const TARGET = "node22.13";

/** A module that another loads by its name, beside itself. */
const THREAD = "scripts/read/cache/reader-thread.ts";

/**
 * Compiles the program into a folder, with all that it needs besides its packages: Node refuses TypeScript in packages.
 *
 * @param root the folder of the sources
 */
export async function makePackage(root: string, dist: string): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["scripts/offprint.ts", THREAD],
    // One folder for all, in which modules find their thread and what lies beside them.
    outdir: dist,
    entryNames: "[name]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: TARGET,
    // Without indentation, a third smaller; and when Node shows the line of an error, that fits on the screen.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    packages: "external",
    // What only a checkout does.
    external: ["*/make-program.ts"],
    legalComments: "none",
    sourcemap: "linked",
    sourcesContent: false,
    tsconfigRaw: {},
  });
  for (const name of (await readdir(dist)).filter((file) => file.endsWith(".map"))) {
    await writeFile(join(dist, name), linesOnly(await readFile(join(dist, name), "utf8")));
  }
  const { worker, workerMap, ...hashes } = await makeProgram(root);
  await writeFile(join(dist, "program.json"), JSON.stringify(hashes));
  await writeFile(join(dist, "worker.js"), worker);
  await writeFile(join(dist, "worker-licenses.txt"), await licensesOf(root, workerMap));
  // What npm links into node_modules/.bin has to be executable.
  await chmod(join(dist, "offprint.js"), 0o755);
}

const sourceMap = v.object({ sources: v.array(v.string()) });

/** The licences of the packages that are in the Worker, which ask to be passed on with it. */
async function licensesOf(root: string, workerMap: string): Promise<string> {
  const { sources } = v.parse(sourceMap, JSON.parse(workerMap));
  const names = new Set(
    sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []),
  );
  const texts = [...names].toSorted().map(async (name) => {
    const folder = join(root, "node_modules", name);
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`"${name}", which is in the Worker, has no licence`);
    return `${name}\n\n${await readFile(join(folder, file), "utf8")}`;
  });
  return (await Promise.all(texts)).join("\n\n");
}
