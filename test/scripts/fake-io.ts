import type { EndingSignal, IO } from "../../scripts/terminal/io.ts";

/** A world of its own: nobody answers in it, its clock moves by waiting, and what it is told is kept. */
export interface FakeIO extends IO {
  /** What was said and warned of, a line each. */
  readonly lines: readonly string[];
  /** Milliseconds, each time that it was waited. */
  readonly waits: readonly number[];
  /** The works whose progress was shown. */
  readonly works: readonly string[];
  readonly exitCodes: readonly number[];
  /** Tells the program to end. */
  readonly signal: (signal: EndingSignal) => void;
}

/** @param replaced what the test has of its own; a clock takes `now` and `wait` */
export function fakeIO(replaced: Partial<IO> = {}): FakeIO {
  const lines: string[] = [];
  const waits: number[] = [];
  const works: string[] = [];
  const exitCodes: number[] = [];
  const handlers: ((signal: EndingSignal) => void)[] = [];
  const keep = (line: string): void => {
    lines.push(line);
  };
  let now = 0;
  return {
    lines,
    waits,
    works,
    exitCodes,
    signal: (signal) => {
      for (const handle of handlers) handle(signal);
    },
    fetch: async (url) => {
      throw new Error(`It asked ${url}`);
    },
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
    now: () => now,
    random: () => 0.5,
    say: keep,
    warn: keep,
    progress: (what) => {
      works.push(what);
      return () => undefined;
    },
    environment: {},
    run: async ({ name }) => {
      throw new Error(`It ran ${name}`);
    },
    onSignal: (handle) => {
      handlers.push(handle);
    },
    exit: (code) => {
      exitCodes.push(code);
    },
    ...replaced,
  };
}
