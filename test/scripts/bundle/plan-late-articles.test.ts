import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { PlannedRelease } from "../../../scripts/bundle/plan-release.ts";
import { planRelease } from "../../../scripts/bundle/plan-release.ts";
import { storeArticle } from "../../../scripts/read/article/store-article.ts";
import type { Article } from "../../../src/domain/article.ts";
import type { Scope } from "../../../src/domain/scope.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { Manifest } from "../../../src/store/manifest.ts";
import { gzippedDocument } from "../../../src/store/prerendered-feed.ts";
import { NEWSPAPER_ARTICLE } from "../../render/sample-articles.ts";
import { FIXTURE_RENDERERS, FIXTURE_SITE } from "../../seed-worker-tests.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const NOW = 1_790_000_000;
const SITE: Scope = { kind: "site" };
const CITY: Scope = { kind: "category", name: "city" };
const PORT: Scope = { kind: "category", name: "port" };

/** An article in "city", unless told otherwise. */
function article(title: string, epochSeconds: number, category = "city"): Article {
  return {
    ...NEWSPAPER_ARTICLE,
    id: shareIdOf({ name: title, day: Math.floor(epochSeconds / DAY) }),
    title,
    published: { epochSeconds, offsetMinutes: 0 },
    updated: null,
    categories: [category],
    tags: [],
  };
}

/** So many of the hours before a moment, newest first. */
const hourly = (count: number, before: number, category?: string): readonly Article[] =>
  Array.from({ length: count }, (_, hour) =>
    article(`${category} of ${before - hour * HOUR}`, before - hour * HOUR, category),
  );

/** A release that is live, and what it was made of. */
interface Live {
  readonly articles: readonly Article[];
  readonly release: PlannedRelease;
  readonly manifest: Manifest;
}

function publish(articles: readonly Article[], previous: Live | null, now: number): Live {
  const planned = planRelease({
    site: { ...FIXTURE_SITE, feedLength: 3 },
    categoryTitles: new Map(["city", "port"].map((name) => [name, name])),
    articles: articles.map(storeArticle),
    redirects: new Map(),
    prerenderedFeeds: 1,
    articlesPerPack: 16,
    cards: 0,
    drawCard: async () => new Uint8Array(),
    renderers: FIXTURE_RENDERERS,
  });
  const before = new Set(previous?.articles.map(({ id }) => id));
  const added = new Set(articles.map(({ id }) => id).filter((id) => !before.has(id)));
  const release =
    previous === null ? planned : planned.withArrivals({ previous: previous.manifest, added, now });
  const bytes = release.manifestAfter({ previous: previous?.manifest ?? null, now });
  const manifest = Manifest.open(bytes);
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return { articles, release, manifest: manifest.value };
}

const lateIn = ({ manifest }: Live, scope: Scope): readonly string[] =>
  manifest.late(scope)?.articles.map(({ title }) => title) ?? [];

/** The titles in a prerendered feed, which is found by what the manifest says. */
async function titlesIn({ manifest, release }: Live, scope: Scope): Promise<readonly string[]> {
  const key = manifest.scope(scope)?.prerendered ?? "";
  const value = await release.values.find((one) => one.key === key)?.encode();
  const zipped = gzippedDocument(new Uint8Array(value ?? []), key, "json", "texts");
  if (!zipped.ok) throw new Error(zipped.failure.detail);
  const { items } = JSON.parse(gunzipSync(zipped.value).toString()) as {
    readonly items: readonly { readonly title: string }[];
  };
  return items.map(({ title }) => title);
}

/** The city's paper with a day and a half behind it, and the port's, of which the last article is old. */
const before = publish(
  [...hourly(36, NOW, "city"), ...hourly(5, NOW - 10 * DAY, "port")],
  null,
  NOW,
);
const lateOne = article("late", NOW - 2 * DAY);
const after = publish([...before.articles, lateOne], before, NOW + HOUR);

