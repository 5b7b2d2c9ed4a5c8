import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PlannedValue } from "./plan-release.ts";

/**
 * Leaves in `folder` exactly the values of a release, a file for each key. A file that is there already is not made
 * again, since its name is a hash of what is in it.
 *
 * @returns how many were new
 */
export async function writeValues(
  folder: string,
  values: readonly PlannedValue[],
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const present = new Set(
    names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
  );
  let written = 0;
  for (const { key, encode } of values) {
    const file = join(folder, key);
    if (present.delete(file)) continue;
    await mkdir(dirname(file), { recursive: true });
    // Made whole or not at all: a file that a crash cut off must not pass for the value.
    await writeFile(`${file}.new`, await encode());
    await rename(`${file}.new`, file);
    written += 1;
  }
  for (const stale of present) await rm(stale, { force: true });
  return written;
}
