import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Article } from "../../../src/domain/article.ts";
import type { Scope } from "../../../src/domain/scope.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { ok } from "../../../src/domain/result.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { ScopeRecord } from "../../../src/store/release-contents.ts";
import { Manifest } from "../../../src/store/manifest.ts";
import { ReleaseStore } from "../../../src/store/release-store.ts";
import { ValueCache } from "../../../src/store/value-cache.ts";
import type { History } from "../../../scripts/bundle/manifest-after.ts";
import type { PlannedRelease, ReleaseInput } from "../../../scripts/bundle/plan-release.ts";
import { planRelease } from "../../../scripts/bundle/plan-release.ts";
import { storeArticle } from "../../../scripts/read/article/store-article.ts";
import { FIXTURE_RENDERERS } from "../../seed-worker-tests.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const FIRST_SECOND = 1_640_000_000;
const SECONDS_PER_DAY = 86_400;

const INPUT: Omit<ReleaseInput, "articles"> = {
  site: {
    title: "江城文摘",
    description: "一座城市的选读",
    url: "https://finews.example",
    language: "zh-CN",
    timeZone: "Asia/Shanghai",
    author: null,
    idAuthority: "finews.example",
    feedLength: 5,
    feedHours: 24,
    icon: null,
    hub: null,
    footer: [],
    baseUrl: "",
  },
  categoryTitles: new Map(),
  redirects: new Map(),
  prerenderedFeeds: 2,
  articlesPerPack: 16,
  cards: 0,
  drawCard: async () => new Uint8Array(),
  renderers: FIXTURE_RENDERERS,
};

const BEGINNING: History = { previous: null, now: FIRST_SECOND };

const articleArbitrary: fc.Arbitrary<Article> = fc
  .record({
    number: fc.nat(1_000_000),
    title: fc.string({ unit: "grapheme", maxLength: 20 }),
    day: fc.nat(90),
    second: fc.nat(SECONDS_PER_DAY - 1),
    categories: fc.uniqueArray(fc.constantFrom("a", "b", "c", "36ke", "(x)"), { maxLength: 3 }),
    tags: fc.uniqueArray(fc.constantFrom("甲", "A/B", "two words", "feed.xml"), { maxLength: 3 }),
    text: fc.string({ unit: "grapheme", maxLength: 200 }),
  })
  .map(({ number, title, day, second, categories, tags, text }) => ({
    id: shareIdOf({ name: String(number), day: 19_000 + day }),
    title,
    published: { epochSeconds: FIRST_SECOND + day * SECONDS_PER_DAY + second, offsetMinutes: 480 },
    updated: null,
    categories,
    tags,
    language: null,
    authors: tags,
    source: null,
    sourceUrl: null,
    summary: text.slice(0, 40),
    image: null,
    characterCount: text.length,
    isPlain: true,
    entryId: null,
    titleBreaks: [],
    body: encoder.encode(`<p>${text.replaceAll(/[<>&]/g, "")}</p>`),
  }));

/** An article, the same for the same seed. */
function sample(seed: number): Article {
  const [article] = fc.sample(articleArbitrary, { numRuns: 1, seed });
  if (article === undefined) throw new Error("There are no samples");
  return article;
}

const articlesArbitrary = fc.uniqueArray(articleArbitrary, {
  selector: ({ id }) => id,
  maxLength: 60,
});

function open(release: PlannedRelease, history: Partial<History> = {}): Manifest {
  const manifest = Manifest.open(release.manifestAfter({ ...BEGINNING, ...history }));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value;
}

/** Reads a release back as the Worker does, out of a map in place of KV. */
function readerOf(release: PlannedRelease): ReleaseStore {
  const values = new Map(release.values.map(({ key, encode }) => [key, encode()]));
  const source = {
    get: async (key: string): Promise<ArrayBuffer | null> => {
      const value = await values.get(key);
      return value === undefined ? null : new Uint8Array(value).buffer;
    },
  };
  return new ReleaseStore(open(release), source, new ValueCache(1_000_000));
}

const plan = (articles: readonly Article[], more: Partial<ReleaseInput> = {}): PlannedRelease =>
  planRelease({ ...INPUT, articles: articles.map(storeArticle), ...more });

