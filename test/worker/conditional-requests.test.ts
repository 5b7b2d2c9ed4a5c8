import { describe, expect, inject, it } from "vitest";
import { openSite } from "./open-site.ts";

/* Feeds have a contract of their own: feed-contract.test.ts. */

const site = await openSite(inject("fixtures"));
const nextDay = await openSite(inject("fixturesNextDay"));

const PAGES = [
  "/",
  "/?page=2022-01",
  "/s/jht74skbm3",
  "/category/city",
  "/tag/C%2B%2B",
  "/feeds.opml",
  "/sitemap.xml",
  "/sitemap-2022-01.xml",
];

describe.each(PAGES)("%s", (path) => {
  it("has a weak entity tag and answers 304 to it, with the same headers and no body", async () => {
    const first = await site.fetch(path);
    const entityTag = first.headers.get("ETag") ?? "";
    expect(entityTag).toMatch(/^W\/"[\w.-]+"$/);
    const second = await site.fetch(path, { headers: { "If-None-Match": entityTag } });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe("");
    for (const name of ["Cache-Control", "ETag", "Vary"]) {
      expect(second.headers.get(name)).toBe(first.headers.get(name));
    }
  });

  it("is sent whole to a tag of another state", async () => {
    const response = await site.fetch(path, { headers: { "If-None-Match": 'W/"other"' } });
    expect(response.status).toBe(200);
  });
});

describe("a new article", () => {
  it.each([
    ["/", 200],
    ["/category/city", 200],
    ["/sitemap.xml", 200],
    ["/s/jht74skbm3", 200],
  ])("in the same packs makes %s answer %i to yesterday's tag", async (path, status) => {
    const entityTag = (await site.fetch(path)).headers.get("ETag") ?? "";
    const response = await nextDay.fetch(path, { headers: { "If-None-Match": entityTag } });
    expect(response.status).toBe(status);
  });
});
