import { describe, expect, inject, it } from "vitest";
import { openSite } from "./open-site.ts";

/* Of the four articles the newest three have a card; the oldest, of 2022, has its category's. */

const site = await openSite(inject("fixtures"));

const NEWEST = "/s/ka6h27zds7";
const OLDEST = "/s/jht74skbm3";

async function cardOf(page: string): Promise<string> {
  const html = await (await site.fetch(page)).text();
  const url = /<meta property="og:image" content="([^"]+)">/.exec(html)?.[1] ?? "";
  return new URL(url).pathname;
}

describe("share cards", () => {
  it("are PNGs under a name of their content, to be kept for ever", async () => {
    const path = await cardOf(NEWEST);
    expect(path).toMatch(/^\/c\/ka6h27zds7-[0-9a-f]{16}\.png$/);
    const response = await site.fetch(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("image/png");
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    expect(await response.text()).toContain("The harbour at low tide");
    expect(site.lastReads().keys).toHaveLength(1);
  });

  it("show today's card under the address of an earlier one, for five minutes", async () => {
    const response = await site.fetch("/c/ka6h27zds7-0000000000000000.png");
    expect(response.status).toBe(200);
    expect(response.headers.get("Cache-Control")).toMatch(/^public, max-age=300,/);
    const entityTag = response.headers.get("ETag") ?? "";
    const again = await site.fetch("/c/ka6h27zds7-0000000000000000.png", {
      headers: { "If-None-Match": entityTag },
    });
    expect(again.status).toBe(304);
  });

  it("of an older article are its category's, also where it had one of its own", async () => {
    const path = await cardOf(OLDEST);
    expect(path).toBe(await cardOf("/category/jiangchengribao"));
    const category = await (await site.fetch(path)).text();
    expect(category).toContain("江城日报新闻");
    const response = await site.fetch("/c/jht74skbm3-0000000000000000.png");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(category);
  });

  it("stand for the site on its home page and on tags", async () => {
    const path = await cardOf("/");
    expect(await (await site.fetch(path)).text()).toContain("江城文摘");
    expect(await cardOf("/tag/C%2B%2B")).toBe(path);
  });

  it.each([
    "/c/0000000001-0000000000000000.png",
    "/c/000000000000-0000000000000000.png",
    "/c/ka6h27zds7.png",
    "/c/nonsense",
  ])("are not found where there is no such article: %s", async (path) => {
    expect((await site.fetch(path)).status).toBe(404);
  });
});
