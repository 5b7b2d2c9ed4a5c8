import pMap from "p-map";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PlannedValue } from "./plan-release.ts";

/** One is made while another is compressed and a third is written. */
const VALUES_AT_ONCE = 4;

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
  const missing = values.filter(({ key }) => !present.delete(join(folder, key)));
  const folders = new Set(missing.map(({ key }) => dirname(join(folder, key))));
  for (const inner of folders) await mkdir(inner, { recursive: true });
  await pMap(
    missing,
    async ({ key, encode }) => {
      const file = join(folder, key);
      // Made whole or not at all: a file that a crash cut off must not pass for the value.
      await writeFile(`${file}.new`, await encode());
      await rename(`${file}.new`, file);
    },
    { concurrency: VALUES_AT_ONCE },
  );
  for (const stale of present) await rm(stale, { force: true });
  return missing.length;
}
