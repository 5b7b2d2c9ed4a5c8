import { constants } from "node:os";

/** 128 and the number of the signal, as shells have it. */
const EXIT_SIGNALLED = 128;

const AFTER_SWITCH = "Broken off: npm run release -- list says what is live";

/**
 * What a command does when it is told to end: it ends, saying how things stand. But while wrangler switches, which cannot
 * be left alone with it, it waits for wrangler, to which the signal goes too, and says afterwards. A second signal ends it.
 */
export class Interruption {
  #signal: "SIGINT" | "SIGTERM" | null = null;
  #switching = 0;
  #hasSwitched = false;

  /**
   * @param say what is said to whoever sends a signal
   * @param farewell when it ends at once, and nothing was switched yet
   */
  listen(say: (line: string) => void, farewell: string): void {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (this.#switching > 0 && this.#signal === null) {
          this.#signal = signal;
          say("Told to end while wrangler switches: waiting for it, to say what is live");
          return;
        }
        say(this.#hasSwitched ? AFTER_SWITCH : farewell);
        process.exit(EXIT_SIGNALLED + constants.signals[signal]);
      });
    }
  }

  /** What a command exits with that was told to end; null where it was not. */
  get exitCode(): number | null {
    return this.#signal === null ? null : EXIT_SIGNALLED + constants.signals[this.#signal];
  }

  /** Makes it wait for some work. */
  holdFor<Args extends readonly unknown[], Value>(
    work: (...args: Args) => Promise<Value>,
  ): (...args: Args) => Promise<Value> {
    return async (...args) => {
      this.#switching += 1;
      try {
        return await work(...args);
      } finally {
        this.#switching -= 1;
        this.#hasSwitched = true;
      }
    };
  }
}
