import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { seconds } from "./break-silence.ts";
import { errorDetail } from "./error-detail.ts";
import { MachineTrouble } from "./machine-trouble.ts";

const RETRY_MILLISECONDS = 20;
/** A shorter wait is not worth a message. */
const QUIET_MILLISECONDS = 3000;
const SILENCE_MILLISECONDS = 15_000;
/** The first deploy of a large archive on a slow line takes its while. */
const LIMIT_MILLISECONDS = 3_600_000;

/** Time, which in tests is a fake. */
interface Clock {
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

const REAL_CLOCK: Clock = { now: () => performance.now(), wait: sleep };

/** SQLite's code for a locked database: https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * Does `work` while no other process holds the same lock: `wrangler dev`, for example, starts to bundle after every change,
 * even while it is bundling. The lock is SQLite's on an empty database, because the system releases it however a process
 * ends. Nothing is ever written to the file.
 *
 * @param path the lock file
 * @param warn is told when the other process takes long, and again every 15 s
 * @throws MachineTrouble if the file cannot be opened or locked, or the other process holds it for an hour
 */
export async function withLock<Value>(
  path: string,
  work: () => Promise<Value>,
  warn: (message: string) => void = console.error,
  clock = REAL_CLOCK,
): Promise<Value> {
  await mkdir(dirname(path), { recursive: true });
  using opened = open(path);
  const { lock } = opened;
  const startedAt = clock.now();
  let wordAt = QUIET_MILLISECONDS;
  while (!isAcquired(lock, path)) {
    await clock.wait(RETRY_MILLISECONDS);
    const waited = clock.now() - startedAt;
    if (waited >= LIMIT_MILLISECONDS) {
      throw new MachineTrouble(
        `Another program has held "${path}" for ${seconds(waited)}; wait until it has ended, or end it`,
      );
    }
    if (waited < wordAt) continue;
    wordAt = waited + SILENCE_MILLISECONDS;
    warn(
      `Waiting until another program lets go of "${path}": ${seconds(waited)} so far, at most ${seconds(LIMIT_MILLISECONDS)}`,
    );
  }
  return await work();
}

function open(path: string): Disposable & { readonly lock: DatabaseSync } {
  try {
    const lock = new DatabaseSync(path, { timeout: 0 });
    // A database is disposable by itself since Node 22.15 only.
    return {
      lock,
      [Symbol.dispose]: () => {
        lock.close();
      },
    };
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
