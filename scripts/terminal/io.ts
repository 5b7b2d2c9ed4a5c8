import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** What talking to others needs: tests have a clock of their own. */
export interface IO {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Says why it takes a while. */
  readonly warn: (line: string) => void;
}

const RANDOM_STEPS = 1_000_000;

/** The world outside. */
export const REAL_IO: IO = {
  fetch: async (url, init) => fetch(url, init),
  wait: async (milliseconds) => sleep(milliseconds),
  now: () => Date.now(),
  random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
  warn: (line) => {
    console.error(line);
  },
};
