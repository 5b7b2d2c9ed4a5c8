import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import pMap from "p-map";
import type { PlannedValue } from "./plan-release.ts";
import { writeIfChanged } from "./write-if-changed.ts";

/** So that one value is made while others are compressed and written. */
const VALUES_AT_ONCE = 4;

/**
 * Makes `folder` hold the values of a release, one file for each key. Existing files are not written again, since a key is a
 * hash of its value.
 *
 * @param isWhole whether the release has all that it is to have, so that no other value is kept
 */
export async function writeValues(
  folder: string,
  values: readonly PlannedValue[],
  isWhole: boolean,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const present = new Set(
    entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)),
  );
  const missing = values.filter(({ key }) => !present.delete(join(folder, key)));
  await pMap(
    missing,
    // This writes a file whole or not at all, so that after a crash no part of a value passes for the value.
    async ({ key, encode }) => writeIfChanged(join(folder, key), await encode()),
    { concurrency: VALUES_AT_ONCE },
  );
  if (!isWhole) return;
  for (const stale of present) await rm(stale, { force: true, maxRetries: 5 });
}
