import { describe, expect, inject, it } from "vitest";
import { openSite } from "./open-site.ts";

const site = await openSite(inject("withPages"));
const without = await openSite(inject("fixtures"));

const text = async (path: string): Promise<string> => (await site.fetch(path)).text();

describe("pages of the site's own", () => {
  it.each([
    ["/about.html", "我们只选读"],
    ["/about/", "We read so that you need not"],
    ["/guide/", "怎样订阅"],
    ["/guide/%E4%BD%A0%E5%A5%BD%20a%2Cb.html", "<h1>你好</h1>"],
  ])("are at %s in one read", async (path, words) => {
    const response = await site.fetch(path);
    expect(response.status).toBe(200);
    expect(site.lastReads().keys).toHaveLength(1);
    const html = await response.text();
    expect(html).toContain(words);
    expect(html).toContain(`<link rel="canonical" href="https://finews.example${path}">`);
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
  });

  it.each([
    ["/guide", "/guide/"],
    ["/guide/index.html", "/guide/"],
    ["/guide.html", "/guide/"],
    ["/guide//", "/guide/"],
    ["/guide/index", "/guide/"],
    ["/about.html/", "/about.html"],
    ["/about/index.html", "/about.html"],
    ["/about-us", "/about.html"],
    ["/blog/about.html", "/about.html"],
    ["/blog/guide/", "/guide/"],
    ["/about-us/", "/about.html"],
    ["/about-us.html", "/about.html"],
    ["/guide?from=app", "/guide/?from=app"],
    ["/guide/%e4%bd%a0%e5%a5%bd%20a,b.html", "/guide/%E4%BD%A0%E5%A5%BD%20a%2Cb.html"],
    ["/guide/%E4%BD%A0%E5%A5%BD%20a%2Cb", "/guide/%E4%BD%A0%E5%A5%BD%20a%2Cb.html"],
  ])("are at one address only: %s leads to %s, without a read", async (path, to) => {
    const response = await site.fetch(path);
    expect(response.status).toBe(301);
    expect(response.headers.get("Location")).toBe(to);
    expect(site.lastReads().keys).toEqual([]);
  });

  it("answer 304 without a read, and a second time out of the isolate's memory", async () => {
    const fetch = site.openIsolate();
    const first = await fetch("/guide/");
    const entityTag = first.headers.get("ETag") ?? "";
    const again = await fetch("/guide/");
    expect(site.lastReads().keys).toEqual([]);
    expect(await again.text()).toBe(await first.text());
    const known = await site.fetch("/guide/", { headers: { "If-None-Match": entityTag } });
    expect(known.status).toBe(304);
    expect(site.lastReads().keys).toEqual([]);
  });

  it("are linked from every page where their front matter asks for it", async () => {
    for (const path of ["/", "/category/city", "/s/ka6h27zds7", "/about/", "/nowhere"]) {
      const html = await text(path);
      const [top = "", bottom = ""] = html.split(/<footer class="site"[^>]*>/);
      expect(top, path).toContain('<a href="/about.html">关于本报</a>');
      expect(bottom, path).toContain('<a href="/about/">About us</a>');
      expect(html, path).not.toContain('"/guide/">指南');
    }
  });

  it("have preview tags and no article's furniture", async () => {
    const html = await text("/about/");
    expect(html).toContain('<html lang="en"');
    expect(html).toContain('<meta property="og:title" content="About us">');
    expect(html).toContain(
      '<meta property="og:description" content="We read so that you need not.">',
    );
    expect(html).toContain('<meta property="og:type" content="website">');
    expect(html).toMatch(
      /<meta property="og:image" content="https:\/\/finews\.example\/c\/.+\.png">/,
    );
    expect(html).not.toMatch(/NewsArticle|<time|og:published|\/q\/|oembed/);
  });

  it("are in the sitemap, and in no feed and no list", async () => {
    expect(await text("/sitemap.xml")).toContain("/sitemap-pages.xml</loc>");
    const sitemap = await text("/sitemap-pages.xml");
    expect(site.lastReads().keys).toEqual([]);
    const addresses = [...sitemap.matchAll(/<loc>https:\/\/finews\.example([^<]+)/g)];
    expect(addresses.map(([, path]) => path)).toEqual([
      "/about.html",
      "/about/",
      "/guide/",
      "/guide/%E4%BD%A0%E5%A5%BD%20a%2Cb.html",
    ]);
    for (const path of ["/feed.xml", "/atom.xml", "/feed.json", "/feeds.opml"]) {
      expect(await text(path), path).not.toMatch(/选读，不转载|guide/);
    }
    expect(await text("/")).not.toContain("指南");
  });

  it("leave the site's own addresses to the site", async () => {
    expect(await text("/")).not.toContain("The site itself answers here");
  });
});

describe("the page 404", () => {
  it.each(["/nowhere", "/404.html", "/404", "/s/0000000001", "/category/nowhere", "/tag/nowhere"])(
    "is what the site says at %s",
    async (path) => {
      const response = await site.fetch(path);
      expect(response.status).toBe(404);
      const html = await response.text();
      expect(html).toContain("<h1>这里没有船</h1>");
      expect(html).toContain("您找的页面已经离港");
      expect(html).toContain('<meta name="robots" content="noindex">');
    },
  );

  it("costs as many reads as the site's own", async () => {
    for (const path of ["/nowhere", "/no/where.html", "/2022/01/10/no.html", "/s/k000000001"]) {
      await without.fetch(path);
      const reads = without.lastReads().keys.length;
      await site.fetch(path);
      expect(site.lastReads().keys.length, path).toBe(reads);
      expect(reads, path).toBeLessThanOrEqual(4);
    }
  });

  it("does not stand in for what was withdrawn", async () => {
    const response = await site.fetch("/city/withdrawn.html");
    expect(response.status).toBe(410);
    expect(await response.text()).not.toContain("这里没有船");
  });
});

describe("a site without pages", () => {
  it("has neither their sitemap nor their links", async () => {
    expect((await without.fetch("/sitemap-pages.xml")).status).toBe(404);
    const index = await (await without.fetch("/sitemap.xml")).text();
    expect(index).not.toContain("sitemap-pages");
    const home = await (await without.fetch("/")).text();
    expect(home).not.toContain("<nav><ul");
  });
});
