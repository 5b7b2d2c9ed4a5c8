import { describe, expect, inject, it } from "vitest";
import { openSite } from "./open-site.ts";

const site = await openSite(inject("fixtures"));

const LIGHTHOUSE = "/s/jht74skbm3";
const HARBOUR = "/s/ka6h27zds7";

describe("every address", () => {
  it.each([
    // Pages
    ["/", 200],
    ["/?page=2022-01", 200],
    [LIGHTHOUSE, 200],
    ["/category/jiangchengribao", 200],
    ["/category/jiangchengribao?page=2022-01", 200],
    ["/category/TechWeb", 200],
    ["/tag/%E6%B1%9F%E5%9F%8E%E6%97%A5%E6%8A%A5%E6%96%B0%E9%97%BB", 200],
    ["/tag/C%2B%2B", 200],
    ["/tag/A%2FB%20%E6%B5%8B%E8%AF%95", 200],
    ["/tag/100%25%20%E6%A3%89", 200],
    ["/tag/feed.xml", 200],
    ["/tag/(%E6%8B%AC%E5%8F%B7)", 200],
    ["/tag/two%20words", 200],
    ["/tag/caf%C3%A9", 200],
    // Feeds
    ["/feed.xml", 200],
    ["/atom.xml", 200],
    ["/feed.json", 200],
    ["/category/city/feed.xml", 200],
    ["/tag/feed.xml/feed.xml", 200],
    ["/tag/A%2FB%20%E6%B5%8B%E8%AF%95/atom.xml", 200],
    ["/tag/two%20words/feed.json", 200],
    ["/feed.xml?page=2022-01", 200],
    ["/category/city/atom.xml?page=2024-03", 200],
    ["/tag/C%2B%2B/feed.json?page=2023-07", 200],
    // Services
    ["/healthz", 200],
    ["/robots.txt", 200],
    ["/favicon.svg", 200],
    ["/favicon.ico", 200],
    ["/apple-touch-icon.png", 200],
    ["/apple-touch-icon-precomposed.png", 200],
    // What there is not
    ["/nothing", 404],
    ["/nothing/at/all.html", 404],
    ["/s/0000000001", 404],
    ["/s/nonsense", 404],
    ["/category/nowhere", 404],
    ["/category/nowhere/feed.xml", 404],
    ["/tag/nowhere", 404],
    ["/tag/nowhere/atom.xml", 404],
    ["/?page=1999-01", 404],
    ["/feed.xml?page=1999-01", 404],
    ["/category/city?page=%3Cscript%3E", 404],
    ["/2022/01/10/NW209901100000000001.html", 404],
    ["/html_News/NewsShare.html", 404],
    ["/html_News/NewsShare.html?infoCode=NW209901100000000001", 404],
    ["/tag/%zz", 404],
    // What was taken away
    ["/s/0000000000", 410],
    ["/city/withdrawn.html", 410],
  ])("%s answers %i", async (path, status) => {
    const response = await site.fetch(path);
    expect(response.status).toBe(status);
  });
});

