import { readFileSync } from "node:fs";
import type { Result } from "../../src/domain/result.ts";
import { failed } from "../../src/domain/result.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt } from "../diagnostics/diagnostic.ts";
import type { Settings, SettingsEnvironment } from "./settings.ts";
import { readSettings } from "./settings.ts";

/**
 * Reads the settings of a site from wrangler's file. A file that cannot be read is a diagnostic, too.
 *
 * @param file on disk
 * @param path of the file, as diagnostics name it
 */
export function readSettingsFile(
  file: string,
  path: string,
  environment: SettingsEnvironment,
): Result<Settings, readonly Diagnostic[]> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const what = `Cannot read the settings: ${error instanceof Error ? error.message : String(error)}`;
    const advice = "put the file back (git restore), or run this where it is";
    return failed([errorAt(path, null, "settings-unreadable", what, advice)]);
  }
  return readSettings(text, path, environment);
}
