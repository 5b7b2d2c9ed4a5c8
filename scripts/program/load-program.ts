import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { codeHash } from "./code-hash.ts";
import type { Program } from "./program.ts";

const hash = v.custom<ContentHash>((value) => typeof value === "string");
/** What `npm pack` writes beside the compiled code, besides the Worker. */
const packed = v.object({
  renderers: v.object({ rss: hash, atom: hash, json: hash, page: hash }),
  reading: hash,
});

/** The folder of this module, or of all compiled code. */
const HERE = import.meta.dirname;
const PACKED_FILE = join(HERE, "program.json");
/** The folder of the sources, in a checkout. */
const SOURCES = join(HERE, "../..");

/** How a program is asked for what gets into a site. */
export interface ProgramSource {
  /** Gives a hash of all its code, without making anything. */
  readonly hash: () => Promise<ContentHash>;
  readonly load: () => Promise<Program>;
}

/** The program that runs. */
export const THIS_PROGRAM: ProgramSource = { hash: hashProgram, load: loadProgram };

let loading: Promise<Program> | null = null;
let hashing: Promise<ContentHash> | null = null;

/** What of this program gets into a site: read where it was packed, and made from the sources in a checkout, once. */
async function loadProgram(): Promise<Program> {
  return (loading ??= existsSync(PACKED_FILE) ? readPacked() : makeFromSources());
}

/**
 * A hash of all code of this program. It is found in a tenth of the time that making the program takes, since nothing is
 * compiled for it.
 */
async function hashProgram(): Promise<ContentHash> {
  return (hashing ??= hashCode());
}

async function hashCode(): Promise<ContentHash> {
  if (existsSync(PACKED_FILE)) return codeHash([HERE], []);
  const folders = ["src", "scripts"].map((folder) => join(SOURCES, folder));
  return codeHash(folders, [readFileSync(join(SOURCES, "package-lock.json"), "utf8")]);
}

async function readPacked(): Promise<Program> {
  return {
    ...v.parse(packed, JSON.parse(readFileSync(PACKED_FILE, "utf8"))),
    worker: readFileSync(join(HERE, "worker.js"), "utf8"),
    workerMap: null,
  };
}

async function makeFromSources(): Promise<Program> {
  // Only a checkout has esbuild.
  const { makeProgram } = await import("./make-program.ts");
  return makeProgram(SOURCES);
}
