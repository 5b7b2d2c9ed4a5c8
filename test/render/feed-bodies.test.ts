import { describe, expect, it } from "vitest";
import {
  ARCHIVED_FEED,
  FEED_ON_REQUEST,
  limitsOnRequest,
  PRERENDERED_FEED,
  withBodiesThatFit,
} from "../../src/render/feed-bodies.ts";
import { NEWSPAPER_ARTICLE } from "./sample-articles.ts";

/** The sizes of the bodies that are left; null where one gave way. */
function sizesLeft(
  sizes: readonly (number | null)[],
  limits: Parameters<typeof withBodiesThatFit>[1],
): readonly (number | null)[] {
  const articles = sizes.map((byteLength) => ({
    ...NEWSPAPER_ARTICLE,
    body: byteLength === null ? null : { byteLength },
  }));
  return withBodiesThatFit(articles, limits).map(({ body }) => body?.byteLength ?? null);
}

describe("limitsOnRequest", () => {
  it.each([
    [30, 100],
    [100, 100],
    [102, 100],
    [103, 99],
    [250, 50],
    [500, 10],
  ])("lets of %d entries the newest %d have bodies", (count, entries) => {
    expect(limitsOnRequest(count)).toEqual({ bytes: 1_000_000, entries });
  });
});

describe("withBodiesThatFit", () => {
  it.each([
    ["all that fit", [1, 2, 3], [1, 2, 3]],
    ["the newest first", [4, 4, 4, 4], [4, 4, null, null]],
    ["a smaller one behind one that does not fit", [6, 6, 3], [6, null, 3]],
    ["none that was not there", [4, null, 4], [4, null, 4]],
    ["what fills the room to the last byte", [10, 1], [10, null]],
    ["none that is empty", [0, 4], [null, 4]],
  ])("keeps %s", (_, sizes, left) => {
    expect(sizesLeft(sizes, { bytes: 10, entries: 5 })).toEqual(left);
  });

  it("keeps as many as may have one", () => {
    expect(sizesLeft([1, 1, 1], { bytes: 10, entries: 2 })).toEqual([1, 1, null]);
  });

  it.each([PRERENDERED_FEED, FEED_ON_REQUEST, ARCHIVED_FEED])(
    "keeps none above 200 KB, whatever room there is: %o",
    (limits) => {
      expect(sizesLeft([200_001, 200_000], limits)).toEqual([null, 200_000]);
    },
  );

  it("keeps 500 bodies of 5 KB in a prerendered feed", () => {
    const sizes = Array.from({ length: 500 }, () => 5000);
    expect(sizesLeft(sizes, PRERENDERED_FEED)).toEqual(sizes);
  });
});
