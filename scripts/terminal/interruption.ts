import { constants } from "node:os";
import type { EndingSignal, IO } from "./io.ts";

/** 128 and the number of the signal, as shells have it. */
const EXIT_SIGNALLED = 128;

const AFTER_SWITCH = "Broken off: npm run release -- list says what is live";

/**
 * What a command does when it is told to end: it ends, saying how things stand. But while wrangler switches, which cannot
 * be left alone with it, it waits for wrangler, to which the signal goes too, and says afterwards. A second signal ends it.
 */
export class Interruption {
  #signal: EndingSignal | null = null;
  #switching = 0;
  #hasSwitched = false;

  /** @param farewell when it ends at once, and nothing was switched yet */
  constructor({ onSignal, warn, exit }: Pick<IO, "onSignal" | "warn" | "exit">, farewell: string) {
    onSignal((signal) => {
      if (this.#switching > 0 && this.#signal === null) {
        this.#signal = signal;
        warn("Told to end while wrangler switches: waiting for it, to say what is live");
        return;
      }
      warn(this.#hasSwitched ? AFTER_SWITCH : farewell);
      exit(EXIT_SIGNALLED + constants.signals[signal]);
    });
  }

  /** What a command exits with that was told to end; null where it was not. */
  get exitCode(): number | null {
    return this.#signal === null ? null : EXIT_SIGNALLED + constants.signals[this.#signal];
  }

  /** Does work that it waits for. */
  async hold<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#switching += 1;
    try {
      return await work();
    } finally {
      this.#switching -= 1;
      this.#hasSwitched = true;
    }
  }
}