describe("an article that comes two days after its date", () => {
  it("is in the feeds of its scopes, behind all that is newer, though a day of others is before it", async () => {
    for (const scope of [SITE, CITY]) {
      const shown = await titlesIn(after, scope);
      expect(shown.at(-1)).toBe("late");
      expect(shown).toHaveLength(26);
      expect(lateIn(after, scope)).toEqual(["late"]);
    }
    expect(lateIn(after, PORT)).toEqual([]);
  });

  it("changes the validators of those feeds, and of no other", () => {
    const records = (live: Live, scope: Scope): unknown => {
      const record = live.manifest.scope(scope);
      return [record?.digest, record?.changedAt];
    };
    expect(records(after, SITE)).not.toEqual(records(before, SITE));
    expect(records(after, CITY)).not.toEqual(records(before, CITY));
    expect(records(after, PORT)).toEqual(records(before, PORT));
  });

  it("leaves the release's id as it would be without history", () => {
    const withoutHistory = publish(after.articles, null, NOW);
    expect(after.manifest.release).toBe(withoutHistory.manifest.release);
    expect(after.manifest.content).toBe(withoutHistory.manifest.content);
    expect(lateIn(withoutHistory, SITE)).toEqual([]);
  });

  it("stays for a day, and then goes with the next change", () => {
    const lighthouse = article("lighthouse", NOW + 20 * HOUR);
    const nextDay = publish([...after.articles, lighthouse], after, NOW + 20 * HOUR);
    expect(lateIn(nextDay, SITE)).toEqual(["late"]);
    const bridge = article("bridge", NOW + 26 * HOUR);
    const later = publish([...nextDay.articles, bridge], nextDay, NOW + 26 * HOUR);
    expect(lateIn(later, SITE)).toEqual([]);
  });

  it("stays in a feed that nothing changes, which so keeps its validators", () => {
    const ferry = article("ferry", NOW + 2 * DAY, "port");
    const later = publish([...after.articles, ferry], after, NOW + 2 * DAY);
    expect(lateIn(later, SITE)).toEqual([]);
    expect(lateIn(later, CITY)).toEqual(["late"]);
    expect(later.manifest.scope(CITY)).toEqual(after.manifest.scope(CITY));
  });

  it("is the same in a release that is deployed again", () => {
    const again = publish(after.articles, after, NOW + 2 * DAY);
    expect(again.manifest.scopes()).toEqual(after.manifest.scopes());
    expect(again.manifest.lateScopes()).toEqual(after.manifest.lateScopes());
  });

  it("changes the feeds when it is edited, and leaves them when it is removed", () => {
    const edited = { ...lateOne, body: new TextEncoder().encode("<p>edited</p>") };
    const corrected = publish([...before.articles, edited], after, NOW + 2 * HOUR);
    expect(lateIn(corrected, CITY)).toEqual(["late"]);
    const digestOf = ({ manifest }: Live): unknown => manifest.scope(CITY)?.digest;
    expect(digestOf(corrected)).not.toBe(digestOf(after));
    const removed = publish(before.articles, after, NOW + 2 * HOUR);
    expect(removed.manifest.lateScopes()).toEqual([]);
    expect(digestOf(removed)).toBe(digestOf(before));
  });

  it("changes nothing where its date brings it into the feed", () => {
    const few = publish(hourly(2, NOW), null, NOW);
    const more = publish([...few.articles, lateOne], few, NOW + HOUR);
    const dated = publish(more.articles, null, NOW);
    expect(more.manifest.scope(SITE)?.digest).toBe(dated.manifest.scope(SITE)?.digest);
    expect(more.manifest.scope(SITE)?.prerendered).toBe(dated.manifest.scope(SITE)?.prerendered);
  });

  it("is no news where feed_hours is 0", () => {
    const planned = planRelease({
      site: { ...FIXTURE_SITE, feedLength: 3, feedHours: 0 },
      categoryTitles: new Map(),
      articles: after.articles.map(storeArticle),
      redirects: new Map(),
      prerenderedFeeds: 1,
      articlesPerPack: 16,
      cards: 0,
      drawCard: async () => new Uint8Array(),
      renderers: FIXTURE_RENDERERS,
    });
    const release = planned.withArrivals({
      previous: after.manifest,
      added: new Set([lateOne.id]),
      now: NOW,
    });
    const manifest = Manifest.open(release.manifestAfter({ previous: null, now: NOW }));
    expect(manifest.ok && manifest.value.lateScopes()).toEqual([]);
  });
});

describe("many that come late at once", () => {
  const archive = (count: number): readonly Article[] =>
    Array.from({ length: count }, (_, number) =>
      article(`old ${number}`, NOW - 400 * DAY + number),
    );

  it("are all in the feed, where it has room for them", async () => {
    const live = publish([...before.articles, ...archive(60)], before, NOW + HOUR);
    expect(await titlesIn(live, SITE)).toEqual(
      expect.arrayContaining(archive(60).map(({ title }) => title)),
    );
  });

  it("are an archive and no news, where they are more than a feed may hold", () => {
    const live = publish([...before.articles, ...archive(501)], before, NOW + HOUR);
    expect(live.manifest.lateScopes()).toEqual([]);
  });

  it("are 500 at most, those that came last", () => {
    const many = publish([...before.articles, ...archive(499)], before, NOW + HOUR);
    const more = [article("x", NOW - 3 * DAY), article("y", NOW - 3 * DAY)];
    const live = publish([...many.articles, ...more], many, NOW + 2 * HOUR);
    expect(lateIn(live, SITE)).toHaveLength(500);
    expect(lateIn(live, SITE)).toEqual(expect.arrayContaining(["x", "y"]));
  });
});

describe("articles of one moment", () => {
  it("are all in the feed, whatever they are called, in one order", async () => {
    const midnight = NOW - 5 * DAY;
    const sameDay = Array.from({ length: 20 }, (_, number) => article(`day ${number}`, midnight));
    const live = publish([...before.articles, ...sameDay], before, NOW + HOUR);
    const ids = sameDay.map(({ id, title }) => ({ id, title }));
    const ordered = ids.toSorted((a, b) => (a.id < b.id ? 1 : -1)).map(({ title }) => title);
    expect((await titlesIn(live, SITE)).slice(-20)).toEqual(ordered);
    expect((await titlesIn(live, CITY)).slice(-20)).toEqual(ordered);
  });
});
