import { rm } from "node:fs/promises";

/** What was kept of articles is not what was written: the disk, or another program. */
export class DamagedCache extends Error {}

/** Does `work`, and does it once more without what was kept where that turns out to be damaged. */
export async function mendingCache<Value>(
  cacheFolder: string,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DamagedCache)) throw error;
    console.error(`${error.message}; deleted "${cacheFolder}", and read everything again`);
    await rm(cacheFolder, { recursive: true, force: true });
    return work();
  }
}
