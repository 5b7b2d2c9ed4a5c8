import { readFile } from "node:fs/promises";
import { sharePath } from "../../src/domain/links.ts";
import { parseShareId } from "../../src/domain/share-id.ts";
import type { Fault } from "./fault.ts";
import { createFaultLog } from "./fault.ts";

/** The committed list of articles that were taken away on purpose. */
export const REMOVED_FILE = "removed.txt";

/** What `removed.txt` says. */
export interface Removed {
  /** `/s/{id}` and old paths, percent-decoded: they answer 410. */
  readonly paths: readonly string[];
  readonly faults: readonly Fault[];
}

/**
 * Reads `removed.txt`: a share id or an old path a line, `#` before a remark. There need not be such a file.
 *
 * @param file on disk
 */
export async function readRemoved(file: string): Promise<Removed> {
  const text = await readFile(file, "utf8").catch(ignoreMissing);
  const log = createFaultLog(REMOVED_FILE);
  const paths: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const entry = line.replace(/#.*$/, "").trim();
    if (entry === "") continue;
    const id = parseShareId(entry.replace(/^\/s\//, ""));
    if (id !== null) paths.push(sharePath(id));
    else if (entry.startsWith("/")) paths.push(entry.normalize("NFC"));
    else {
      const what = `"${entry}" is neither a share id nor a path`;
      log.error(
        index + 1,
        "removed-unreadable",
        what,
        "write 10 characters or a path with / in front",
      );
    }
  }
  return { paths, faults: log.faults };
}

function ignoreMissing(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
  throw error;
}
