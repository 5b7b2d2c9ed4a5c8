import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pid } from "node:process";
import { threadId } from "node:worker_threads";
import { statOf } from "./stat-of.ts";

/** The folder of files that articles hold in their texts. */
export function embeddedFolder(project: string): string {
  return join(project, "build", "embedded");
}

/**
 * Writes what an article holds to a file of its own, unless it is there; where nothing can be written, it is not found then.
 *
 * @param name a name that no other content has
 */
export function keepEmbedded(
  name: string,
  bytes: Uint8Array,
  { project }: { readonly project: string },
): void {
  const folder = embeddedFolder(project);
  const file = join(folder, name);
  if (statOf(file)?.size === bytes.byteLength) return;
  // Threads and other programs may write the same file.
  const unfinished = `${file}.${pid}-${threadId}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, file);
  } catch {
    if (statOf(unfinished) !== null) rmSync(unfinished, { force: true });
  }
}
