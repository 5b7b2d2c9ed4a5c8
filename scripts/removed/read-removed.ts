import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt, hasError } from "../diagnostics/diagnostic.ts";
import { readOwnText } from "../read/files/read-own-text.ts";

/** The committed list of articles that were taken away on purpose. */
export const REMOVED_FILE = "removed.txt";

/** A line of `removed.txt` without its remark, as written. */
export interface RemovedEntry {
  readonly line: number;
  readonly text: string;
}

/** The entries of `removed.txt`, and what is wrong with the file. */
export interface Removed {
  readonly entries: readonly RemovedEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether `removed.txt` has an error, so that nobody can say what is withdrawn. */
export function isRemovedUnreadable(diagnostics: readonly Diagnostic[]): boolean {
  return hasError(diagnostics.filter(({ path }) => path === REMOVED_FILE));
}

/**
 * Reads `removed.txt`, which need not exist. Each line names an article or an address, and may end with a blank, `#` and a
 * remark.
 *
 * @param file the path of the file on disk
 */
export async function readRemoved(file: string): Promise<Removed> {
  const refuse = (what: string, advice: string): Removed => ({
    entries: [],
    diagnostics: [errorAt(REMOVED_FILE, null, "removed-unreadable", what, advice)],
  });
  const text = await readOwnText(file);
  if (!text.ok) return refuse(text.failure.what, text.failure.advice);
  const entries = text.value
    .split(/\r\n|\r|\n/)
    .map((written, index) => ({
      line: index + 1,
      text: written.replace(/(?:^|\s)#.*$/, "").trim(),
    }))
    .filter((entry) => entry.text !== "");
  return { entries, diagnostics: [] };
}
