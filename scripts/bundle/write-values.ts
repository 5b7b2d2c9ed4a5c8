import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import pMap from "p-map";
import type { PlannedValue } from "./plan-release.ts";
import { writeIfChanged } from "./write-if-changed.ts";

/** One is made while another is compressed and a third is written. */
const VALUES_AT_ONCE = 4;

/**
 * Leaves in `folder` exactly the values of a release, a file for each key. A file that is there already is not made
 * again, since its name is a hash of what is in it.
 */
export async function writeValues(folder: string, values: readonly PlannedValue[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const present = new Set(
    entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)),
  );
  const missing = values.filter(({ key }) => !present.delete(join(folder, key)));
  await pMap(
    missing,
    // Made whole or not at all: a file that a crash cut off must not pass for the value.
    async ({ key, encode }) => writeIfChanged(join(folder, key), await encode()),
    { concurrency: VALUES_AT_ONCE },
  );
  for (const stale of present) await rm(stale, { force: true });
}
