import { MOST_REQUESTS, REQUEST_WINDOW_SECONDS } from "./limits.ts";
import { Refusal } from "./refusal.ts";

const WINDOW_MILLISECONDS = REQUEST_WINDOW_SECONDS * 1000;

/** The API's rate limit: who asks more than 1,200 times in five minutes is blocked for the next five. */
export class RateLimit {
  #windowStart = Number.NEGATIVE_INFINITY;
  #count = 0;
  #blockedUntil = Number.NEGATIVE_INFINITY;

  /**
   * Counts a request, and refuses it where it is one too many.
   *
   * @param now milliseconds since 1970
   */
  admit(now: number, mostRequests = MOST_REQUESTS): void {
    if (now >= this.#windowStart + WINDOW_MILLISECONDS) {
      this.#windowStart = now;
      this.#count = 0;
    }
    this.#count += 1;
    if (this.#count > mostRequests && now >= this.#blockedUntil) {
      this.#blockedUntil = now + WINDOW_MILLISECONDS;
    }
    if (now >= this.#blockedUntil) return;
    const seconds = Math.ceil((this.#blockedUntil - now) / 1000);
    const message = "Please wait and consider throttling your request speed";
    throw new Refusal(429, 971, message, { "Retry-After": String(seconds) });
  }
}
