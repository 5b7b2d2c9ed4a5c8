import { env } from "cloudflare:workers";
import { describe, expect, inject, it } from "vitest";
import type { Env } from "../../src/http/env.ts";
import type { OpenedSite } from "./open-site.ts";
import { openSite } from "./open-site.ts";

const FEEDBIN = { "User-Agent": "Feedbin feed-id:1373711 - 142 subscribers" };
const FRESHRSS = { "User-Agent": "FreshRSS/1.27.1 (Linux; https://freshrss.org)" };
const SITE = "https://finews.example";

interface Counting extends OpenedSite {
  readonly points: readonly AnalyticsEngineDataPoint[];
}

/** A site that counts into a list; or whose binding does what a test says. */
async function openCounting(write?: () => void): Promise<Counting> {
  const points: AnalyticsEngineDataPoint[] = [];
  const writeDataPoint = (point?: AnalyticsEngineDataPoint): void => {
    write?.();
    if (point !== undefined) points.push(point);
  };
  const site = await openWith({ writeDataPoint });
  return { ...site, points };
}

async function openWith(binding: AnalyticsEngineDataset): Promise<OpenedSite> {
  return openSite(inject("fixtures"), undefined, undefined, { FOLLOWERS: binding });
}

describe("a site with the binding FOLLOWERS", () => {
  it.each<readonly [string, readonly string[]]>([
    ["/feed.xml", ["", "rss", "texts"]],
    ["/feed", ["", "rss", "texts"]],
    ["/rss.xml", ["", "rss", "texts"]],
    ["/atom.xml?only=summary", ["", "atom", "summaries"]],
    ["/digest.json", ["", "json", "digest"]],
    ["/category/city/feed.json", ["c/city", "json", "texts"]],
    ["/feed.xml?category=city&category=economy", ["c/city\nc/economy", "rss", "texts"]],
  ])("counts a poll of %s, and the next one that finds nothing new", async (path, feed) => {
    const site = await openCounting();
    const first = await site.fetch(path, { headers: FRESHRSS });
    expect(first.status).toBe(200);
    const tag = first.headers.get("ETag") ?? "";
    const second = await site.fetch(path, { headers: { ...FRESHRSS, "If-None-Match": tag } });
    expect(second.status).toBe(304);
    const blobs = [SITE, ...feed, "FreshRSS", ""];
    const indexes = [`FreshRSS ${feed[0] ?? ""}`];
    expect(site.points).toEqual([
      { indexes, blobs, doubles: [0, 0] },
      { indexes, blobs, doubles: [0, 1] },
    ]);
  });

  it("takes no read for a 304, as without it", async () => {
    const site = await openCounting();
    const first = await site.fetch("/category/city/feed.xml", { headers: FEEDBIN });
    const tag = first.headers.get("ETag") ?? "";
    const headers = { ...FEEDBIN, "If-None-Match": tag };
    expect((await site.fetch("/category/city/feed.xml", { headers })).status).toBe(304);
    expect(site.lastReads().keys).toEqual([]);
    expect(site.points).toHaveLength(2);
  });

  it("keeps what a fetcher says of its subscribers, and nothing of whoever asks", async () => {
    const site = await openCounting();
    const headers = {
      ...FEEDBIN,
      "CF-Connecting-IP": "203.0.113.7",
      Cookie: "name=Somebody",
      Referer: "https://reader.example/somebody",
      "Accept-Language": "fr-CH",
    };
    await site.fetch("/feed.xml?utm_source=somebody", { headers });
    expect(site.points).toEqual([
      {
        indexes: ["Feedbin "],
        blobs: [SITE, "", "rss", "texts", "Feedbin", "1373711"],
        doubles: [142, 0],
      },
    ]);
  });

  it("tells apart the addresses of a feed where its fetcher does not", async () => {
    const site = await openCounting();
    const headers = { "User-Agent": "Feedly/1.0 (poller; 131 subscribers;)" };
    await site.fetch("/feed.xml?utm_source=x", { headers });
    await site.fetch("/rss.xml", { headers });
    expect(site.points.map(({ blobs }) => blobs?.at(-1))).toEqual([
      `${SITE}/feed.xml`,
      `${SITE}/rss.xml`,
    ]);
  });

  it.each<readonly [string, string, RequestInit]>([
    ["a page of the archive", "/feed.xml?page=2026-11", {}],
    ["a question for the headers", "/feed.xml", { method: "HEAD" }],
    ["a feed that is not there", "/category/nothing/feed.xml", {}],
    ["an address that leads to another", "/category/CITY/feed.xml", {}],
    ["a page for people", "/feed.xml", { headers: { "Sec-Fetch-Dest": "document" } }],
    ["the front page", "/", {}],
    ["an article", "/s/aaaaaaaaaa", {}],
  ])("does not count %s", async (_, path, init) => {
    const site = await openCounting();
    await site.fetch(path, init);
    expect(site.points).toEqual([]);
  });

  it("writes what the Analytics Engine takes, whatever is asked for", async () => {
    const site = await openCounting();
    const name = encodeURIComponent("江".repeat(1000));
    const headers = { "User-Agent": `${"x".repeat(5000)}/1 (1 subscribers; feed-id=7)` };
    await site.fetch(`/feed.xml?category=city&category=${name}`, { headers });
    await site.fetch(`/feed.xml?category=city&category=${name}`, { headers: FEEDBIN });
    expect(site.points).toHaveLength(2);
    for (const { indexes = [], blobs = [] } of site.points) {
      const bytesOf = (text: unknown): number => new TextEncoder().encode(String(text)).length;
      expect(bytesOf(indexes[0])).toBeLessThanOrEqual(96);
      expect(blobs.reduce<number>((sum, blob) => sum + bytesOf(blob), 0)).toBeLessThan(16_384);
    }
  });

  it.each<readonly [string, AnalyticsEngineDataset]>([
    ["the one of `npm start`", (env as unknown as Required<Env>).FOLLOWERS],
    [
      "one that fails",
      {
        writeDataPoint: () => {
          throw new TypeError("no");
        },
      },
    ],
    ["something else", {} as unknown as AnalyticsEngineDataset],
  ])("answers as without a binding where that is %s", async (_, binding) => {
    expect(binding).toBeDefined();
    const [counting, plain] = [await openWith(binding), await openSite(inject("fixtures"))];
    for (const path of ["/feed.xml", "/digest.xml"]) {
      const [answer, expected] = [
        await counting.fetch(path, { headers: FEEDBIN }),
        await plain.fetch(path, { headers: FEEDBIN }),
      ];
      expect([...answer.headers]).toEqual([...expected.headers]);
      expect(await answer.text()).toBe(await expected.text());
    }
  });
});
