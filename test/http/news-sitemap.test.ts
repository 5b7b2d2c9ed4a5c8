import { describe, expect, it } from "vitest";
import { shareIdOf } from "../../src/domain/share-id.ts";
import type { Article } from "../../src/domain/article.ts";
import { NEWSPAPER_ARTICLE, SITE } from "../render/sample-articles.ts";
import { expectedFile } from "../render/expected-file.ts";
import { serveRelease } from "../serve-release.ts";

/** 2026-11-25, half past noon in Shanghai. */
const NOW = Date.parse("2026-11-25T12:30:00+08:00");
const HOUR = 3600;
const NEWS = { newsName: "湖畔晚读" };

/** An article so many hours before the beginning of the hour. */
function aged(hours: number, number = 0): Article {
  const epochSeconds = Math.floor(NOW / 1000 / HOUR) * HOUR - hours * HOUR;
  return {
    ...NEWSPAPER_ARTICLE,
    id: shareIdOf({ name: `${hours}-${number}`, day: null }),
    title: `${hours} <小时> & 以前`,
    published: { epochSeconds, offsetMinutes: 480 },
  };
}

const DAYS = [-0.25, 1, 47, 48, 49, 24 * 30].map((hours) => aged(hours));

async function newsOf(served: ReturnType<typeof serveRelease>): Promise<string> {
  const response = await served.fetch("/sitemap-news.xml");
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("application/xml; charset=utf-8");
  return response.text();
}

const countIn = (text: string): number => text.split("<news:news>").length - 1;

describe("the news sitemap", () => {
  it("has the articles of two days, with what Google asks for, and takes two reads at most", async () => {
    const served = serveRelease(DAYS, {}, { searchEngines: NEWS, now: () => NOW });
    const text = await newsOf(served);
    expect(text).toBe(await expectedFile("sitemap-news.xml", new TextEncoder().encode(text)));
    expect(countIn(text)).toBe(4);
    expect(served.reads.length).toBeLessThanOrEqual(2);
  });

  it("is not sent again within the hour, without a read, and is another one in the next", async () => {
    let now = NOW;
    const served = serveRelease(DAYS, {}, { searchEngines: NEWS, now: () => now });
    const first = await served.fetch("/sitemap-news.xml");
    const tag = { "If-None-Match": first.headers.get("ETag") ?? "" };
    const before = served.reads.length;
    now += 29 * 60_000;
    expect((await served.fetch("/sitemap-news.xml", tag)).status).toBe(304);
    expect(served.reads).toHaveLength(before);
    now += 60_000;
    const next = await served.fetch("/sitemap-news.xml", tag);
    expect([next.status, countIn(await next.text())]).toEqual([200, 3]);
  });

  it("has at most 1,000 articles, the newest", async () => {
    const many = Array.from({ length: 1100 }, (_, number) => aged(1 + number / 100, number));
    const served = serveRelease(many, {}, { searchEngines: NEWS, now: () => NOW });
    const text = await newsOf(served);
    expect(countIn(text)).toBe(1000);
    expect(text).toContain(`/s/${many[0]?.id}<`);
    expect(text).not.toContain(`/s/${many[1099]?.id}<`);
    expect(served.reads.length).toBeLessThanOrEqual(2);
  });

  it("is empty where nothing is new", async () => {
    const served = serveRelease([aged(100)], {}, { searchEngines: NEWS, now: () => NOW });
    expect(countIn(await newsOf(served))).toBe(0);
  });

  it.each([
    ["zh-CN", "zh-cn"],
    ["zh", "zh-cn"],
    ["zh-Hans-HK", "zh-cn"],
    ["zh-Hant", "zh-tw"],
    ["zh-HK", "zh-tw"],
    ["zh-TW", "zh-tw"],
    ["en-GB", "en"],
    ["fil", "fil"],
  ])("of a site in %s says %s", async (language, said) => {
    const served = serveRelease(DAYS, { language }, { searchEngines: NEWS, now: () => NOW });
    expect(await newsOf(served)).toContain(`<news:language>${said}</news:language>`);
  });

  it("is named by robots.txt and by the index, whose copies are no longer current then", async () => {
    const without = serveRelease(DAYS);
    const served = serveRelease(DAYS, {}, { searchEngines: NEWS, now: () => NOW });
    const line = `Sitemap: ${SITE.url}/sitemap-news.xml\n`;
    expect(await (await served.fetch("/robots.txt")).text()).toContain(line);
    const before = await without.fetch("/sitemap.xml");
    const tag = { "If-None-Match": before.headers.get("ETag") ?? "" };
    const index = await served.fetch("/sitemap.xml", tag);
    expect(await index.text()).toContain(`<loc>${SITE.url}/sitemap-news.xml</loc>`);

    expect(await (await without.fetch("/robots.txt")).text()).not.toContain("news");
    expect(await before.text()).not.toContain("news");
    expect((await without.fetch("/sitemap-news.xml")).status).toBe(404);
  });
});
