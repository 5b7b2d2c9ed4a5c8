import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareKeys } from "../../src/store/key-column.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { Pack, deflateAt, encodePack, packEntry, packHash } from "../../src/store/pack.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const rawEntries = fc
  .uniqueArray(
    fc.record({
      key: fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
      head: fc.uint8Array({ maxLength: 60 }),
      body: fc.uint8Array({ maxLength: 400 }),
    }),
    { selector: ({ key }) => key, minLength: 1, maxLength: 40 },
  )
  .map((entries) =>
    entries
      .map(({ key, ...rest }) => ({ key: encoder.encode(key), ...rest }))
      .toSorted((a, b) => compareKeys(a.key, b.key)),
  );

function sampleEntries(): PackEntry[] {
  return ["a", "b", "文"].map((name) =>
    packEntry(
      encoder.encode(name),
      encoder.encode(`head of ${name}`),
      encoder.encode(`${name}正文`.repeat(50)),
    ),
  );
}

/** Everything that a pack says about its entries; throws where it says that it is damaged. */
function readAll(bytes: Uint8Array, hash: ReturnType<typeof packHash>): unknown[] {
  const pack = Pack.open(bytes, hash);
  if (!pack.ok) throw new Error(pack.failure.detail);
  return Array.from({ length: pack.value.keys.count }, (_, index) => {
    const entry = pack.value.entry(index);
    if (!entry.ok) throw new Error(entry.failure.detail);
    const body = entry.value.readBody();
    if (!body.ok) throw new Error(body.failure.detail);
    return [decoder.decode(entry.value.key), [...entry.value.head], [...body.value]];
  });
}

describe("Pack", () => {
  it("gives back every entry as it went in", () => {
    fc.assert(
      fc.property(rawEntries, (raw) => {
        const entries = raw.map(({ key, head, body }) => packEntry(key, head, body));
        const expected = raw.map(({ key, head, body }) => [
          decoder.decode(key),
          [...head],
          [...body],
        ]);
        expect(readAll(encodePack(entries), packHash(entries))).toEqual(expected);
      }),
    );
  });

  it("finds each of its keys and no other", () => {
    fc.assert(
      fc.property(rawEntries, fc.string({ unit: "grapheme" }), (raw, other) => {
        const entries = raw.map(({ key, head, body }) => packEntry(key, head, body));
        const pack = Pack.open(encodePack(entries), packHash(entries));
        if (!pack.ok) throw new Error(pack.failure.detail);
        for (const { key, head } of raw) {
          const found = pack.value.find(key);
          expect(found.ok && found.value?.head).toEqual(head);
        }
        const isThere = raw.some(({ key }) => decoder.decode(key) === other);
        const found = pack.value.find(encoder.encode(other));
        expect(found.ok && found.value !== null).toBe(isThere);
      }),
    );
  });

  it("has the same name whatever level it is compressed with", () => {
    fc.assert(
      fc.property(rawEntries, fc.integer({ min: 0, max: 9 }), (raw, level) => {
        const best = raw.map(({ key, head, body }) => packEntry(key, head, body));
        const other = raw.map(({ key, head, body }) =>
          packEntry(key, head, body, deflateAt(level)),
        );
        expect(packHash(other)).toBe(packHash(best));
        expect(readAll(encodePack(other), packHash(best))).toEqual(
          readAll(encodePack(best), packHash(best)),
        );
      }),
    );
  });

  it("is refused or read rightly, never misread, whichever byte of it is damaged", () => {
    const entries = sampleEntries();
    const bytes = encodePack(entries);
    const intact = readAll(bytes, packHash(entries));
    for (let place = 0; place < bytes.byteLength; place += 1) {
      const damaged = bytes.slice();
      damaged[place] = (damaged[place] ?? 0) ^ 0x41;
      let read: unknown = "refused";
      try {
        read = readAll(damaged, packHash(entries));
      } catch (error) {
        expect(String(error), `byte ${place}`).not.toMatch(/RangeError|TypeError/);
      }
      if (read !== "refused") expect(read, `byte ${place}`).toEqual(intact);
    }
  });

  it("is refused wherever it is cut off", () => {
    const entries = sampleEntries();
    const bytes = encodePack(entries);
    for (let length = 0; length < bytes.byteLength; length += 1) {
      expect(
        () => readAll(bytes.subarray(0, length), packHash(entries)),
        `${length} bytes`,
      ).toThrow(/no pack|begins with|it is the pack|ends inside|checksum|inflated/);
    }
  });

  it("is refused under the name of another pack", () => {
    const entries = sampleEntries();
    const opened = Pack.open(encodePack(entries), packHash(entries.slice(1)));
    expect(opened).toEqual({
      ok: false,
      failure: { reason: "pack-corrupted", detail: `it is the pack "${packHash(entries)}"` },
    });
  });

  it("cannot be written with its keys out of order", () => {
    expect(() => encodePack(sampleEntries().toReversed())).toThrow('key "b" stands behind "文"');
  });
});
