import {
  accessSync,
  constants,
  mkdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { errorDetail } from "../terminal/error-detail.ts";
import type { InitFailure } from "./init-failure.ts";
import type { PlannedFile } from "./plan-site.ts";

/**
 * Writes all files of a plan, or none: where one fails, those before it are taken back. A file that is there is not written
 * over, though it came only now; of those that the plan changes the new text takes the old one's place in one step.
 */
export function writeSite(
  root: string,
  files: readonly PlannedFile[],
): Result<undefined, InitFailure> {
  try {
    mkdirSync(root, { recursive: true });
    accessSync(root, constants.W_OK);
  } catch (error) {
    return failed({ reason: "folder-unwritable", folder: root, detail: errorDetail(error) });
  }
  const undo: (() => void)[] = [];
  for (const { path, text, before } of files) {
    const file = join(root, path);
    try {
      const made = mkdirSync(dirname(file), { recursive: true });
      if (made !== undefined) {
        undo.push(() => {
          removeEmpty(dirname(file), made);
        });
      }
      if (before === null) {
        writeFileSync(file, text, { flag: "wx" });
        undo.push(() => {
          rmSync(file);
        });
      } else {
        const next = `${file}.offprint-new`;
        undo.push(() => {
          rmSync(next, { force: true });
        });
        writeFileSync(next, text, { flag: "wx" });
        renameSync(next, file);
      }
    } catch (error) {
      for (const step of undo.toReversed()) step();
      return failed({ reason: "file-unwritten", file: path, detail: errorDetail(error) });
    }
  }
  return ok(undefined);
}

/** Removes the folders that were made for a file, from its own up to the outermost. */
function removeEmpty(folder: string, outermost: string): void {
  for (let each = folder; each.length >= outermost.length; each = dirname(each)) rmdirSync(each);
}
