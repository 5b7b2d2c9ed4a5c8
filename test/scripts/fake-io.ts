import { breakSilence } from "../../scripts/terminal/break-silence.ts";
import type { EndingSignal, IO, World } from "../../scripts/terminal/io.ts";

/** A world of its own: nobody answers in it, its clock moves by waiting, and what it is told is kept. */
export interface FakeIO extends IO {
  /** What was said and warned of, a line each. */
  readonly lines: readonly string[];
  /** Milliseconds, each time that it was waited. */
  readonly waits: readonly number[];
  /** The works whose progress was shown. */
  readonly works: readonly string[];
  readonly exitCodes: readonly number[];
  /** The longest time, in milliseconds, in which nothing was said, until now. */
  readonly longestSilence: () => number;
  /** Tells the program to end. */
  readonly signal: (signal: EndingSignal) => void;
}

/** A clock that moves only where a test says so, and then does what is due every so often. */
export class FakeClock {
  /** Milliseconds since 1970. */
  now: number;
  readonly #tickers = new Set<{ readonly call: () => void; readonly every: number; at: number }>();

  constructor(now = 0) {
    this.now = now;
  }

  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const [next] = [...this.#tickers].toSorted((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.now = Math.max(this.now, next.at);
      next.at += next.every;
      next.call();
    }
    this.now = end;
  }

  every(milliseconds: number, call: () => void): Disposable {
    const ticker = { call, every: milliseconds, at: this.now + milliseconds };
    this.#tickers.add(ticker);
    return { [Symbol.dispose]: () => void this.#tickers.delete(ticker) };
  }
}

/** A network where an answer takes a while by the clock; by default nobody ever answers. */
export function slowFetch(clock: FakeClock, milliseconds = Number.POSITIVE_INFINITY): IO["fetch"] {
  return async (_url, { signal }) => {
    const answersAt = clock.now + milliseconds;
    const isWaiting = (): boolean => clock.now < answersAt && signal?.aborted !== true;
    while (isWaiting()) clock.pass(1000);
    signal?.throwIfAborted();
    return new Response("yes");
  };
}

/** @param replaced what the test has of its own; a clock takes `now` and `wait` */
export function fakeIO(replaced: Partial<World> = {}, clock = new FakeClock()): FakeIO {
  const lines: string[] = [];
  const waits: number[] = [];
  const works: string[] = [];
  const exitCodes: number[] = [];
  const handlers: ((signal: EndingSignal) => void)[] = [];
  let saidAt = clock.now;
  let longest = 0;
  const endSilence = (): number => {
    longest = Math.max(longest, clock.now - saidAt);
    saidAt = clock.now;
    return longest;
  };
  const keep = (line: string): void => {
    endSilence();
    lines.push(line);
  };
  const world = breakSilence({
    fetch: async (url) => {
      throw new Error(`It asked ${url}`);
    },
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      clock.pass(milliseconds);
    },
    every: (milliseconds, call) => clock.every(milliseconds, call),
    now: () => clock.now,
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
  });
  return {
    ...world,
    lines,
    waits,
    works,
    exitCodes,
    longestSilence: endSilence,
    signal: (signal) => {
      for (const handle of handlers) handle(signal);
    },
  };
}
