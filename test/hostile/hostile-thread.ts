/** A thread that reads hostile texts, and may be stopped at any time (`watched-reader.ts`). */
import { parentPort } from "node:worker_threads";
import type { HostileText } from "./hostile-texts.ts";
import { hostileFile } from "./hostile-texts.ts";
import { profileByPlace } from "./profile-by-place.ts";
import { readHostile } from "./read-hostile.ts";

/** What the thread is asked. */
export interface Reading {
  readonly text: HostileText;
  readonly bytes: number;
  /** Whether to say which lines of the program took the time, which slows it. */
  readonly isProfiled: boolean;
}

/** What it answers. */
export interface ThreadAnswer {
  /** Of this thread alone: what other programs and threads do does not count. */
  readonly cpuSeconds: number;
  /** Null where nothing was thrown. */
  readonly error: string | null;
  /** Places with their share of the time, most first; empty where it was not asked for. */
  readonly places: readonly string[];
}

const MICROSECONDS_PER_SECOND = 1_000_000;

parentPort?.on("message", ({ text, bytes, isProfiled }: Reading) => {
  let error: string | null = null;
  const read = (): void => {
    try {
      readHostile(hostileFile(text, bytes));
    } catch (thrown) {
      error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    }
  };
  const before = process.threadCpuUsage();
  const places = isProfiled ? profileByPlace(read) : [];
  if (!isProfiled) read();
  const { user, system } = process.threadCpuUsage(before);
  const answer: ThreadAnswer = {
    cpuSeconds: (user + system) / MICROSECONDS_PER_SECOND,
    error,
    places,
  };
  parentPort?.postMessage(answer, []);
});
