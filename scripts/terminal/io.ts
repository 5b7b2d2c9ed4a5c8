import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ShowProgress } from "./progress.ts";
import { createProgress } from "./progress.ts";
import type { Program, ProgramRun } from "./run-program.ts";
import { runProgram } from "./run-program.ts";

/** A signal that tells a program to end. */
export type EndingSignal = "SIGINT" | "SIGTERM";

/** The world outside, as an argument from the command on; in tests it is a fake, whose clock moves by waiting. */
export interface IO {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A number from 0 up to 1, but not 1. */
  readonly random: () => number;
  /** Reports a step that is done, or a result, on standard output. */
  readonly say: (line: string) => void;
  /** Reports a problem or a delay on standard error. */
  readonly warn: (line: string) => void;
  /** Begins to show the progress of some work; `what` is counted, such as "articles read". */
  readonly progress: (what: string) => ShowProgress;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs a program to its end; signals that tell this process to end are passed on to it. */
  readonly run: (program: Program) => Promise<ProgramRun>;
  /** Handles signals that would otherwise end this process. */
  readonly onSignal: (handle: (signal: EndingSignal) => void) => void;
  readonly exit: (code: number) => void;
}

const RANDOM_STEPS = 1_000_000;

export const REAL_IO: IO = {
  fetch: async (url, init) => fetch(url, init),
  wait: async (milliseconds) => sleep(milliseconds),
  now: () => Date.now(),
  random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
  say: (line) => {
    console.log(line);
  },
  warn: (line) => {
    console.error(line);
  },
  progress: (what) => createProgress(what, process.stderr, () => performance.now()),
  environment: process.env,
  run: runProgram,
  onSignal: (handle) => {
    process.on("SIGINT", handle).on("SIGTERM", handle);
  },
  exit: (code) => {
    process.exit(code);
  },
};
