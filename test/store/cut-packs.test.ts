import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PackLimits } from "../../src/store/cut-packs.ts";
import { cutPacks } from "../../src/store/cut-packs.ts";
import { compareKeys } from "../../src/store/key-column.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Entry {
  readonly key: Uint8Array;
  readonly size: number;
}

const LIMITS: PackLimits = { minimumBytes: 6000, maximumBytes: 24_000 };

const entries = fc
  .uniqueArray(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 8 }),
      size: fc.oneof(
        { weight: 20, arbitrary: fc.integer({ min: 1, max: 2000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 20_000, max: 40_000 }) },
      ),
    }),
    { selector: ({ name }) => name, maxLength: 300 },
  )
  .map((raw) =>
    raw
      .map(({ name, size }) => ({ key: encoder.encode(name), size }))
      .toSorted((a, b) => compareKeys(a.key, b.key)),
  );

const bytesOf = (pack: readonly Entry[]): number => pack.reduce((sum, { size }) => sum + size, 0);

describe("cutPacks", () => {
  it("keeps every entry once and in order", () => {
    fc.assert(
      fc.property(entries, (all) => {
        expect(cutPacks(all, LIMITS).flat()).toEqual(all);
      }),
    );
  });

  it("makes no pack larger than the maximum but for a single larger entry", () => {
    fc.assert(
      fc.property(entries, (all) => {
        for (const pack of cutPacks(all, LIMITS)) {
          if (pack.length > 1) expect(bytesOf(pack)).toBeLessThanOrEqual(LIMITS.maximumBytes);
        }
      }),
    );
  });

  it("makes no pack smaller than the minimum where no entry is larger than that", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const packs = cutPacks(
          all.filter(({ size }) => size <= LIMITS.minimumBytes),
          LIMITS,
        );
        if (packs.length < 2) return;
        for (const pack of packs) expect(bytesOf(pack)).toBeGreaterThanOrEqual(LIMITS.minimumBytes);
      }),
    );
  });
});

describe("changes of a map that is cut into packs", () => {
  /** A pack's content as one string, so that sets of packs can be compared. */
  const names = (all: readonly Entry[]): ReadonlySet<string> =>
    new Set(
      cutPacks(all, LIMITS).map((pack) =>
        pack.map(({ key, size }) => `${decoder.decode(key)}:${size}`).join(" "),
      ),
    );

  /** Sizes like those of articles: most near 1,000 bytes, few much longer. */
  const sizeAt = (index: number): number =>
    300 + ((index * 7919) % 1400) + (index % 97 === 0 ? 15_000 : 0);
  const base: readonly Entry[] = Array.from({ length: 1500 }, (_, index) => ({
    key: encoder.encode(String(index * 1_000_003).padStart(12, "0")),
    size: sizeAt(index),
  }));

  const packsOfBase = names(base);
  const written = (after: readonly Entry[]): number => names(after).difference(packsOfBase).size;

  const CHANGES = {
    insert: (index: number): Entry[] => {
      const key = encoder.encode(`${decoder.decode(base[index]?.key)}x`);
      return base.toSpliced(index + 1, 0, { key, size: sizeAt(index + 5) });
    },
    removal: (index: number): Entry[] => base.toSpliced(index, 1),
    edit: (index: number): Entry[] =>
      base.map((entry, at) => (at === index ? { ...entry, size: entry.size + 37 } : entry)),
  };

  it.each(Object.entries(CHANGES))(
    "write 1.5 packs on average and 4 in 99 of 100 cases for one %s",
    (_, change) => {
      const counts = Array.from({ length: 300 }, (__, trial) =>
        written(change((trial * 9973) % base.length)),
      ).toSorted((a, b) => a - b);
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
      expect(mean).toBeLessThanOrEqual(1.5);
      expect(counts[Math.floor(counts.length * 0.99)]).toBeLessThanOrEqual(4);
    },
  );

  it("writes only the packs that many small additions fall into, wherever their cuts move", () => {
    const small = Array.from({ length: 8000 }, (_, index) => ({
      key: encoder.encode(String(index * 1_000_003).padStart(12, "0")),
      size: 60 + ((index * 7919) % 90),
    }));
    const before = names(small);
    const excess = Array.from({ length: 40 }, (_, trial) => {
      const added = Array.from({ length: 10 }, (__, nth) => ({
        key: encoder.encode(`${decoder.decode(small[(trial * 9973 + nth * 61) % 8000]?.key)}x`),
        size: 120,
      }));
      const all = [...small, ...added].toSorted((a, b) => compareKeys(a.key, b.key));
      const touched = cutPacks(all, LIMITS).filter((pack) =>
        pack.some((entry) => added.includes(entry)),
      );
      return names(all).difference(before).size - touched.length;
    });
    expect(excess.reduce((sum, count) => sum + count, 0) / excess.length).toBeLessThanOrEqual(0.5);
  });
});
