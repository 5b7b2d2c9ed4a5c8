import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { errorDetail } from "./error-detail.ts";
import { MachineTrouble } from "./machine-trouble.ts";

const RETRY_MILLISECONDS = 20;
/** Most waits are shorter, and nobody wants to read of them. */
const QUIET_MILLISECONDS = 3000;

/** https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * Does `work` while no other process does the same. `wrangler dev` starts a bundling for every change, also while one
 * is under way. The lock is SQLite's on an empty database: the system gives it back when a process ends, however it ends,
 * and nothing is ever written to the file.
 *
 * @param path of the lock file
 * @param wait told once, with a sentence, when it takes long until the other process is done
 */
export async function withLock<Value>(
  path: string,
  work: () => Promise<Value>,
  wait: (message: string) => void = console.error,
): Promise<Value> {
  await mkdir(dirname(path), { recursive: true });
  using lock = open(path);
  const quietUntil = performance.now() + QUIET_MILLISECONDS;
  let isQuiet = true;
  while (!isAcquired(lock, path)) {
    await sleep(RETRY_MILLISECONDS);
    if (isQuiet && performance.now() > quietUntil) {
      wait(`Waiting until another program lets go of "${path}"`);
      isQuiet = false;
    }
  }
  return await work();
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw trouble(path, error);
  }
}

function isAcquired(lock: DatabaseSync, path: string): boolean {
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY) return false;
    throw trouble(path, error);
  }
}

function trouble(path: string, cause: unknown): MachineTrouble {
  const message = `Could not lock "${path}" (${errorDetail(cause)}); delete it, or make its folder writable`;
  return new MachineTrouble(message, { cause });
}
