import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LARGEST_PAGE_ARTICLES, divideIntoPages, nearestPage } from "../../src/domain/archive.ts";

interface Item {
  readonly id: number;
  readonly time: string;
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** Times in few months, so that months, days and hours overflow now and then. */
const items = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 59 }),
    ),
    { maxLength: 700, size: "max" },
  )
  .map((times) =>
    times.map(([month, day, hour, minute], id): Item => ({
      id,
      time: `2022-${twoDigits(month)}-${twoDigits(day)}T${twoDigits(hour)}:${twoDigits(minute)}`,
    })),
  );

const pagesOf = (all: readonly Item[]): ReadonlyMap<string, readonly Item[]> =>
  divideIntoPages(
    all,
    ({ time }) => time,
    () => false,
  );

describe("divideIntoPages", () => {
  it("puts every article on exactly one page, which is named after its time", () => {
    fc.assert(
      fc.property(items, (all) => {
        const pages = [...pagesOf(all)];
        const ids = pages.flatMap(([, members]) => members.map(({ id }) => id));
        expect(ids.toSorted((a, b) => a - b)).toEqual(all.map(({ id }) => id));
        for (const [name, members] of pages) {
          expect(members.every(({ time }) => time.startsWith(name))).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("makes pages that hold too many only where all of one minute are", () => {
    fc.assert(
      fc.property(items, (all) => {
        for (const [name, members] of pagesOf(all)) {
          if (members.length > LARGEST_PAGE_ARTICLES) expect(name).toHaveLength(16);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("divides a month whose articles lie in too many places, and no day for that", () => {
    const at = (time: string, id: number): Item => ({ id, time });
    const all = [at("2022-02-01T08:00", 1), at("2022-01-02T08:00", 2), at("2022-01-01T08:00", 3)];
    const pages = divideIntoPages(
      all,
      ({ time }) => time,
      (members) => members.length > 1 || members[0]?.id === 3,
    );
    expect([...pages.keys()]).toEqual(["2022-02", "2022-01-02", "2022-01-01"]);
  });

  it("changes one page, or divides one, when an article comes in", () => {
    fc.assert(
      fc.property(items, fc.nat(), (all, seed) => {
        const added: Item = {
          id: all.length,
          time: all[seed % Math.max(all.length, 1)]?.time ?? "2022-01-01T00:00",
        };
        const before = pagesOf(all);
        const after = pagesOf([...all, added]);
        const changed = [...before.keys()].filter(
          (name) => after.get(name)?.length !== before.get(name)?.length,
        );
        expect(changed.length).toBeLessThanOrEqual(1);
        const fresh = [...after.keys()].filter((name) => !before.has(name));
        if (changed.length === 1 && fresh.length > 0) {
          expect(fresh.every((name) => name.startsWith(changed[0] ?? "-"))).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("nearestPage", () => {
  const pages = ["2022-03", "2022-02-11", "2022-02-10", "2022-01"].map((name) => ({
    name,
    count: 1,
  }));

  it.each([
    ["2022-02", "2022-02-11"],
    ["2022-01-10", "2022-01"],
    ["2022-02-10T07", "2022-02-10"],
    ["2022-03", "2022-03"],
    ["2022", "2022-03"],
    ["2021-12", null],
    ["2021", null],
    ["202", null],
    ["2", null],
    ["", null],
    ["<script>", null],
  ])("finds for %j the page %j", (name, page) => {
    expect(nearestPage(pages, name)).toBe(page);
  });
});
