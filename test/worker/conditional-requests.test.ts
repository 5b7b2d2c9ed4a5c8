import { describe, expect, inject, it } from "vitest";
import { openSite } from "./open-site.ts";

const site = await openSite(inject("fixtures"));
const nextDay = await openSite(inject("fixturesNextDay"));

const PAGES = ["/", "/?page=2022-01", "/s/jht74skbm3", "/category/city", "/tag/C%2B%2B"];
const FEEDS = [
  "/feed.xml",
  "/atom.xml",
  "/feed.json",
  "/category/city/feed.xml",
  "/category/TechWeb/atom.xml",
  "/tag/C%2B%2B/feed.json",
  "/feed.xml?page=2022-01",
  "/category/city/feed.json?page=2023-07",
];
/** RFC 9110, section 15.4.5, and what readers replace what they remember by. */
const REPEATED = [
  "Cache-Control",
  "ETag",
  "Last-Modified",
  "Vary",
  "Link",
  "Content-Location",
  "Access-Control-Allow-Origin",
];

describe.each([...PAGES, ...FEEDS])("%s", (path) => {
  it("has a weak entity tag and answers 304 to it, with the same headers and no body", async () => {
    const first = await site.fetch(path);
    const entityTag = first.headers.get("ETag") ?? "";
    expect(entityTag).toMatch(/^W\/"[\w.-]+"$/);
    const second = await site.fetch(path, { headers: { "If-None-Match": entityTag } });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe("");
    for (const name of REPEATED) expect(second.headers.get(name)).toBe(first.headers.get(name));
  });

  it("is sent whole to a tag of another state", async () => {
    const response = await site.fetch(path, { headers: { "If-None-Match": 'W/"other"' } });
    expect(response.status).toBe(200);
  });
});

describe.each(FEEDS.filter((path) => !path.includes("?page=")))("%s", (path) => {
  it("says when it last changed and answers 304 to that moment", async () => {
    const lastModified = (await site.fetch(path)).headers.get("Last-Modified") ?? "";
    expect(new Date(lastModified).toISOString()).toBe("2026-11-23T00:00:00.000Z");
    const second = await site.fetch(path, { headers: { "If-Modified-Since": lastModified } });
    expect(second.status).toBe(304);
  });
});

describe("a new article in one category", () => {
  it.each([
    ["/feed.xml", 200],
    ["/atom.xml", 200],
    ["/category/city/feed.xml", 200],
    ["/category/TechWeb/feed.xml", 304],
    ["/category/jiangchengribao/feed.json", 304],
    ["/tag/C%2B%2B/feed.xml", 304],
  ])("makes %s answer %i to yesterday's tag", async (path, status) => {
    const entityTag = (await site.fetch(path)).headers.get("ETag") ?? "";
    const response = await nextDay.fetch(path, { headers: { "If-None-Match": entityTag } });
    expect(response.status).toBe(status);
  });

  it("moves the moment of the feeds that hold it, and of no other", async () => {
    const moved = await nextDay.fetch("/category/city/feed.xml");
    expect(moved.headers.get("Last-Modified")).toBe("Tue, 24 Nov 2026 00:00:00 GMT");
    const still = await nextDay.fetch("/category/TechWeb/feed.xml");
    expect(still.headers.get("Last-Modified")).toBe("Mon, 23 Nov 2026 00:00:00 GMT");
  });
});
