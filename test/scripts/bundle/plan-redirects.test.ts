import { describe, expect, it } from "vitest";
import { formatDayNumber } from "../../../src/domain/day-number.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import { encodePack } from "../../../src/store/pack.ts";
import type { Redirect } from "../../../src/store/redirect-entry.ts";
import { planMap } from "../../../src/store/sorted-map.ts";
import type { RedirectArticle } from "../../../scripts/bundle/plan-redirects.ts";
import { planRedirects } from "../../../scripts/bundle/plan-redirects.ts";

interface DatedArticle extends RedirectArticle {
  readonly date: string;
  readonly path: string;
}

/** 2022-01-01. */
const FIRST_DAY = 18_993;
const ARTICLES_A_DAY = 8;
/** So small that there are many packs, and it matters how many are changed. */
const LIMITS = { minimumBytes: 1024, maximumBytes: 4096 };

/** @param pathOf its date and a title in no order */
function articlesOf(
  days: number,
  pathOf: (date: string, title: string) => string,
): readonly DatedArticle[] {
  return Array.from({ length: days * ARTICLES_A_DAY }, (_, index) => {
    const day = FIRST_DAY + Math.floor(index / ARTICLES_A_DAY);
    const date = formatDayNumber(day);
    const identity = { name: `${date}-${index}`, day };
    const path = pathOf(date.replaceAll("-", "/"), contentHash([identity.name]));
    return { id: shareIdOf(identity), date, path };
  });
}

function packsOf(articles: readonly DatedArticle[]): ReadonlySet<string> {
  const redirects = new Map(
    articles.map(({ id, path }): [string, Redirect] => [path, { kind: "article", id }]),
  );
  const entries = planRedirects(redirects, articles, ({ date }) => date.slice(0, "2022-01".length));
  return new Set(planMap(entries, LIMITS, encodePack).map(({ hash }) => hash));
}

/** How many packs each of some days rewrites. */
function writesOf(
  from: number,
  to: number,
  pathOf: Parameters<typeof articlesOf>[1],
): readonly number[] {
  const articles = articlesOf(to, pathOf);
  let before = packsOf(articles.slice(0, (from - 1) * ARTICLES_A_DAY));
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const packs = packsOf(articles.slice(0, (from + index) * ARTICLES_A_DAY));
    const written = packs.difference(before).size;
    before = packs;
    return written;
  });
}

describe("planRedirects", () => {
  it("changes the last packs of addresses with a date", () => {
    const writes = writesOf(361, 365, (date, title) => `/${date}/${title}.html`);
    expect(Math.max(...writes)).toBeLessThanOrEqual(3);
  });

  it("changes few packs of addresses without a date, but for the first day of a month", () => {
    const pathOf = (_: string, title: string): string => `/${title}/`;
    expect(packsOf(articlesOf(365, pathOf)).size).toBeGreaterThan(30);
    // The days from the 26th of November to the 1st of December.
    const writes = writesOf(330, 335, pathOf);
    const [ofNewMonth = 0, ...others] = writes.toReversed();
    expect(Math.max(...others)).toBeLessThanOrEqual(6);
    expect(ofNewMonth).toBeGreaterThan(20);
  });

  it("sets apart a path from which the id of another article would be computed, if that article is there", () => {
    const [one, other] = articlesOf(1, (date, title) => `/${date}/${title}`);
    const computed = { name: "2022-01-01-other", day: FIRST_DAY };
    const keysWith = (articles: readonly RedirectArticle[]): readonly string[] =>
      planRedirects(
        new Map([
          ["/2022/01/01/other.html", { kind: "article", id: one?.id ?? other?.id } as Redirect],
        ]),
        articles,
        () => "2022-01",
      ).map(({ key }) => new TextDecoder().decode(key));
    expect(keysWith([{ id: shareIdOf(computed) }])).toEqual(["!/2022/01/01/other"]);
    expect(keysWith(other === undefined ? [] : [other])).toEqual(["2022-01-01/2022/01/01/other"]);
  });

  it("depends on the articles alone", () => {
    const articles = articlesOf(40, (_, title) => `/${title}/`);
    expect(packsOf(articles.toReversed())).toEqual(packsOf(articles));
  });
});
