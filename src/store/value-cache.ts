/** Keeps recently used values up to a number of bytes, and drops the least recently used first. */
export class ValueCache<Value> {
  readonly #capacityBytes: number;
  readonly #values = new Map<string, { readonly value: Value; readonly bytes: number }>();
  #bytes = 0;

  constructor(capacityBytes: number) {
    this.#capacityBytes = capacityBytes;
  }

  get(key: string): Value | null {
    const found = this.#values.get(key);
    if (found === undefined) return null;
    // A map keeps the order of insertion, so inserting a value again makes it the most recent.
    this.#values.delete(key);
    this.#values.set(key, found);
    return found.value;
  }

  set(key: string, value: Value, bytes: number): void {
    if (bytes > this.#capacityBytes) return;
    this.#bytes += bytes - (this.#values.get(key)?.bytes ?? 0);
    this.#values.delete(key);
    this.#values.set(key, { value, bytes });
    for (const [oldest, { bytes: freed }] of this.#values) {
      if (this.#bytes <= this.#capacityBytes) return;
      this.#values.delete(oldest);
      this.#bytes -= freed;
    }
  }
}
