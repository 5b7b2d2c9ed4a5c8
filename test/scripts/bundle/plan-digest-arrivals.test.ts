import { describe, expect, it } from "vitest";
import { planRelease } from "../../../scripts/bundle/plan-release.ts";
import { storeArticle } from "../../../scripts/read/article/store-article.ts";
import type { Article } from "../../../src/domain/article.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { Manifest } from "../../../src/store/manifest.ts";
import { NEWSPAPER_ARTICLE } from "../../render/sample-articles.ts";
import { FIXTURE_RENDERERS, FIXTURE_SITE } from "../../seed-worker-tests.ts";

const DAY = 86_400;
/** Half past midnight of a day in Shanghai, and the number of that day. */
const NOW = Date.UTC(2026, 10, 23, 16, 30) / 1000;
const TODAY = Date.UTC(2026, 10, 24) / 1000 / DAY;

const article = (title: string, epochSeconds: number): Article => ({
  ...NEWSPAPER_ARTICLE,
  id: shareIdOf({ name: title, day: Math.floor(epochSeconds / DAY) }),
  title,
  published: { epochSeconds, offsetMinutes: 480 },
  categories: ["city"],
  tags: [],
});

interface Live {
  readonly articles: readonly Article[];
  readonly manifest: Manifest;
}

function publish(articles: readonly Article[], previous: Live | null, now: number): Live {
  const planned = planRelease({
    site: { ...FIXTURE_SITE, feedLength: 3, feedHours: 0 },
    categoryTitles: new Map(),
    articles: articles.map(storeArticle),
    redirects: new Map(),
    prerenderedFeeds: 0,
    articlesPerPack: 16,
    cards: 0,
    drawCard: async () => new Uint8Array(),
    renderers: FIXTURE_RENDERERS,
  });
  const before = new Set(previous?.articles.map(({ id }) => id));
  const added = new Set(articles.map(({ id }) => id).filter((id) => !before.has(id)));
  const release =
    previous === null ? planned : planned.withArrivals({ previous: previous.manifest, added, now });
  const manifest = Manifest.open(
    release.manifestAfter({ previous: previous?.manifest ?? null, now }),
  );
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return { articles, manifest: manifest.value };
}

const arrivalsOf = ({
  articles,
  manifest,
}: Live): readonly (readonly [string | undefined, number])[] =>
  Array.from(manifest.digestArrivals.cameOn, ([id, day]) => [
    articles.find((one) => one.id === id)?.title,
    day,
  ]);

const beyondIn = ({ manifest }: Live, key: string): readonly string[] =>
  manifest.digestArrivals.beyond.get(key)?.map(({ title }) => title) ?? [];

/** One a day for ten days. */
const daily = Array.from({ length: 10 }, (_, day) =>
  article(`daily ${day}`, NOW - (day + 1) * DAY),
);
const evening = article("evening", NOW - 3600);
const old = article("old", NOW - 100 * DAY);
const before = publish(daily, null, NOW - DAY);
const after = publish([...daily, evening, old, article("night", NOW)], before, NOW);

describe("articles that come when the day of their date is over", () => {
  it("are kept in mind with the day on which they came, whatever feed_hours says", () => {
    expect(arrivalsOf(after)).toEqual([
      ["evening", TODAY],
      ["old", TODAY],
    ]);
  });

  it("are named where lists do not reach back to them, with their summary", () => {
    expect([beyondIn(after, ""), beyondIn(after, "c/city")]).toEqual([["old"], ["old"]]);
    expect(after.manifest.digestArrivals.beyond.get("")?.[0]?.lead).toBe(old.summary);
  });

  it("are unknown in a first release, and cost it nothing", () => {
    expect(arrivalsOf(before)).toEqual([]);
  });

  it("are forgotten after a week, or when they are gone", () => {
    const days = (count: number): Live => publish(after.articles, after, NOW + count * DAY);
    expect(arrivalsOf(days(6))).toHaveLength(2);
    expect(arrivalsOf(days(7))).toEqual([]);
    const gone = publish(
      after.articles.filter((one) => one !== old),
      after,
      NOW + DAY,
    );
    expect(arrivalsOf(gone)).toEqual([["evening", TODAY]]);
    expect(beyondIn(gone, "")).toEqual([]);
  });

  it("are no news where they are more than 500 at once", () => {
    const archive = Array.from({ length: 501 }, (_, index) =>
      article(`archive ${index}`, NOW - 400 * DAY + index),
    );
    expect(arrivalsOf(publish([...daily, ...archive], before, NOW))).toEqual([]);
  });
});
