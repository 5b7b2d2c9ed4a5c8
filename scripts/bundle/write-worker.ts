import { mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { contentHash } from "../../src/store/content-hash.ts";
import type { ProgramSource } from "../program/load-program.ts";
import { THIS_PROGRAM } from "../program/load-program.ts";
import { unlessMissing } from "../terminal/unless-missing.ts";
import { writeIfChanged } from "./write-if-changed.ts";

/** The Worker in the folder of a site, as the key `main` in wrangler's file names it. */
export const WORKER_FILE = "build/worker.js";

/**
 * Writes the Worker into a folder with wrangler's file, unless it is there: `wrangler dev` loads anew what is written. Beside it
 * stands what it was made of, so that it is made again only from other code: making it takes longer than all else where no
 * article has changed.
 *
 * @returns its code, which is the same with and without a source map
 */
export async function writeWorker(
  folder: string,
  program: ProgramSource = THIS_PROGRAM,
): Promise<string> {
  const file = join(folder, WORKER_FILE);
  const code = await program.hash();
  const markOf = (...texts: readonly string[]): string => contentHash([code, ...texts]);
  const [present = "", presentMap = "", mark] = await Promise.all(
    [file, `${file}.map`, `${file}.made`].map(async (each) => readText(each)),
  );
  const link = `//# sourceMappingURL=${basename(WORKER_FILE)}.map\n`;
  if (mark === markOf(present, presentMap)) return present.replace(link, "");
  const { worker, workerMap } = await program.load();
  await mkdir(join(folder, "build"), { recursive: true });
  if (workerMap !== null) await writeIfChanged(`${file}.map`, Buffer.from(workerMap));
  const written = workerMap === null ? worker : worker + link;
  await writeIfChanged(file, Buffer.from(written));
  const besides = workerMap ?? (await readText(`${file}.map`));
  await writeIfChanged(`${file}.made`, Buffer.from(markOf(written, besides)));
  return worker;
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch(unlessMissing(""));
}
