import { LEAST_CACHE_TTL_SECONDS } from "./limits.ts";

/** What one data centre remembers of KV: which keys were absent. Values never change, so that nobody sees whether it keeps them. */
export class EdgeCache {
  /** Until when a key counts as absent, in milliseconds since 1970. */
  readonly #absentUntil = new Map<string, number>();

  /**
   * Reads a value as a Worker does.
   *
   * @param now milliseconds since 1970
   * @param cacheTtl seconds
   * @param read what KV itself has, null for nothing
   */
  get<Value>(key: string, now: number, cacheTtl: number, read: () => Value | null): Value | null {
    if (cacheTtl < LEAST_CACHE_TTL_SECONDS) {
      throw new Error(`KV GET failed: 400 Invalid cache_ttl of ${cacheTtl}`);
    }
    // A later read with a smaller cacheTtl lowers what an earlier one asked for.
    const until = Math.min(
      this.#absentUntil.get(key) ?? Number.NEGATIVE_INFINITY,
      now + cacheTtl * 1000,
    );
    if (until > now) {
      this.#absentUntil.set(key, until);
      return null;
    }
    const value = read();
    if (value === null) this.#absentUntil.set(key, now + cacheTtl * 1000);
    else this.#absentUntil.delete(key);
    return value;
  }
}
