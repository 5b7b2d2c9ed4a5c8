import { rm } from "node:fs/promises";
import { describeTrouble } from "../../terminal/machine-trouble.ts";

/** The cache does not hold what was written: a disk or another program damaged it. */
export class DamagedCache extends Error {}

/** The cache cannot be written: the folder is not writable, or the disk is full. */
class UnusableCache extends Error {}

/** Runs `work`, which writes to a cache; a file system error becomes one that `withCache` understands. */
export function keeping<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const trouble = describeTrouble(error);
    if (trouble === null) throw error;
    throw new UnusableCache(`What is read cannot be kept: ${trouble}`, { cause: error });
  }
}

/**
 * Runs `work` with the cache. If that turns out to be damaged, `work` runs again with an empty one; if it cannot be
 * written, `work` runs again without one.
 *
 * @param warn receives a line that says why it takes longer
 * @param work receives the folder of the cache, or null for none
 */
export async function withCache<Value>(
  folder: string,
  warn: (line: string) => void,
  work: (folder: string | null) => Promise<Value>,
): Promise<Value> {
  try {
    return await work(folder);
  } catch (error) {
    if (error instanceof DamagedCache) {
      warn(`${error.message}; deleted "${folder}", and read everything again`);
      await rm(folder, { recursive: true, force: true });
      return work(folder);
    }
    if (error instanceof UnusableCache) {
      warn(`${error.message}; went on without "${folder}", which takes longer each time`);
      return work(null);
    }
    throw error;
  }
}
