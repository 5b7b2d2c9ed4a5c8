import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { breakSilence } from "./break-silence.ts";
import type { IO } from "./io.ts";
import { printable } from "./printable.ts";
import { createProgress } from "./progress.ts";
import { runProgram } from "./run-program.ts";

const RANDOM_STEPS = 1_000_000;

/** The world as it is, for commands to hand down. */
export const REAL_IO: IO = breakSilence({
  fetch: async (url, init) => fetch(url, init),
  wait: async (milliseconds) => sleep(milliseconds),
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds);
    return {
      [Symbol.dispose]: () => {
        clearInterval(timer);
      },
    };
  },
  now: () => Date.now(),
  random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
  say: (line) => {
    console.log(printable(line));
  },
  warn: (line) => {
    console.error(printable(line));
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
});
