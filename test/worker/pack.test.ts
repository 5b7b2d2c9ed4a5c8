import { describe, expect, it } from "vitest";
import { Pack, encodePack, packEntry, packHash } from "../../src/store/pack.ts";

/** Bytes that compress like text: few different ones, in no order. */
function bytes(length: number): Uint8Array {
  let state = length;
  return Uint8Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return 97 + (Math.floor(state / 65_536) % 20);
  });
}

describe("Pack in workerd", () => {
  it.each([0, 1, 16_383, 16_384, 16_385, 49_152, 65_536, 100_000, 131_073, 284_548, 1_000_000])(
    "gives back a body of %i bytes",
    (length) => {
      const body = bytes(length);
      const entries = [packEntry(Uint8Array.of(1), new Uint8Array(), body)];
      const pack = Pack.open(encodePack(entries), packHash(entries));
      if (!pack.ok) throw new Error(pack.failure.detail);
      const entry = pack.value.entry(0);
      if (!entry.ok) throw new Error(entry.failure.detail);
      const read = entry.value.readBody();
      if (!read.ok) throw new Error(read.failure.detail);
      expect(read.value.byteLength).toBe(length);
      expect(read.value.every((byte, index) => byte === body[index])).toBe(true);
    },
  );
});
