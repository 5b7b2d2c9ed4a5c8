import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { ContentHash } from "../../src/store/content-hash.ts";
import type { ProgramSource } from "../program/load-program.ts";
import { THIS_PROGRAM } from "../program/load-program.ts";
import type { Program } from "../program/program.ts";
import { keeping } from "../read/cache/with-cache.ts";

/** What a bundling has to know of the program. */
export type ProgramHashes = Pick<Program, "renderers" | "reading">;

const hash = v.custom<ContentHash>((value) => typeof value === "string");
const kept = v.object({
  code: hash,
  renderers: v.object({ rss: hash, atom: hash, json: hash, page: hash }),
  reading: hash,
});

/**
 * The hashes of the program, which are kept with the hash of all code that they were made of: in a checkout making them means to
 * compile the code, which takes as long as hundreds of articles.
 *
 * @param folder keeps them, and may be deleted at any time; null for none
 */
export async function programHashes(
  folder: string | null,
  program: ProgramSource = THIS_PROGRAM,
): Promise<ProgramHashes> {
  if (folder === null) return program.load();
  const code = await program.hash();
  const file = join(folder, "program.json");
  const before = await readKept(file);
  if (before?.code === code) return before;
  const { renderers, reading } = await program.load();
  const hashes = { code, renderers, reading };
  keeping(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(hashes));
  });
  return hashes;
}

async function readKept(file: string): Promise<v.InferOutput<typeof kept> | null> {
  try {
    const read = v.safeParse(kept, JSON.parse(await readFile(file, "utf8")));
    return read.success ? read.output : null;
  } catch {
    // Nothing was kept, or a crash cut it off: they are made again.
    return null;
  }
}
