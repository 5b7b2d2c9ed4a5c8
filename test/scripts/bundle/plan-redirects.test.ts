import { describe, expect, it } from "vitest";
import { formatDayNumber, parseDayNumber } from "../../../src/domain/day-number.ts";
import { plainPath } from "../../../src/domain/plain-path.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { PackEntry } from "../../../src/store/pack.ts";
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
const LIMITS = { minimumBytes: 512, maximumBytes: 2048 };

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

function entriesOf(articles: readonly DatedArticle[]): readonly PackEntry[] {
  const redirects = new Map(
    articles.map(({ id, path }): [string, Redirect] => [path, { kind: "article", id }]),
  );
  return planRedirects(redirects, articles, ({ date }) => parseDayNumber(date), LIMITS);
}

function packsOf(articles: readonly DatedArticle[]): ReadonlySet<string> {
  return new Set(planMap(entriesOf(articles), LIMITS, encodePack).map(({ hash }) => hash));
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
    const writes = writesOf(117, 121, (date, title) => `/${date}/${title}.html`);
    expect(Math.max(...writes)).toBeLessThanOrEqual(3);
  });

  it("changes few packs of addresses without a date, whatever day it is", () => {
    const pathOf = (_: string, title: string): string => `/${title}/`;
    const count = packsOf(articlesOf(121, pathOf)).size;
    expect(count).toBeGreaterThan(25);
    // A cycle of two weeks, in which a month begins.
    expect(Math.max(...writesOf(107, 121, pathOf))).toBeLessThan(count / 2);
  });

  it("takes what is four weeks old into the settled packs, and nothing of two weeks", () => {
    const articles = articlesOf(60, (_, title) => `/${title}/`);
    const keys = new Set(entriesOf(articles).map(({ key }) => new TextDecoder().decode(key)));
    const apart = articles.flatMap(({ path }, index) =>
      keys.has(`+${plainPath(path)}`) ? [59 - Math.floor(index / ARTICLES_A_DAY)] : [],
    );
    expect(keys.size).toBe(articles.length);
    expect(Math.max(...apart)).toBeLessThan(28);
    expect(apart.filter((age) => age < 14)).toHaveLength(14 * ARTICLES_A_DAY);
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
        () => FIRST_DAY,
      ).map(({ key }) => new TextDecoder().decode(key));
    expect(keysWith([{ id: shareIdOf(computed) }])).toEqual(["!/2022/01/01/other"]);
    expect(keysWith(other === undefined ? [] : [other])).toEqual(["2022-01-01/2022/01/01/other"]);
  });

  it("depends on the articles alone", () => {
    const articles = articlesOf(40, (_, title) => `/${title}/`);
    expect(packsOf(articles.toReversed())).toEqual(packsOf(articles));
  });
});
