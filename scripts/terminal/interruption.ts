import { constants } from "node:os";
import type { EndingSignal, IO } from "./io.ts";

/** Shells report a program that a signal ended by 128 plus the signal's number. */
const EXIT_SIGNALLED = 128;

const AFTER_SWITCH = "Broken off: npm run release -- list says what is live";

/**
 * Ends a command on SIGINT or SIGTERM, with a message about the state of the site. While wrangler switches the Worker, the
 * command first waits for wrangler, which gets the signal too, so that it can say what is live. A second signal ends it at
 * once.
 */
export class Interruption {
  #signal: EndingSignal | null = null;
  #switching = 0;
  #hasSwitched = false;

  /** @param farewell the message if nothing was switched yet */
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

  /** The exit code of a command that was told to end; null if it was not. */
  get exitCode(): number | null {
    return this.#signal === null ? null : EXIT_SIGNALLED + constants.signals[this.#signal];
  }

  /** Does work that a first signal does not break off. */
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
