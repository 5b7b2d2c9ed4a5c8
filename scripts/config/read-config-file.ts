import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Result } from "../../src/domain/result.ts";
import { failed } from "../../src/domain/result.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt } from "../diagnostics/diagnostic.ts";
import type { ConfigFile } from "./config-file.ts";
import { parseConfigFile } from "./config-file.ts";

/**
 * Reads and parses wrangler's file. That there is none is said to people who have no site yet, too.
 *
 * @param file on disk
 * @param path of the file, as diagnostics name it
 */
export function readConfigFile(
  file: string,
  path: string,
): Result<ConfigFile, readonly Diagnostic[]> {
  try {
    return parseConfigFile(readFileSync(file, "utf8"), path);
  } catch (error) {
    if (!existsSync(file)) return failed([noConfigFile(file, path)]);
    const what = `Cannot read the settings: ${error instanceof Error ? error.message : String(error)}`;
    return failed([errorAt(path, null, "settings-unreadable", what, "let it be read")]);
  }
}

function noConfigFile(file: string, path: string): Diagnostic {
  const folder = dirname(resolve(file));
  const restored = existsSync(join(folder, ".git"))
    ? `; git restore ${path} puts a lost one back`
    : "";
  return errorAt(
    path,
    null,
    "settings-unreadable",
    `There is no ${path} in "${folder}"`,
    `npx offprint init makes a site of a folder; if you have one, go to its folder, or name it by --root${restored}`,
  );
}
