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
  if (scope.kind === "site") throw new Error("The site is no category");
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
    const path = feedPath(combine(named(2), named(30), named(300)), "atom");
    const entityTag = (await site.fetch(path)).headers.get("ETag") ?? "";
    const headers = { "If-None-Match": entityTag };
    expect(await readsOf(path, { headers })).toEqual({ status: 304, reads: 0, rounds: 0 });
    const { status, reads, rounds } = await readsOf(path);
    expect([status, rounds]).toEqual([200, 2]);
    expect(reads).toBeLessThanOrEqual(35);
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
