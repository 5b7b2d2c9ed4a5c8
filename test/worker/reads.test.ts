import { describe, expect, inject, it } from "vitest";
import { combine } from "../../src/domain/combination.ts";
import { feedPath, listPath, sharePath } from "../../src/domain/links.ts";
import type { NamedScope, Scope } from "../../src/domain/scope.ts";
import { SITE_SCOPE } from "../../src/domain/scope.ts";
import { renderOpml } from "../../src/render/opml.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import { env } from "cloudflare:workers";
import type { Env } from "../../src/http/env.ts";
import { openSite } from "./open-site.ts";

/** DESIGN's budget of KV reads, over generated articles in 2,000 categories. */
const site = await openSite(inject("generated"));
const store = new ReleaseStore(
  site.manifest,
  (env as unknown as Env).RELEASES,
  new ValueCache(1e9),
);

const categories = site.manifest.scopes().filter(({ scope }) => scope.kind === "category");
const bySize = categories.toSorted((a, b) => b.count - a.count);
const busiest = scopeAt(0);
const tagScope =
  site.manifest.scopes().find(({ scope }) => scope.kind === "tag")?.scope ?? SITE_SCOPE;
/** Without a prerendered feed, and with as many articles as a feed holds. */
const rendered = bySize
  .filter(({ prerendered, count }) => prerendered === null && count >= 3)
  .slice(0, 200);

function scopeAt(index: number): Scope {
  const record = bySize[index];
  if (record === undefined) throw new Error("There are too few categories");
  return record.scope;
}

function named(index: number): NamedScope {
  const scope = scopeAt(index);
  if (scope.kind !== "category") throw new Error("This is no category");
  return scope;
}

async function readsOf(
  path: string,
  init?: RequestInit,
): Promise<{ status: number; reads: number; rounds: number }> {
  const response = await site.fetch(path, init);
  await response.arrayBuffer();
  const { keys, rounds } = site.lastReads();
  return { status: response.status, reads: keys.length, rounds };
}

