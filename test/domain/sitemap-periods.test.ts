import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divideIntoPages } from "../../src/domain/archive.ts";
import { sitemapPeriods } from "../../src/domain/sitemap-periods.ts";

const MOST_ARTICLES = 1000;

describe("sitemapPeriods", () => {
  it.each([
    [
      "months",
      [
        ["2022-02", 90],
        ["2022-01", 100],
      ],
      ["2022-02", "2022-01"],
    ],
    [
      "a busy month's days as one where they are few",
      [
        ["2022-02-11", 60],
        ["2022-02-10", 70],
        ["2022-01", 3],
      ],
      ["2022-02", "2022-01"],
    ],
    [
      "days where a month has many",
      [
        ["2022-02-11T07", 99],
        ["2022-02-11T06", 99],
        ["2022-02-10T07:35", 950],
      ],
      ["2022-02-11", "2022-02-10"],
    ],
    ["a minute with all of a day whole", [["2022-02-10T07:35", 5000]], ["2022-02"]],
  ] as const)("makes %s", (_, pages, periods) => {
    expect(sitemapPeriods(pages.map(([name, count]) => ({ name, count })))).toEqual(periods);
  });

  it("puts every page into exactly one period, and few articles into each", () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 6000, size: "max" });
    fc.assert(
      fc.property(minutes, (all) => {
        const pages = [
          ...divideIntoPages(
            all,
            (minute) => new Date(Date.UTC(2022, 0, 1) + minute * 60_000).toISOString().slice(0, 16),
            () => false,
          ),
        ].map(([name, members]) => ({ name, count: members.length }));
        const periods = sitemapPeriods(pages);
        for (const { name } of pages) {
          expect(periods.filter((period) => name.startsWith(period))).toHaveLength(1);
        }
        for (const period of periods) {
          const members = pages.filter(({ name }) => name.startsWith(period));
          const count = members.reduce((sum, page) => sum + page.count, 0);
          expect(count <= MOST_ARTICLES || members.length === 1).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });
});
