import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { versions } from "node:process";
import { serialize } from "node:v8";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { findConfigFile } from "../config/config-file.ts";
import type { Settings } from "../config/settings.ts";
import { sourceFromRoot } from "../read/files/jekyll-site.ts";
import { REMOVED_FILE } from "../removed/read-removed.ts";
import type { IO } from "../terminal/io.ts";

/** Variables that give Node other data of languages and time zones. */
const DATA_OF_NODE = ["NODE_ICU_DATA", "ICU_TIMEZONE_FILES_DIR"] as const;

interface BasisInput {
  readonly root: string;
  readonly settings: Settings;
  readonly assets: string;
  readonly io: Pick<IO, "environment">;
}

/**
 * A hash of everything that decides what is bundled besides the files that `SourceState` knows: the program, what it runs on,
 * the settings, and what was withdrawn.
 *
 * @param code a hash of all code of the program
 */
export async function bundleBasis(
  { root, settings, assets, io }: BasisInput,
  code: ContentHash,
): Promise<ContentHash> {
  const removed = await readFile(join(root, REMOVED_FILE)).catch(String);
  return contentHash([
    code,
    runtimeOf(io),
    // This throws where a setting is something that it would lose.
    serialize([
      root,
      assets,
      findConfigFile(root),
      settings,
      settings.sources.map((source) => sourceFromRoot(root, source)),
    ]),
    typeof removed,
    removed,
  ]);
}

/** What the program runs on, as far as it decides what comes of it: the versions of Node, and its data of languages and time zones. */
export function runtimeOf({ environment }: Pick<IO, "environment">): Uint8Array {
  return serialize([versions, DATA_OF_NODE.map((name) => environment[name])]);
}