describe("old and misspelled addresses", () => {
  it.each([
    ["/html_News/NewsShare.html?infoCode=NW202201100000000001", LIGHTHOUSE],
    ["/html_News/NewsShare.html?infoCode=nw202201100000000001&from=app", LIGHTHOUSE],
    ["/jiangchengribao/2022/01/10/NW202201100000000001.html", LIGHTHOUSE],
    ["/2022/01/10/NW202201100000000001.html", LIGHTHOUSE],
    ["/2022/01/10/NW202201100000000001", LIGHTHOUSE],
    ["/2022/01/10/NW202201100000000001/", LIGHTHOUSE],
    ["/2022/01/10/NW202201100000000001/index.html", LIGHTHOUSE],
    ["/blog/2022/01/10/NW202201100000000001.html", LIGHTHOUSE],
    ["/blog/harbour.html", HARBOUR],
    ["/harbour", HARBOUR],
    ["/harbour/index.html", HARBOUR],
    ["/old/harbour.html", HARBOUR],
    ["/any%20other/2022/01/10/NW202201100000000001.html", LIGHTHOUSE],
    ["/harbour.html", HARBOUR],
    ["/old/harbour/", HARBOUR],
    ["/old/harbour", HARBOUR],
    ["/2024/harbour%20walk.html", HARBOUR],
    // What Jekyll sites have besides articles
    ["/index.html", "/"],
    ["/blog/", "/"],
    ["/blog/index.html", "/"],
    ["/blog/feed.xml", "/feed.xml"],
    ["/blog/category/city/", "/category/city"],
    ["/page2/", "/"],
    ["/page/2/", "/"],
    ["/blog/page/3", "/"],
    ["/tags/", "/"],
    ["/categories/", "/categories"],
    ["/category/", "/categories"],
    ["/archive/", "/"],
    ["/archives.html", "/"],
    ["/categories/techweb/", "/category/TechWeb"],
    ["/category/city/page/2/", "/category/city"],
    ["/tags/c++/", "/tag/C%2B%2B"],
    ["/feed/city.xml", "/category/city/atom.xml"],
    ["/feed/by_tag/CAF%C3%89.xml", "/tag/caf%C3%A9/atom.xml"],
    ["/feed/by_tag.xml", "/atom.xml"],
    ["/feed/atom/", "/atom.xml"],
    ["/feed/json", "/feed.json"],
    ["/jiangchengribao/page4/", "/category/jiangchengribao"],
    ["/category/jiangchengribao.html", "/category/jiangchengribao"],
    ["/jiangchengribao/", "/category/jiangchengribao"],
    ["/category/techweb", "/category/TechWeb"],
    ["/category/CITY.html", "/category/city"],
    ["/category/city.HTML", "/category/city"],
    ["/tag/C++.html", "/tag/C%2B%2B"],
    ["/category/techweb/feed.xml", "/category/TechWeb/feed.xml"],
    ["/feed.xml/", "/feed.xml"],
    ["https://finews.example//atom.xml", "/atom.xml"],
    ["/FEED.json", "/feed.json"],
    ["/category//city/", "/category/city"],
    ["/tag/caf%65%CC%81", "/tag/caf%C3%A9"],
    [
      "/tag/%e6%b1%9f%e5%9f%8e%e6%97%a5%e6%8a%a5%e6%96%b0%e9%97%bb",
      "/tag/%E6%B1%9F%E5%9F%8E%E6%97%A5%E6%8A%A5%E6%96%B0%E9%97%BB",
    ],
    ["/tag/C++", "/tag/C%2B%2B"],
    ["/S/JHT74SKBM3", LIGHTHOUSE],
    [`${LIGHTHOUSE}/`, LIGHTHOUSE],
    [`${LIGHTHOUSE}%20`, LIGHTHOUSE],
    [`${LIGHTHOUSE}，`, LIGHTHOUSE],
    [`${LIGHTHOUSE}。”`, LIGHTHOUSE],
    [`${LIGHTHOUSE}).`, LIGHTHOUSE],
    [`${LIGHTHOUSE}，快看`, LIGHTHOUSE],
    [`${LIGHTHOUSE}看这个`, LIGHTHOUSE],
    [`${LIGHTHOUSE}%0A%E5%BF%AB`, LIGHTHOUSE],
    ["/?page=2022-01-10", "/?page=2022-01"],
    ["/feed.xml?page=2022-01-10T07", "/feed.xml?page=2022-01"],
    ["/category/jiangchengribao/?page=2022-01", "/category/jiangchengribao?page=2022-01"],
    ["/category/techweb.html?page=2024-03", "/category/TechWeb?page=2024-03"],
    ["/category/CITY/feed.xml?page=2024-03", "/category/city/feed.xml?page=2024-03"],
  ])("%s leads in one hop to %s", async (path, target) => {
    const response = await site.fetch(path);
    expect([response.status, response.headers.get("Location")]).toEqual([301, target]);
    const next = await site.fetch(target);
    expect(next.status).toBe(200);
  });
});

describe("forms of pictures that are no files", () => {
  it("lead to the large form, without a read", async () => {
    const response = await site.fetch("/media/p/0123456789abcdef.jpg.480.webp");
    expect(response.status).toBe(302);
    expect(response.headers.get("Location")).toBe("/media/p/0123456789abcdef.jpg");
    expect(site.lastReads().keys).toEqual([]);
  });
});

describe("methods", () => {
  it.each(["/", LIGHTHOUSE, "/category/city", "/feed.xml", "/tag/C%2B%2B/atom.xml", "/nothing"])(
    "HEAD %s answers like GET without a body",
    async (path) => {
      const get = await site.fetch(path);
      const head = await site.fetch(path, { method: "HEAD" });
      expect(head.status).toBe(get.status);
      expect([...head.headers]).toEqual([...get.headers]);
      expect(await head.text()).toBe("");
    },
  );

  it.each(["POST", "PUT", "DELETE", "PATCH"])(
    "%s is refused with the list of what is not",
    async (method) => {
      const response = await site.fetch("/feed.xml", { method });
      expect(response.status).toBe(405);
      expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(response.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
    },
  );

  it("OPTIONS lets readers in browsers ask conditionally", async () => {
    const response = await site.fetch("/feed.xml", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(response.headers.get("Access-Control-Allow-Headers")).toContain("If-None-Match");
  });
});

describe("other hosts than the site's", () => {
  it("are kept out of search engines", async () => {
    const preview = await site.fetch("https://preview.workers.example/");
    expect(preview.headers.get("X-Robots-Tag")).toBe("noindex");
    const own = await site.fetch("/");
    expect(own.headers.get("X-Robots-Tag")).toBeNull();
  });
});
