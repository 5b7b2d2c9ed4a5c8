import { describe, expect, it } from "vitest";
import { digestDays, digestReach } from "../../src/domain/digest-days.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { parseShareId } from "../../src/domain/share-id.ts";

const SECONDS_PER_DAY = 86_400;

/** Ids are the numbers of articles; younger ones have higher numbers. */
const idOf = (number: number): ShareId => {
  const id = parseShareId(`000${String(number).padStart(7, "0")}`);
  if (id === null) throw new Error(`${number} is no id`);
  return id;
};

/** Articles of days, newest first: `[[9, 2], [8, 1]]` are two of day 9 and one of day 8. */
function ofDays(...days: readonly (readonly [day: number, count: number])[]) {
  return days.flatMap(([day, count]) =>
    Array.from({ length: count }, (_, index) => ({
      id: idOf(day * 1000 + count - index),
      published: { epochSeconds: day * SECONDS_PER_DAY + count - index, offsetMinutes: 0 },
    })),
  );
}

type Dated = ReturnType<typeof ofDays>[number];

const dayOf = ({ published }: Dated): number =>
  Math.floor(published.epochSeconds / SECONDS_PER_DAY);

function shown(
  newest: readonly Dated[],
  { until = 10, isCut = false, late = [] as readonly Dated[], cameOn = new Map<ShareId, number>() },
) {
  const days = digestDays([{ newest, isCut, late }], until, dayOf, cameOn);
  return days.map(({ day, articles, isWhole }) => [day, articles.length, isWhole]);
}

describe("the days of a digest", () => {
  it("are those that are over, newest first, without days on which nothing was published", () => {
    const articles = ofDays([10, 3], [9, 2], [7, 1]);
    expect(shown(articles, {})).toEqual([
      [9, 2, true],
      [7, 1, true],
    ]);
    expect(shown(articles, { until: 11 })[0]).toEqual([10, 3, true]);
  });

  it("are at most fourteen, and hold at most 600 articles where they are several", () => {
    const daily = Array.from({ length: 20 }, (_, index) => [20 - index, 1] as const);
    expect(shown(ofDays(...daily), { until: 21 })).toHaveLength(14);
    expect(shown(ofDays([9, 300], [8, 300], [7, 1]), {})).toHaveLength(2);
  });

  it("begin with a day of any size, of which 500 are named", () => {
    expect(shown(ofDays([9, 700], [8, 101]), {})).toEqual([[9, 500, false]]);
  });

  it("leave the oldest day of a list out where the list ends before it, unless it is longer than a list", () => {
    expect(shown(ofDays([9, 2], [8, 2]), { isCut: true })).toEqual([[9, 2, true]]);
    expect(shown(ofDays([10, 600], [9, 400]), { isCut: true })).toEqual([[9, 400, false]]);
  });

  it("leave a day out whose articles lists know in part, where those of later days came late", () => {
    const newest = ofDays([10, 2], [9, 1], [8, 1], [7, 1]);
    const cameOn = new Map(newest.slice(2, 4).map(({ id }) => [id, 10]));
    expect(shown(newest, { isCut: true, cameOn })).toEqual([]);
    expect(shown(newest, { isCut: true, cameOn, until: 11 })).toEqual([[10, 4, true]]);
  });

  it("of several lists are those that all of them know", () => {
    const known = (newest: readonly Dated[], isCut: boolean) => ({ newest, isCut, late: [] });
    const parts = [known(ofDays([9, 1], [8, 2]), true), known(ofDays([7, 1]), false)];
    expect(digestDays(parts, 10, dayOf, new Map()).map(({ day }) => day)).toEqual([9]);
  });

  it("have what came late in the day on which it came, once", () => {
    const [late] = ofDays([2, 1]);
    const [evening] = ofDays([8, 1]);
    if (late === undefined || evening === undefined) throw new Error("There is nothing late");
    const cameOn = new Map([
      [late.id, 9],
      [evening.id, 9],
    ]);
    const newest = [...ofDays([9, 2]), evening];
    expect(shown(newest, { late: [late, evening], cameOn })).toEqual([[9, 4, true]]);
    const [day] = digestDays([{ newest: [], isCut: false, late: [late] }], 10, dayOf, cameOn);
    expect(day?.isDated).toBe(false);
  });
});

describe("how many articles lists know for digests", () => {
  it.each([
    ["none of nothing", [], 0],
    [
      "all where there are few days",
      [
        [9, 2],
        [8, 2],
      ],
      4,
    ],
    [
      "three days and one more",
      [
        [9, 2],
        [8, 2],
        [7, 2],
        [6, 2],
      ],
      7,
    ],
    [
      "a thousand at most",
      [
        [9, 999],
        [8, 2],
      ],
      1000,
    ],
  ] as const)("is %s", (_, days, expected) => {
    expect(digestReach(ofDays(...days), dayOf)).toBe(expected);
  });
});
