import { describe, expect, it } from "vitest";
import { parseQuery } from "../../src/domain/search-query.ts";
import { encodeTerms } from "../../src/store/encode-search.ts";
import type { Matches } from "../../src/store/match-articles.ts";
import { matchArticles } from "../../src/store/match-articles.ts";
import { Pack, encodePack, packHash } from "../../src/store/pack.ts";
import { TermList } from "../../src/store/term-list.ts";

const ARTICLES = 50_000;

/** Two words that stand in every article, side by side in none, and one in every thousandth. */
const TERMS = new Map(
  [
    { term: "报社", places: [3, 8], every: 1 },
    { term: "新闻", places: [1, 20], every: 1 },
    { term: "泊位", places: [5], every: 1000 },
  ].map(({ term, places, every }) => [
    term,
    Array.from({ length: ARTICLES }, (_, article) =>
      article % every === 0 ? places.flatMap((place) => [article, place]) : [],
    ).flat(),
  ]),
);
const ENTRIES = encodeTerms(TERMS);
const PACK = Pack.open(encodePack(ENTRIES), packHash(ENTRIES));

function matches(typed: string, bytes: number, newest = ARTICLES - 1): Matches {
  const query = parseQuery(typed);
  if (!query.ok || !PACK.ok) throw new Error(typed);
  const pack = PACK.value;
  const work = { bytes, failure: null };
  return matchArticles(
    query.value,
    (term) => [new TermList(pack, term, work)],
    { newest, oldest: 0, most: 3 },
    work,
  );
}

describe("matchArticles", () => {
  it("reads no further than a page needs", () => {
    expect(matches("报社 新闻", 30_000)).toEqual({
      articles: [49_999, 49_998, 49_997],
      unseen: 49_996,
      isUnfinished: false,
    });
  });

  it("passes over what another word excludes", () => {
    const pages = matches("新闻 泊位", 1_000_000);
    expect(pages).toEqual({
      articles: [49_000, 48_000, 47_000],
      unseen: 46_000,
      isUnfinished: false,
    });
  });

  it("says where it stopped when it had done its work, and finds the same in several goes", () => {
    let newest = ARTICLES - 1;
    let goes = 0;
    for (; newest >= 0; goes += 1) {
      const { articles, unseen } = matches("“报社新闻”", 60_000, newest);
      expect(articles).toEqual([]);
      if (unseen === null) break;
      expect(unseen).toBeLessThan(newest);
      newest = unseen;
    }
    expect(goes).toBeGreaterThan(2);
  });

  it.each(["报社 新闻", "“报社新闻”", "新闻 -“报社新闻”", "新闻 -泊位"])(
    "looks at one article at least, however much is to be read for it: %s",
    (typed) => {
      const { articles, unseen } = matches(typed, 1);
      expect(unseen).toBeLessThan(ARTICLES - 1);
      expect(articles.every((article) => article > (unseen ?? 0))).toBe(true);
    },
  );
});
