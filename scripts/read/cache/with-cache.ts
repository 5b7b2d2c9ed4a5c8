import { rm } from "node:fs/promises";
import { describeTrouble } from "../../terminal/machine-trouble.ts";

/** What was kept of articles is not what was written: a disk or another program damaged it. */
export class DamagedCache extends Error {}

/** Nothing can be kept: the folder cannot be written, or the disk is full. */
class UnusableCache extends Error {}

/** Runs what writes into a cache, so that `withCache` learns when nothing can be kept. */
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
 * Does `work` with what was read before. Where that turns out to be damaged it is done once more with an empty cache,
 * and where nothing can be kept without one.
 *
 * @param warn is told why it takes longer
 * @param work is given the folder of the cache, null for none
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
