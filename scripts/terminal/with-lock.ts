import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { errorDetail } from "./error-detail.ts";
import { MachineTrouble } from "./machine-trouble.ts";

const RETRY_MILLISECONDS = 20;
/** A shorter wait is not worth a message. */
const QUIET_MILLISECONDS = 3000;

/** SQLite's code for a locked database: https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * Does `work` while no other process holds the same lock: `wrangler dev`, for example, starts to bundle after every change,
 * even while it is bundling. The lock is SQLite's on an empty database, because the system releases it however a process
 * ends. Nothing is ever written to the file.
 *
 * @param path the lock file
 * @param warn is told once when the other process takes long
 * @throws MachineTrouble if the file cannot be opened or locked
 */
export async function withLock<Value>(
  path: string,
  work: () => Promise<Value>,
  warn: (message: string) => void = console.error,
): Promise<Value> {
  await mkdir(dirname(path), { recursive: true });
  using lock = open(path);
  const quietUntil = performance.now() + QUIET_MILLISECONDS;
  let isQuiet = true;
  while (!isAcquired(lock, path)) {
    await sleep(RETRY_MILLISECONDS);
    if (isQuiet && performance.now() > quietUntil) {
      warn(`Waiting until another program lets go of "${path}"`);
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
  const message = `Could not lock "${path}" (${errorDetail(cause)}); make its folder writable, free some space there, or delete the file`;
  return new MachineTrouble(message, { cause });
}
