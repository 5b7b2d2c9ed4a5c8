import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { shareIdOf } from "../../src/domain/share-id.ts";
import { NEWSPAPER_ARTICLE } from "../render/sample-articles.ts";
import { serveRelease } from "../serve-release.ts";

const MOST_BYTES = 200_000;
const MOST_LINKS = 500;
const MOST_GZIPPED_BYTES = 25_000;

const articleIn = (name: string, index: number) => ({
  ...NEWSPAPER_ARTICLE,
  id: shareIdOf({ name: String(index), day: null }),
  categories: [name],
  tags: [],
});

/** Names of a length that newspapers have. */
const NAMES = Array.from(
  { length: 2000 },
  (_, index) => `${String.fromCodePoint(65 + (index % 26))}区地方新闻与读者来信 ${index}`,
);
const large = serveRelease(NAMES.map(articleIn));
const small = serveRelease([articleIn("湖城", 1), articleIn("Atlas", 2)]);

async function pageOf(site: typeof large, path: string) {
  const response = await site.fetch(path);
  const html = await response.text();
  const links = Array.from(html.matchAll(/<a [^>]*href="([^"]*)"/g), ([, href = ""]) => href);
  return { response, html, links };
}

describe("/categories", () => {
  it("lists every category once, with its feed, in pages that a phone can take", async () => {
    const listed: string[] = [];
    for (let page = 1; page <= 10; page += 1) {
      const path = page === 1 ? "/categories" : `/categories?page=${page}`;
      const { response, html, links } = await pageOf(large, path);
      expect(response.status).toBe(200);
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MOST_BYTES);
      expect(gzipSync(html).byteLength).toBeLessThanOrEqual(MOST_GZIPPED_BYTES);
      expect(links.length).toBeLessThanOrEqual(MOST_LINKS);
      listed.push(...links.filter((href) => /^\/category\/[^/]*$/.test(href)));
      const feeds = links.filter((href) => /^\/category\/[^/]*\/feed$/.test(href));
      expect(feeds).toHaveLength(200);
    }
    expect(new Set(listed).size).toBe(NAMES.length);
  });

  it("leads from each initial to the first category that has it", async () => {
    const { links } = await pageOf(large, "/categories");
    const places = links.filter((href) => href.includes("#") && href.startsWith("/categories"));
    expect(places).toHaveLength(26);
    const [address = "", initial = ""] = places.at(-1)?.split("#") ?? [];
    expect(initial).toBe("Z");
    expect((await pageOf(large, address)).html).toContain('<h2 id="Z">');
  });

  it.each([
    ["/categories?page=1", "/categories"],
    ["/categories?page=0", "/categories"],
    ["/categories?page=x", "/categories"],
    ["/categories?page=11", "/categories"],
    ["/categories/", "/categories"],
    ["/category", "/categories"],
    ["/categories.html", "/categories"],
    ["/categories/index.html", "/categories"],
  ])("is where %s leads, in one hop", async (path, target) => {
    const { response } = await pageOf(large, path);
    expect([response.status, response.headers.get("Location")]).toEqual([301, target]);
  });

  it("answers 304 to who has it, and 404 where there is no category", async () => {
    const { response } = await pageOf(small, "/categories");
    const entityTag = response.headers.get("ETag") ?? "";
    expect((await small.fetch("/categories", { "If-None-Match": entityTag })).status).toBe(304);
    const none = serveRelease([{ ...NEWSPAPER_ARTICLE, categories: [] }]);
    expect((await none.fetch("/categories")).status).toBe(404);
  });
});

describe("the front page of a site with 2,000 categories", () => {
  it("shows the busiest and leads to all", async () => {
    const { html, links } = await pageOf(large, "/");
    expect(links.filter((href) => href.startsWith("/category/"))).toHaveLength(30);
    expect(links).toContain("/categories");
    expect(gzipSync(html).byteLength).toBeLessThanOrEqual(MOST_GZIPPED_BYTES);
  });
});
