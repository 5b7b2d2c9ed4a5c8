import { describe, expect, it } from "vitest";
import { hostileFile, hostileText, PLACES } from "./hostile-texts.ts";
import { KNOWN_TEXTS } from "./known-texts.ts";

const SEED = 1;
const TEXTS = 500;
const BYTES = 10_000;

describe("hostileText", () => {
  it("is the same for the same number, and another for the next", () => {
    const texts = Array.from({ length: TEXTS }, (_, number) => hostileText(SEED, number));
    expect(texts.map((_, number) => hostileText(SEED, number))).toEqual(texts);
    expect(new Set(texts.map((text) => JSON.stringify(text))).size).toBe(TEXTS);
  });
});

describe("hostileFile", () => {
  it.each([...PLACES.keys()])("is about as long as it should be in %s", (place) => {
    const { bytes } = hostileFile(
      { place, before: "", unit: "字 ", middle: "", close: "", after: "", growth: "even" },
      BYTES,
    );
    expect(bytes.length).toBeGreaterThan(BYTES * 0.9);
    expect(bytes.length).toBeLessThan(BYTES * 1.1);
  });

  it.each(Object.entries(KNOWN_TEXTS))("grows with the size: %s", (_, text) => {
    const [small, large] = [BYTES, 2 * BYTES].map((size) => hostileFile(text, size).bytes.length);
    expect((large ?? 0) - (small ?? 0)).toBeGreaterThan(BYTES * 0.8);
  });
});
