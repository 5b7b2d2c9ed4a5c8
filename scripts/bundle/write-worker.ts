import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { loadProgram } from "../program/load-program.ts";
import { writeIfChanged } from "./write-if-changed.ts";

/** The Worker in the folder of a site, as the key `main` in wrangler's file names it. */
export const WORKER_FILE = "build/worker.js";

/**
 * Writes the Worker into a folder with wrangler's file, where it has not changed since: `wrangler dev` loads anew what is
 * written.
 *
 * @returns its code, which is the same with and without a source map
 */
export async function writeWorker(folder: string): Promise<string> {
  const { worker, workerMap } = await loadProgram();
  const file = join(folder, WORKER_FILE);
  await mkdir(join(folder, "build"), { recursive: true });
  const mapName = `${basename(WORKER_FILE)}.map`;
  if (workerMap !== null) await writeIfChanged(`${file}.map`, Buffer.from(workerMap));
  const link = workerMap === null ? "" : `//# sourceMappingURL=${mapName}\n`;
  await writeIfChanged(file, Buffer.from(worker + link));
  return worker;
}
