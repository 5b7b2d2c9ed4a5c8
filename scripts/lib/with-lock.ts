import { mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const RETRY_MILLISECONDS = 20;

/**
 * Does `work` while no other process does the same. `wrangler dev` starts a bundling for every change, also while one
 * is under way. A lock left behind by a process that is gone is taken over.
 *
 * @param path of the lock file
 */
export async function withLock<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await acquired(path))) await sleep(RETRY_MILLISECONDS);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquired(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
    await removeIfAbandoned(path);
    return false;
  }
}

async function removeIfAbandoned(path: string): Promise<void> {
  const holder = Number(await readFile(path, "utf8").catch(() => ""));
  // Empty for the moment between opening and writing.
  if (holder === 0 || isRunning(holder)) return;
  await rm(path, { force: true });
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
