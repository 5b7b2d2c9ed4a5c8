import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareNewestFirst } from "../../src/domain/article.ts";
import { feedWindow, isLate, reachOf, withLateArticles } from "../../src/domain/feed-window.ts";
import type { ShareId } from "../../src/domain/share-id.ts";

const HOUR = 3600;

interface Dated {
  readonly id: ShareId;
  readonly published: { readonly epochSeconds: number; readonly offsetMinutes: number };
}

/** Articles of so many hours ago, newest first; those of the same hour have the same moment. */
function agedHours(...ages: readonly number[]): readonly Dated[] {
  return ages.map((age, index) => ({
    id: String(9999 - index) as ShareId,
    published: { epochSeconds: -age * HOUR, offsetMinutes: 0 },
  }));
}

const agesOf = (articles: readonly Dated[]): readonly number[] =>
  articles.map(({ published }) => -published.epochSeconds / HOUR);

const hours = (count: number): readonly number[] => Array.from({ length: count }, (_, age) => age);

describe("feedWindow", () => {
  it.each([
    ["the newest, however old they are", [0, 100, 200, 300], 3, 24, [0, 100, 200]],
    ["all of a day before the newest", [0, 1, 23, 24, 25], 2, 24, [0, 1, 23, 24]],
    ["all of one moment, whatever their names are", [0, 0, 0, 0], 2, 24, [0, 0, 0, 0]],
    ["the newest alone where the hours are off", [0, 0, 0, 1], 2, 0, [0, 0]],
    ["what there is", [], 2, 24, []],
  ])("holds %s", (_, ages, feedLength, feedHours, shown) => {
    expect(agesOf(feedWindow(agedHours(...ages), { feedLength, feedHours }))).toEqual(shown);
  });

  it("holds all episodes of a podcast", () => {
    const site = {
      feedLength: 2,
      feedHours: 24,
      podcast: {
        categories: ["talk"],
        genre: [],
        image: null,
        isExplicit: false,
        ownerEmail: null,
      },
    };
    const weekly = agedHours(...Array.from({ length: 600 }, (_, week) => week * 168));
    const shown = (name: string): number =>
      feedWindow(weekly, reachOf({ kind: "category", name }, site)).length;
    expect([shown("talk"), shown("news")]).toEqual([500, 2]);
    expect(reachOf({ kind: "tag", name: "talk" }, site)).toBe(site);
  });

  it("holds 500 at most", () => {
    const burst = agedHours(...Array.from({ length: 600 }, () => 0));
    expect(feedWindow(burst, { feedLength: 30, feedHours: 24 })).toHaveLength(500);
  });
});

describe("withLateArticles", () => {
  const window = agedHours(...hours(3));

  it("is the window where nothing came late, or what did is there already", () => {
    expect(withLateArticles(window, [])).toBe(window);
    expect(withLateArticles(window, window.slice(1))).toBe(window);
  });

  it("puts what came late where its date belongs, each once", () => {
    const late = agedHours(0, 0, 0, 0, 50, 49);
    const [fifty, fortyNine] = late.slice(4);
    if (fifty === undefined || fortyNine === undefined) throw new Error("There are too few");
    const shown = withLateArticles(window, [fifty, fortyNine, fifty]);
    expect(agesOf(shown)).toEqual([0, 1, 2, 49, 50]);
  });

  it("leaves the oldest of the window out where there would be more than 500, and nothing that came late", () => {
    const full = agedHours(...hours(500));
    const late = agedHours(...hours(510)).slice(500);
    expect(agesOf(withLateArticles(full, late))).toEqual([...hours(490), ...hours(510).slice(500)]);
  });

  it("is in the order that lists have, whatever came late", () => {
    const dated = fc.record({
      id: fc.uuid().map((text) => text as unknown as ShareId),
      published: fc.record({
        epochSeconds: fc.nat(5),
        offsetMinutes: fc.constant(0),
      }),
    });
    fc.assert(
      fc.property(fc.array(dated), fc.array(dated), (some, late) => {
        const shown = withLateArticles(some.toSorted(compareNewestFirst), late);
        expect(shown).toEqual(shown.toSorted(compareNewestFirst));
      }),
    );
  });
});

describe("isLate", () => {
  const reach = { feedLength: 30, feedHours: 24 };

  it.each([
    [0, false],
    [6, false],
    [6.01, true],
    [72, true],
  ])("of an article that comes %d hours after its date is %s", (age, late) => {
    const [article] = agedHours(age);
    expect(article && isLate(article, reach, 0)).toBe(late);
  });
});
