import { resolve } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { errorAt } from "../../diagnostics/diagnostic.ts";
import { statOf } from "./stat-of.ts";

/** The code of a folder or page that the settings name and that is not there. */
export const SOURCE_MISSING = "source-missing";
/** The code of a folder that cannot be listed. */
export const FOLDER_UNREADABLE = "folder-unreadable";
/** Where source folders are named. */
export const SOURCES_NAMED = `the setting "sources", OFFPRINT_SOURCES or --sources`;

/**
 * An error for each source folder that is missing or a file.
 *
 * @param root the folder that relative source folders are relative to
 */
export function missingSources(root: string, sources: readonly string[]): readonly Diagnostic[] {
  return sources.flatMap((source) => {
    const status = statOf(resolve(root, source));
    if (status?.isDirectory() === true) return [];
    const [what, advice] =
      status === null
        ? [`There is no source folder "${source}"`, `create it, or correct ${SOURCES_NAMED}`]
        : [
            `The source "${source}" is no folder`,
            `name the folder that it is in: ${SOURCES_NAMED}`,
          ];
    return errorAt(source, null, SOURCE_MISSING, what, advice);
  });
}

/** Whether a folder is missing or cannot be listed, so that the articles that were found are not the whole site. */
export function lacksSource(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code }) => code === SOURCE_MISSING || code === FOLDER_UNREADABLE);
}