describe("KV reads in a cold isolate", () => {
  it("has the articles it is about", () => {
    expect(site.manifest.articleCount).toBe(12_000);
    expect(categories.length).toBeGreaterThan(1500);
    expect(rendered.length).toBe(200);
  });

  it.each([
    ["the site", feedPath(SITE_SCOPE, "rss")],
    ["a category with a prerendered feed", feedPath(busiest, "atom")],
    ["a category without one", feedPath(scopeAt(100), "json")],
    ["a tag", feedPath(tagScope, "rss")],
  ])("are none for a 304 of a feed of %s", async (_, path) => {
    const entityTag = (await site.fetch(path)).headers.get("ETag") ?? "";
    const answer = await readsOf(path, { headers: { "If-None-Match": entityTag } });
    expect(answer).toEqual({ status: 304, reads: 0, rounds: 0 });
  });

  it.each([
    ["the site's feed", feedPath(SITE_SCOPE, "rss")],
    ["a busy category's feed", feedPath(busiest, "json")],
  ])("are one for %s", async (_, path) => {
    expect(await readsOf(path)).toEqual({ status: 200, reads: 1, rounds: 1 });
  });

  it("are one for a share page", async () => {
    const head = await store.head(busiest);
    if (!head.ok) throw new Error(head.failure.reason);
    const newest = head.value?.newest ?? [];
    expect(newest).toHaveLength(30);
    for (const { id } of newest) {
      expect(await readsOf(sharePath(id))).toEqual({ status: 200, reads: 1, rounds: 1 });
    }
  });

  it.each([
    "/html_News/NewsShare.html?infoCode=NW202201100000000001",
    "/jiangchengribao/2022/01/10/NW202201100000000001.html",
    "/harbour.html",
  ])("are one for the redirect of %s", async (path) => {
    const old = await openSite(inject("fixtures"));
    const response = await old.fetch(path);
    expect(response.status).toBe(301);
    expect(old.lastReads().keys).toHaveLength(1);
  });

  it("are two at most for the home page, lists and archive lists", async () => {
    const index = await store.pageIndex(busiest);
    if (!index.ok) throw new Error(index.failure.reason);
    const pages = index.value.map(({ name }) => listPath(busiest, name));
    const lists = [0, 1, 10, 100, 1000].map((at) => listPath(scopeAt(at)));
    for (const path of ["/", ...lists, ...pages]) {
      const answer = await readsOf(path);
      expect(answer.status).toBe(200);
      expect(answer.reads, path).toBeLessThanOrEqual(2);
    }
  });

  it("are two at most for every sitemap, and all of them together list every article once", async () => {
    expect((await readsOf("/sitemap.xml")).reads).toBe(1);
    const index = await (await site.fetch("/sitemap.xml")).text();
    const addresses = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = ""]) => url);
    expect(addresses.length).toBeGreaterThan(5);
    const articles: string[] = [];
    for (const address of addresses) {
      const response = await site.fetch(address);
      expect(response.status).toBe(200);
      expect(site.lastReads().keys.length, address).toBeLessThanOrEqual(2);
      const urls = (await response.text()).matchAll(/<loc>([^<]+)<\/loc>/g);
      articles.push(...[...urls].map(([, url = ""]) => url));
    }
    expect(articles).toHaveLength(site.manifest.articleCount);
    expect(new Set(articles).size).toBe(site.manifest.articleCount);
  });

  it("is one for the list of all feeds, which is the same as if it were made now", async () => {
    expect(await readsOf("/feeds.opml")).toEqual({ status: 200, reads: 1, rounds: 1 });
    const made = new TextDecoder().decode(renderOpml(site.manifest.site, site.manifest.scopes()));
    expect(await (await site.fetch("/feeds.opml")).text()).toBe(made);
    const headers = { "Accept-Encoding": "gzip" };
    const { body } = await site.fetch("/feeds.opml", { headers });
    const unzipped = body?.pipeThrough(new DecompressionStream("gzip"));
    expect(await new Response(unzipped).text()).toBe(made);
  });

  it("are none for the page of a feed that people open", async () => {
    const headers = { "Sec-Fetch-Dest": "document" };
    const answer = await readsOf(feedPath(busiest, "rss"), { headers });
    expect(answer).toEqual({ status: 200, reads: 0, rounds: 0 });
  });

  it("are none for a 304 of a combined feed, and 32 at most for the feed", async () => {
    // As many as there may be, whose newest articles lie in as many packs as possible.
    const scopes = [160, 170, 180, 190].map(named);
    const path = feedPath(combine(named(150), ...scopes), "atom");
    const entityTag = (await site.fetch(path)).headers.get("ETag") ?? "";
    const headers = { "If-None-Match": entityTag };
    expect(await readsOf(path, { headers })).toEqual({ status: 304, reads: 0, rounds: 0 });
    const { status, reads, rounds } = await readsOf(path);
    expect([status, rounds]).toEqual([200, 2]);
    expect(reads).toBeGreaterThan(16);
    expect(reads).toBeLessThanOrEqual(32);
  });

  it("are 32 at most for a feed of any page of an archive", async () => {
    for (const scope of [SITE_SCOPE, busiest, scopeAt(3)]) {
      const index = await store.pageIndex(scope);
      if (!index.ok) throw new Error(index.failure.reason);
      for (const { name } of index.value.slice(0, 20)) {
        const { status, reads } = await readsOf(feedPath(scope, "atom", name));
        expect(status).toBe(200);
        expect(reads, name).toBeLessThanOrEqual(32);
      }
    }
  });

  // The manifest knows all categories, and all tags where they are not more than it has room for.
  it.each([
    ["an id of no article", "/s/7zz0000000", 404, 2],
    ["what is no id", "/s/nothing-such", 404, 0],
    ["an old share page", "/html_News/NewsShare.html?infoCode=NW202201109999999999", 404, 2],
    ["a permalink, whose day may be late", "/x/2022/01/10/nothing.html", 404, 4],
    ["any other path", "/wp-login.php", 404, 1],
    ["a category", "/category/nothing", 404, 1],
    ["a category's feed", "/category/nothing/feed.xml", 404, 1],
    ["a tag", "/tag/nothing", 404, 1],
    ["a tag's old page", "/tag/nothing.html", 404, 1],
    ["a tag's feed", "/tag/nothing/atom.xml", 404, 1],
    ["a page of a tag's archive", "/tag/nothing?page=2022-01", 404, 0],
    ["a page of the archive", "/?page=1999-01", 404, 2],
    ["a feed of such a page", "/feed.xml?page=1999-01", 404, 2],
    ["two categories together", "/feed.xml?category=no&category=none", 404, 2],
    ["more than five together", "/feed.xml?tag=a&tag=b&tag=c&tag=d&tag=e&tag=f", 400, 0],
    ["a share card", "/c/7zz0000000-0123456789abcdef.png", 404, 2],
    ["an embedded page", "/oembed?url=/s/7zz0000000", 404, 2],
    ["a sitemap", "/sitemap-1999-01.xml", 404, 2],
  ])("are at most four for an unknown address: %s", async (_, path, expected, most) => {
    for (const release of [site, await openSite(inject("fixtures"))]) {
      const response = await release.fetch(path);
      expect(response.status).toBe(expected);
      expect(release.lastReads().keys.length).toBeLessThanOrEqual(most);
    }
  });

  it("are 32 at most, in two rounds, for any other feed", async () => {
    const counts: number[] = [];
    for (const { scope } of rendered) {
      const answer = await readsOf(feedPath(scope, "rss"));
      expect(answer.status).toBe(200);
      expect(answer.reads).toBeLessThanOrEqual(32);
      expect(answer.rounds).toBeLessThanOrEqual(2);
      counts.push(answer.reads);
    }
    const sorted = counts.toSorted((a, b) => a - b);
    console.log(
      `KV reads of ${sorted.length} feeds without a prerendered feed: median ${sorted[sorted.length / 2]}, worst ${sorted.at(-1)}`,
    );
  });
});
