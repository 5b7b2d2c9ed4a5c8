import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { IO, Wait, World } from "./io.ts";

/** How often it is looked whether something has to be said, or has reached its limit. */
const LOOK_MILLISECONDS = 1000;
/** How long nothing may be said while something is waited for: people begin to doubt after 20 s. */
const SILENCE_MILLISECONDS = 15_000;

interface PendingWait {
  readonly what: string;
  readonly startedAt: number;
  readonly limitMilliseconds: number;
  readonly end: AbortController;
}

/**
 * A world in which nothing is waited for in silence, nor without a limit: while a wait is under way and nothing was said for
 * 15 s, it says what it waits for, how long already and how long at most. At its limit the wait's signal aborts.
 */
export function breakSilence(world: World): IO {
  const pending = new Set<PendingWait>();
  let saidAt = world.now();
  let ticker: Disposable | null = null;

  const said = <Args extends readonly unknown[]>(
    say: (...args: Args) => void,
  ): ((...args: Args) => void) => {
    return (...args) => {
      saidAt = world.now();
      say(...args);
    };
  };
  const warn = said(world.warn);
  const look = (): void => {
    const now = world.now();
    for (const { startedAt, limitMilliseconds, end } of pending) {
      if (now - startedAt >= limitMilliseconds) end.abort();
    }
    if (now - saidAt < SILENCE_MILLISECONDS) return;
    // What is at its limit ends now, and is told of by whoever waited.
    const oldest = [...pending].find(({ end }) => !end.signal.aborted);
    if (oldest === undefined) return;
    const others = pending.size === 1 ? "" : `, and ${pending.size - 1} more`;
    warn(
      `Waiting for ${oldest.what}${others}: ${seconds(now - oldest.startedAt)} so far, at most ${seconds(oldest.limitMilliseconds)}`,
    );
  };
  const startWait = (what: string, limitMilliseconds: number): Wait => {
    const end = new AbortController();
    const wait = { what, startedAt: world.now(), limitMilliseconds, end };
    pending.add(wait);
    ticker ??= world.every(LOOK_MILLISECONDS, look);
    return {
      signal: end.signal,
      [Symbol.dispose]: () => {
        pending.delete(wait);
        if (pending.size > 0) return;
        ticker?.[Symbol.dispose]();
        ticker = null;
      },
    };
  };
  return {
    ...world,
    startWait,
    warn,
    say: said(world.say),
    progress: (what) => said(world.progress(what)),
    wait: async (milliseconds, what) => {
      const wait = startWait(what, milliseconds);
      await world.wait(milliseconds).finally(() => {
        wait[Symbol.dispose]();
      });
    },
  };
}

/** A duration for people, such as `75 s`. */
export function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / MILLISECONDS_PER_SECOND)} s`;
}
