import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Reading, ThreadAnswer } from "./hostile-thread.ts";

/** How reading a hostile text went. */
export type HostileOutcome =
  | ({ readonly kind: "read" } & Omit<ThreadAnswer, "error">)
  | { readonly kind: "thrown"; readonly error: string; readonly cpuSeconds: number }
  /** It took more than it may, and was stopped. */
  | { readonly kind: "stopped"; readonly cpuSeconds: number };

const MICROSECONDS_PER_SECOND = 1_000_000;
const LOOK_MILLISECONDS = 50;
const MEMORY_MEGABYTES = 1024;
/** What the main thread has, where few articles are read; threads would have four times as much. */
const STACK_MEGABYTES = 1;

/**
 * Reads hostile texts in a thread of its own. The thread's CPU time is looked at from outside while it works, which V8
 * allows even in the midst of a regular expression; a thread that took too much is stopped, and the next text gets a new one.
 */
export class WatchedReader {
  #thread: Worker | null = null;

  /** Whether the thread that read last still runs, with all that it has compiled. */
  get isRunning(): boolean {
    return this.#thread !== null;
  }

  /** @param mostCpuSeconds after which reading is stopped */
  async read(reading: Reading, mostCpuSeconds: number): Promise<HostileOutcome> {
    const thread = this.#thread ?? (await startThread());
    this.#thread = thread;
    const before = await thread.cpuUsage();
    const { promise, resolve } = Promise.withResolvers<HostileOutcome>();
    const taken = async (): Promise<number> => {
      const { user, system } = await thread.cpuUsage();
      return (user + system - before.user - before.system) / MICROSECONDS_PER_SECOND;
    };
    const onMessage = ({ error, ...answer }: ThreadAnswer): void => {
      const { cpuSeconds } = answer;
      resolve(error === null ? { kind: "read", ...answer } : { kind: "thrown", error, cpuSeconds });
    };
    // Out of memory, for one.
    const onError = (error: unknown): void => {
      this.#thread = null;
      resolve({ kind: "thrown", error: String(error), cpuSeconds: 0 });
    };
    thread.once("message", onMessage);
    thread.once("error", onError);
    const watch = setInterval(() => {
      const look = async (): Promise<void> => {
        const cpuSeconds = await taken();
        if (cpuSeconds > mostCpuSeconds) resolve({ kind: "stopped", cpuSeconds });
      };
      // A thread that has ended has no CPU time, and has said so itself.
      look().catch(() => undefined);
    }, LOOK_MILLISECONDS);
    thread.postMessage(reading, []);
    const outcome = await promise;
    clearInterval(watch);
    thread.off("message", onMessage);
    thread.off("error", onError);
    if (outcome.kind === "stopped") await this.stop();
    return outcome;
  }

  async stop(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }
}

async function startThread(): Promise<Worker> {
  const thread = new Worker(new URL("hostile-thread.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES, stackSizeMb: STACK_MEGABYTES },
  });
  await once(thread, "online");
  return thread;
}