/** Titles that do not depend on tags: a new title changes the feeds of every article in the category. */
const TITLES = new Map(["a", "b", "c", "36ke", "(x)"].map((slug) => [slug, slug.toUpperCase()]));

function holds(scope: Scope, article: Article): boolean {
  switch (scope.kind) {
    case "site":
      return true;
    case "category":
      return article.categories.includes(scope.name);
    case "tag":
      return article.tags.includes(scope.name);
    case "author":
      return article.authors.includes(scope.name);
    case "language":
      return article.language === scope.name;
  }
}

const pageOf = (address: string, title: string) => ({
  address,
  title,
  titleBreaks: [],
  language: null,
  summary: "",
  image: null,
  isPlain: true,
  body: encoder.encode("<p>Text.</p>"),
  aliases: [],
});

const keysOf = (release: PlannedRelease, prefix = ""): ReadonlySet<string> =>
  new Set(release.values.map(({ key }) => key).filter((key) => key.startsWith(prefix)));

describe("planRelease", () => {
  it("makes a release out of which every article comes back as it was", async () => {
    await fc.assert(
      fc.asyncProperty(articlesArbitrary, async (articles) => {
        const store = readerOf(plan(articles));
        for (const article of articles) {
          const found = await store.article(article.id);
          if (!found.ok || found.value === null) throw new Error(JSON.stringify(found));
          expect({ ...found.value, body: [...found.value.body] }).toEqual({
            ...article,
            body: [...article.body],
          });
        }
        const missing = await store.article(shareIdOf({ name: "nothing", day: 1 }));
        expect(missing).toEqual({ ok: true, value: null });
      }),
      { numRuns: 30 },
    );
  });

  it("lists every article of every scope on exactly one archive page", async () => {
    await fc.assert(
      fc.asyncProperty(articlesArbitrary, async (articles) => {
        const store = readerOf(plan(articles));
        for (const { scope, count } of store.manifest.scopes()) {
          const pages = await store.pageIndex(scope);
          if (!pages.ok) throw new Error(pages.failure.reason);
          const ids: string[] = [];
          for (const { name } of pages.value) {
            const page = await store.page(scope, name);
            if (!page.ok) throw new Error(page.failure.reason);
            ids.push(...(page.value?.refs ?? []).map(({ id }) => id));
          }
          const members = articles.filter((article) => holds(scope, article));
          expect(count).toBe(members.length);
          expect(ids.toSorted()).toEqual(members.map(({ id }) => id as string).toSorted());
        }
      }),
      { numRuns: 30 },
    );
  });

  it("lets a feed read no more than 32 packs, and shows of what lies in further ones what lists say", async () => {
    const body = encoder.encode(`<p>${"long ".repeat(3000)}</p>`);
    const articles = Array.from({ length: 60 }, (_, day) => ({
      ...sample(day),
      id: shareIdOf({ name: "long", day: 19_000 + day }),
      published: { epochSeconds: FIRST_SECOND - day, offsetMinutes: 480 },
      categories: ["a"],
      summary: `No. ${day}`,
      body,
    }));
    const store = readerOf(plan(articles, { articlesPerPack: 1 }));
    expect(store.manifest.packs("articles")).toHaveLength(60);
    const head = await store.head({ kind: "category", name: "a" });
    const refs = head.ok ? (head.value?.newest ?? []) : [];
    expect(refs.map(({ id }) => id)).toEqual(articles.map(({ id }) => id));
    for (const otherReads of [1, 5]) {
      const read = 32 - otherReads;
      const found = await store.feedArticles(refs, 100, otherReads);
      if (!found.ok) throw new Error(found.failure.reason);
      expect(found.value.map(({ id, title }) => [id, title])).toEqual(
        articles.map(({ id, title }) => [id, title]),
      );
      expect(found.value.findIndex((article) => article.body === null)).toBe(read);
      expect(found.value.slice(31).map(({ summary }) => summary)).toEqual(
        articles.slice(31).map(({ summary }) => summary),
      );
    }
    const twice = refs.slice(0, 20).flatMap((ref) => [ref, ref]);
    const both = await store.feedArticles(twice, 100, 5);
    expect(both.ok && both.value.filter((article) => article.body !== null)).toHaveLength(40);
  });

  it("divides a month into days where its articles lie in more packs than a request may read", async () => {
    const body = encoder.encode(`<p>${"long ".repeat(3000)}</p>`);
    const articles = Array.from({ length: 40 }, (_, number) => ({
      ...sample(1),
      id: shareIdOf({ name: `long ${number}`, day: 19_000 }),
      categories: ["a"],
      published: { epochSeconds: FIRST_SECOND + number * 3600, offsetMinutes: 480 },
      body,
    }));
    const pagesOf = async (articlesPerPack: number): Promise<readonly (string | undefined)[]> => {
      const pages = await readerOf(plan(articles, { articlesPerPack })).pageIndex({
        kind: "category",
        name: "a",
      });
      return pages.ok ? pages.value.map(({ name }) => name) : [];
    };
    expect(await pagesOf(16)).toEqual(["2021-12"]);
    expect(await pagesOf(1)).toEqual(["2021-12-22", "2021-12-21", "2021-12-20"]);
  });

  it("knows whether there are other tags than those in the manifest", () => {
    const manifest = open(plan([{ ...sample(6), categories: ["a"], tags: ["甲"] }]));
    expect(manifest.lacks({ kind: "tag", name: "甲" })).toBe(false);
    expect(manifest.lacks({ kind: "tag", name: "乙" })).toBe(true);
    const tags = Array.from({ length: 5001 }, (_, index) => `tag ${index}`);
    const crowded = open(plan([{ ...sample(6), categories: ["a"], tags }]));
    expect(crowded.lacks({ kind: "tag", name: "乙" })).toBe(false);
    expect(crowded.lacks({ kind: "category", name: "b" })).toBe(true);
  });

  it("knows all authors of three articles, and of those of two as many as make 500 authors", () => {
    const names = (kind: string, count: number): readonly string[] =>
      Array.from({ length: count }, (_, index) => `${kind} ${index}`);
    const [often, twice] = [names("Often", 400), names("Twice", 300)];
    const articles = [1, 2, 3].map((number) => ({
      ...sample(6),
      id: shareIdOf({ name: `by ${number}`, day: 19_000 }),
      authors: number === 3 ? often : [...often, ...twice],
    }));
    const known = readerOf(plan(articles))
      .manifest.scopes()
      .filter(({ scope }) => scope.kind === "author");
    expect(known.filter(({ count }) => count === 3)).toHaveLength(400);
    expect(known.filter(({ count }) => count === 2)).toHaveLength(100);
  });

  it("knows the authors of several articles, and finds those of one without the manifest", async () => {
    const byAuthors = (second: number, authors: readonly string[]): Article => ({
      ...sample(6),
      id: shareIdOf({ name: `by ${second}`, day: 19_000 }),
      published: { epochSeconds: FIRST_SECOND + second, offsetMinutes: 480 },
      authors,
    });
    const articles = [byAuthors(1, ["张三", "新华社"]), byAuthors(2, ["张三", "张三", "李四"])];
    const store = readerOf(plan(articles));
    const named = store.manifest.scopes().filter(({ scope }) => scope.kind === "author");
    expect(named).toMatchObject([{ scope: { kind: "author", name: "张三" }, count: 2 }]);
    expect(store.manifest.lacks({ kind: "author", name: "李四" })).toBe(false);
    expect(await store.head({ kind: "author", name: "李四" })).toMatchObject({
      value: { count: 1 },
    });
    expect(await store.head({ kind: "author", name: "新华社" })).toEqual({ ok: true, value: null });

    const without = readerOf(plan(articles, { site: { ...INPUT.site, authors: false } }));
    expect(await without.head({ kind: "author", name: "张三" })).toEqual({ ok: true, value: null });
  });

  it("is the same whatever order the articles come in, and whatever the clock says", () => {
    fc.assert(
      fc.property(articlesArbitrary, fc.nat(), (articles, now) => {
        const release = plan(articles);
        const other = plan(articles.toReversed());
        expect(keysOf(other)).toEqual(keysOf(release));
        expect(open(other, { now }).release).toBe(open(release).release);
      }),
      { numRuns: 30 },
    );
  });

  it("keeps the moment of feeds that did not change, and moves that of those that did", () => {
    fc.assert(
      fc.property(articlesArbitrary, articleArbitrary, (articles, added) => {
        fc.pre(articles.every(({ id }) => id !== added.id));
        const before = open(plan(articles, { categoryTitles: TITLES }));
        const later = FIRST_SECOND + 1000;
        const after = open(plan([...articles, added], { categoryTitles: TITLES }), {
          previous: before,
          now: later,
        });
        for (const { scope, digest, changedAt } of after.scopes()) {
          const known = before.scope(scope);
          const isSame = known?.digest === digest;
          expect(changedAt).toBe(isSame ? FIRST_SECOND : later);
          if (!holds(scope, added)) expect(isSame).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("names a change by a moment that is later than all before it", () => {
    const [first, second] = [sample(1), sample(2)];
    const before = open(plan([first]), { now: FIRST_SECOND + 900 });
    const other = { ...second, categories: ["c"] };
    const after = open(plan([first, other]), { previous: before, now: FIRST_SECOND });
    const renderers = { ...FIXTURE_RENDERERS, atom: contentHash(["atom 2"]) };
    const last = open(plan([first, other], { renderers }), { previous: after, now: FIRST_SECOND });
    expect(after.scope({ kind: "category", name: "c" })?.changedAt).toBe(FIRST_SECOND + 901);
    expect(last.formats.atom.changedAt).toBe(FIRST_SECOND + 902);
  });

  it("never lets a moment stand still or go back, even where the machine's clock does", () => {
    const [first, second] = [sample(1), sample(2)];
    const before = open(plan([first]));
    const after = open(plan([first, second]), { previous: before, now: FIRST_SECOND - 500 });
    expect(after.scope({ kind: "site" })?.changedAt).toBe(FIRST_SECOND + 1);
  });

  it("moves a format's own validators where only its code changes, and writes no list anew", () => {
    const articles = fc.sample(articleArbitrary, { numRuns: 20, seed: 4 });
    const release = plan(articles);
    const before = open(release);
    const renderers = { ...FIXTURE_RENDERERS, rss: contentHash(["rss 2"]) };
    const next = plan(articles, { renderers });
    const after = open(next, { previous: before, now: FIRST_SECOND + 1000 });

    expect(keysOf(next, "p/")).toEqual(keysOf(release, "p/"));
    expect(keysOf(next, "e/")).not.toEqual(keysOf(release, "e/"));
    expect(after.release).not.toBe(before.release);
    expect(after.content).toBe(before.content);
    expect(after.formats).toEqual({
      ...before.formats,
      rss: { renderer: renderers.rss, changedAt: FIRST_SECOND + 1000 },
    });
    const states = ({ scope, digest, changedAt }: ScopeRecord): object => ({
      scope,
      digest,
      changedAt,
    });
    expect(after.scopes().map(states)).toEqual(before.scopes().map(states));
  });

  it("moves the validators of pages where their code changes, and of no feed", () => {
    const articles = fc.sample(articleArbitrary, { numRuns: 20, seed: 4 });
    const release = plan(articles);
    const before = open(release);
    const next = plan(articles, {
      renderers: { ...FIXTURE_RENDERERS, page: contentHash(["page 2"]) },
    });
    const after = open(next, { previous: before, now: FIRST_SECOND + 1000 });
    expect(keysOf(next)).toEqual(keysOf(release));
    expect(after.pageBasis).not.toBe(before.pageBasis);
    expect(after.content).not.toBe(before.content);
    expect(after.formats).toEqual(before.formats);
    expect(after.scopes()).toEqual(before.scopes());
  });

  it("leaves feeds alone where a setting changes that they do not show", () => {
    const articles = fc.sample(articleArbitrary, { numRuns: 20, seed: 4 });
    const release = plan(articles);
    const footer = [{ text: "imprint", url: null }];
    const next = plan(articles, { site: { ...INPUT.site, footer } });
    expect(keysOf(next)).toEqual(keysOf(release));
    expect(open(next).pageBasis).not.toBe(open(release).pageBasis);
  });

  it("moves the validators of pages, and of no feed, where the theme changes", () => {
    const articles = fc.sample(articleArbitrary, { numRuns: 20, seed: 4 });
    const before = open(plan(articles));
    const theme = { light: { accent: "#0b5a43" }, dark: {} };
    const next = plan(articles, { site: { ...INPUT.site, theme } });
    const after = open(next, { previous: before, now: FIRST_SECOND + 1000 });
    expect(after.pageBasis).not.toBe(before.pageBasis);
    expect(after.formats).toEqual(before.formats);
    expect(after.scopes()).toEqual(before.scopes());
  });

  it("is as it was where there are no pages, and touches one pack of articles where there is one", async () => {
    const articles = fc.sample(articleArbitrary, { numRuns: 60, seed: 6 });
    const release = plan(articles);
    expect(release.manifestAfter(BEGINNING)).toEqual(
      plan(articles, { pages: [] }).manifestAfter(BEGINNING),
    );
    const about = pageOf("/about/", "About us");
    const withPage = plan(articles, { pages: [about] });
    expect(keysOf(withPage).difference(keysOf(release)).size).toBe(1);
    const edited = plan(articles, { pages: [{ ...about, title: "About" }] });
    expect(keysOf(edited).difference(keysOf(withPage)).size).toBe(1);
    expect(open(edited).release).not.toBe(open(withPage).release);
    expect(open(withPage).formats).toEqual(open(release).formats);
    expect(open(withPage).scopes()).toEqual(open(release).scopes());
    const store = readerOf(withPage);
    const { aliases: _, ...shown } = about;
    const read = await store.sitePage("/about/");
    expect(read).toMatchObject({ ok: true, value: { ...shown, body: Buffer.from(shown.body) } });
    expect(await store.sitePage("/nowhere/")).toEqual(ok(null));
    for (const { id } of articles) {
      expect(await store.hasArticle(id)).toEqual(ok(true));
      const found = await store.articleToReadOn(id);
      const related = found.ok ? (found.value?.related ?? []) : [];
      expect(related.every((other) => articles.some((each) => each.id === other.id))).toBe(true);
    }
  });

  it("finds pages by every spelling of their addresses, each its own", () => {
    const pages = [
      { ...pageOf("/about.html", "a"), aliases: ["/us/", "/about/team"] },
      pageOf("/about/", "b"),
      pageOf("/关于/", "c"),
      pageOf("/about/team/", "d"),
    ];
    const manifest = open(plan([], { pages }));
    const leadsTo = (path: string): string | null => manifest.pageAt(path);
    expect(["/about.html", "/about", "/about/", "/about/index.html"].map(leadsTo)).toEqual([
      "/about.html",
      "/about.html",
      "/about/",
      "/about.html",
    ]);
    expect(["/us/", "/us", "/us.html", "/关于", "/关于.html"].map(leadsTo)).toEqual([
      "/about.html",
      "/about.html",
      "/about.html",
      "/关于/",
      "/关于/",
    ]);
    expect(["/about/team", "/about/team/", "/", "", "/About", "/about/x"].map(leadsTo)).toEqual([
      "/about/team/",
      "/about/team/",
      null,
      null,
      null,
      null,
    ]);
  });

  it("renders no feed before it is written", async () => {
    const article = sample(5);
    const { entry, ...header } = storeArticle(article);
    const deflate = (): never => {
      throw new Error("a body was read");
    };
    const { prerenderedFeeds } = planRelease({
      ...INPUT,
      articles: [{ ...header, entry: { ...entry, deflate } }],
    });
    await expect(prerenderedFeeds[0]?.encode()).rejects.toThrow("a body was read");
  });

  it("gives back the bytes of a manifest's strings", () => {
    const article = sample(3);
    const manifest = open(plan([{ ...article, categories: ["36ke", "(x)"], tags: ["甲"] }]));
    expect(manifest.scope({ kind: "category", name: "36ke" })?.title).toBe("甲");
    // A name that people can read stays.
    expect(manifest.scope({ kind: "category", name: "(x)" })?.title).toBe("(x)");
    expect(decoder.decode(manifest.packs("articles")[0]?.firstKey)).toBe(article.id);
  });
});
