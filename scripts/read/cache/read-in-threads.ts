import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { boundYoungSpace } from "../../terminal/bound-young-space.ts";
import type { OutcomeChunk } from "./outcome-chunk.ts";
import { encodeChunk } from "./outcome-chunk.ts";
import type { FileToRead, ReadingContext } from "./article-reader.ts";
import { createArticleReader } from "./article-reader.ts";

const FILES_PER_TASK = 100;
const TASKS_AHEAD = 2;
/** Without a limit, V8 would let the short-lived objects of a thread grow to hundreds of megabytes. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 16 };
/** Beside this module, be it a source or compiled. */
const THREAD = new URL(`reader-thread${extname(import.meta.filename)}`, import.meta.url);

/**
 * Reads files on all processor cores.
 *
 * @param onChunk receives the outcomes of each task, in the order in which tasks end
 */
export async function readInThreads(
  files: readonly FileToRead[],
  context: ReadingContext,
  onChunk: (chunk: OutcomeChunk) => void,
): Promise<void> {
  let next = 0;
  const takeTask = (): readonly FileToRead[] => {
    const task = files.slice(next, next + FILES_PER_TASK);
    next += task.length;
    return task;
  };
  const tasks = Math.ceil(files.length / FILES_PER_TASK);
  const others = Array.from({ length: Math.min(availableParallelism(), tasks) - 1 }, async () =>
    workOff(takeTask, context, onChunk),
  );
  /** Reads files in this thread too, since one more thread would have to load and warm up the same code. */
  const readHere = async (): Promise<void> => {
    const read = createArticleReader(context);
    for (let task = takeTask(); task.length > 0; task = takeTask()) {
      onChunk(encodeChunk(read(task)));
      boundYoungSpace();
      // This lets the messages that other threads have sent meanwhile be handled.
      await setImmediate();
    }
  };
  await Promise.all([...others, readHere()]);
}

async function workOff(
  takeTask: () => readonly FileToRead[],
  context: ReadingContext,
  onChunk: (chunk: OutcomeChunk) => void,
): Promise<void> {
  const thread = new Worker(THREAD, { workerData: context, resourceLimits: THREAD_LIMITS });
  try {
    await new Promise<void>((settle, fail) => {
      let given = 0;
      const giveTask = (): void => {
        const task = takeTask();
        if (task.length === 0) return;
        given += 1;
        thread.postMessage(task, []);
      };
      thread.on("message", (chunk: OutcomeChunk) => {
        given -= 1;
        giveTask();
        try {
          onChunk(chunk);
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
        if (given === 0) settle();
      });
      thread.once("error", fail);
      thread.once("exit", () => {
        fail(new Error("A thread that reads articles ended before its work was done"));
      });
      // The thread gets one more task than it works on, so that it never waits for this one.
      for (let task = 0; task < TASKS_AHEAD; task += 1) giveTask();
      if (given === 0) settle();
    });
  } finally {
    await thread.terminate();
  }
}
