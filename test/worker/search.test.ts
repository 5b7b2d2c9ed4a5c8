import { describe, expect, inject, it } from "vitest";
import { openSite } from "./open-site.ts";

const site = await openSite(inject("fixtures"));
const nextDay = await openSite(inject("fixturesNextDay"));
const unsearched = await openSite(inject("withPages"));

const TOWER = "/search?q=%E7%81%AF%E5%A1%94";
const FEED = "/search/feed.xml?q=%E7%81%AF%E5%A1%94";

async function textOf(path: string, init?: RequestInit): Promise<string> {
  return (await site.fetch(path, init)).text();
}

describe("/search", () => {
  it("shows what has the words, with marks, and offers to follow it", async () => {
    const response = await site.fetch(TOWER);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain("江边<mark>灯塔</mark>修复完工");
    expect(html).toContain('href="/search/feed?q=%E7%81%AF%E5%A1%94"');
    expect(html).toContain('<meta name="robots" content="noindex">');
    expect(html).toContain('value="灯塔"');
  });

  it.each([
    ["capitals and traditional characters", "/search?q=%E7%87%88%E5%A1%94", "灯塔"],
    ["full-width letters", "/search?q=%EF%BC%B4%EF%BC%A9%EF%BC%A4%EF%BC%A5", "tide"],
    ["quotes", "/search?q=%22low+tide%22", "low tide"],
    ["an author, a category and a year", "/search?q=tide+category:TechWeb+year:2024", "tide"],
    ["a category in other capitals", "/search?q=tide+category:TECHWEB", "tide"],
    ["a category by its title", "/search?q=tide+category:%E5%9F%8E%E5%B8%82", "tide"],
  ])("takes %s", async (_, path, marked) => {
    expect(await textOf(path)).toContain(`<mark>${marked}</mark>`);
  });

  it.each([
    ["words that are not side by side", "/search?q=%22tide+low%22"],
    ["a word that is excluded", "/search?q=tide+-harbour"],
    ["another year", "/search?q=tide+year:2022"],
    ["nonsense", "/search?q=qwxyzzy"],
  ])("finds nothing for %s, and says so in a page that helps", async (_, path) => {
    const html = await textOf(path);
    expect(html).toContain("没有找到");
    expect(html).not.toContain("<mark>");
  });

  it("offers the years in which something more is found, and none where all is of one", async () => {
    expect(await textOf("/search?q=tide")).not.toContain("year%3A");
    const several = await textOf("/search?q=category:city");
    expect(several.match(/(?<=category%3Acity\+year%3A)\d{4}/g)).toEqual(["2024", "2023"]);
  });

  it("offers nothing to narrow a single find", async () => {
    const html = await textOf("/search?q=%22low+tide%22");
    expect(html.match(/<mark>low tide<\/mark>/g)).not.toBeNull();
    expect(html).not.toContain('id="narrow"');
  });

  it("offers shorter queries and names like the words where it finds nothing", async () => {
    const html = await textOf("/search?q=%E6%B1%9F%E5%9F%8E%E6%97%A5%E6%8A%A5%E7%81%AF%E5%A1%94");
    expect(html).toContain('<a href="/search?q=%E6%B1%9F%E5%9F%8E%E6%97%A5">江城日</a>');
    expect(html).toContain("江城日报新闻</a>");
  });

  it.each([
    ["of a family", "/search?q=%E9%99%88%E8%8B%87", "陈一苇"],
    ["by the first word", "/search?q=author:mara+smith", "Mara Quint"],
    ["by the first word, without an operator", "/search?q=mara+smith", "Mara Quint"],
  ])("offers people of whom there is a single article %s", async (_, path, name) => {
    expect(await textOf(path)).toContain(`>${name}</a>`);
    expect(site.lastReads().rounds).toBeLessThanOrEqual(2);
  });

  it.each([
    ["one character", "/search?q=%E5%A1%94", 400, "请至少写两个字"],
    ["marks", "/search?q=%21%21", 400, "没有可以搜索的文字"],
    ["a long text", `/search?q=${"a".repeat(200)}`, 400, "太长了"],
    ["no year", "/search?q=year:x", 400, "year:2024"],
    ["a year that is not wanted", "/search?q=-year:2024", 400, "year:2024"],
    ["an operator alone", "/search?q=tide+category:", 400, "冒号后面要有名称"],
    ["nothing", "/search", 200, "几个词之间用空格隔开"],
    ["what is no UTF-8", "/search?q=%ff%", 400, "没有可以搜索的文字"],
  ])("answers %s with a sentence", async (_, path, status, sentence) => {
    const response = await site.fetch(path);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(sentence);
    expect(site.lastReads().keys).toEqual([]);
  });

  it.each([
    ["a word", TOWER],
    ["nonsense", "/search?q=qwxyzzy"],
    ["nonsense in Han", "/search?q=%E9%BE%98%E7%88%A8%E9%BD%89%E9%BA%A4"],
  ])("reads for %s in two rounds, and a few values", async (_, path) => {
    await site.fetch(path);
    const { keys, rounds } = site.lastReads();
    expect(keys.length).toBeLessThanOrEqual(4);
    expect(rounds).toBeLessThanOrEqual(2);
  });

  it.each([
    ["a category's list", "/category/city?q=tide", "/search?q=tide+category%3Acity"],
    ["in other capitals", "/category/CITY?q=tide", "/search?q=tide+category%3Acity"],
    ["a tag's list", "/tag/C%2B%2B?q=tide&without=sea", "/search?q=tide+-sea+tag%3AC%2B%2B"],
    ["an archive page", "/category/city?page=2024-01&q=tide", "/search?q=tide+category%3Acity"],
    ["the front page", "/?q=tide", "/search?q=tide"],
    ["what is to be left out", "/search?q=tide&without=sea", "/search?q=tide+-sea"],
    ["one character", "/category/city?q=%E5%A1%94", "/search?q=%E5%A1%94"],
  ])("is where %s leads with a query", async (_, written, canonical) => {
    const moved = await site.fetch(written);
    expect([moved.status, moved.headers.get("Location")]).toEqual([301, canonical]);
    expect(site.lastReads().keys).toEqual([]);
  });

  it("says what cannot be left out, and is not asked where it is off", async () => {
    expect(await textOf("/search?q=tide&without=year:2024")).toContain("年份请写成");
    expect((await unsearched.fetch("/?q=tide")).status).toBe(200);
    expect((await unsearched.fetch("/category/city?q=tide")).status).toBe(200);
  });

  it("answers 304 without a read while nothing is published", async () => {
    const entityTag = (await site.fetch(TOWER)).headers.get("ETag") ?? "";
    const again = await site.fetch(TOWER, { headers: { "If-None-Match": entityTag } });
    expect([again.status, site.lastReads().keys.length]).toEqual([304, 0]);
    const later = await nextDay.fetch(TOWER, { headers: { "If-None-Match": entityTag } });
    expect(later.status).toBe(200);
  });

  it("is the only place where a form of a page may lead, on previews too", async () => {
    const own = (await site.fetch("/")).headers.get("Content-Security-Policy");
    expect(own).toContain("form-action https://finews.example/search;");
    const preview = await site.fetch("https://preview.workers.example/");
    expect(preview.headers.get("Content-Security-Policy")).toContain(
      "form-action https://preview.workers.example/search;",
    );
    const none = await unsearched.fetch("/");
    expect(none.headers.get("Content-Security-Policy")).toContain("form-action 'none';");
  });

  const headline = encodeURIComponent(
    "江边灯塔修复完工周末起免费开放甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥",
  );
  it.each([
    ["words as they were typed", "/search?q=zzz+qqq", "没有找到“zzz qqq”"],
    ["what is searched, where nothing is found", "/search?q=zzz", "不找正文"],
    ["what of a long text is looked for", `/search?q=${headline}`, "只用了前面的“江边灯塔修复"],
    ["results as such", TOWER, ">搜索结果</h2>"],
    ["the newest where a number is none", `${TOWER}&before=0`, "<mark>灯塔</mark>"],
    ["that nothing is older", "/search?q=tide&before=1", "没有找到“tide”</h2>"],
    ["categories like a name without its capitals", "/search?q=category:tech", ">TechWeb</a>"],
    ["categories like one character", "/search?q=tag:%E5%9F%8E", '<a href="/category/city">'],
    [
      "categories like a name",
      "/search?q=category:%E6%B1%9F%E5%9F%8E%E6%97%A5",
      "江城日报新闻</a>",
    ],
  ])("shows %s", async (_, path, text) => {
    expect(await textOf(path)).toContain(text);
  });

  it("answers 304 for the field alone", async () => {
    const entityTag = (await site.fetch("/search")).headers.get("ETag") ?? "";
    const again = await site.fetch("/search", { headers: { "If-None-Match": entityTag } });
    expect(again.status).toBe(304);
  });

  it.each([
    ["/Search?q=tide", "/search?q=tide"],
    ["/SEARCH/Feed.xml?q=tide", "/search/feed.xml?q=tide"],
    ["/search/FEED.json?q=tide", "/search/feed.json?q=tide"],
  ])("has one spelling: %s", async (written, canonical) => {
    const moved = await site.fetch(written);
    expect([moved.status, moved.headers.get("Location")]).toEqual([301, canonical]);
  });

  it.each(["/", "/category/city", "/nowhere", "/s/jht74skbm3", TOWER])(
    "has its field on %s",
    async (path) => {
      const html = await textOf(path);
      expect(html.match(/<form action="\/search" role="search"/g)).toHaveLength(1);
    },
  );

  it("is not there where the settings do not say so", async () => {
    expect((await unsearched.fetch("/search?q=tide")).status).toBe(404);
    expect((await unsearched.fetch("/search/feed.xml?q=tide")).status).toBe(404);
    expect(await (await unsearched.fetch("/category/city")).text()).not.toContain("<form");
  });
});

describe("the feeds of a search", () => {
  it("hold what it finds, and change with every article that is published", async () => {
    const response = await site.fetch(FEED);
    const entityTag = response.headers.get("ETag") ?? "";
    expect(await response.text()).toContain("<title>江边灯塔修复完工 周末起免费开放</title>");
    const again = await site.fetch(FEED, { headers: { "If-None-Match": entityTag } });
    expect([again.status, site.lastReads().keys.length]).toEqual([304, 0]);
    const modified = response.headers.get("Last-Modified") ?? "";
    const since = await site.fetch(FEED, { headers: { "If-Modified-Since": modified } });
    expect([since.status, site.lastReads().keys.length]).toEqual([304, 0]);
    const later = await nextDay.fetch(FEED, { headers: { "If-None-Match": entityTag } });
    expect(later.status).toBe(200);
  });

  it.each([
    ["blanks", "/search/feed.xml?q=+%E7%81%AF%E5%A1%94+", FEED],
    ["the order of words", "/search/feed.xml?q=tide+low", "/search/feed.xml?q=low+tide"],
    ["percent-encoding", "/search/feed.xml?q=%74ide", "/search/feed.xml?q=tide"],
    [
      "other parameters that choose",
      "/search/feed.json?only=summary&q=tide",
      "/search/feed.json?q=tide&only=summary",
    ],
    [
      "a category's narrowing",
      "/category/city/feed.xml?q=tide&without=sea",
      "/search/feed.xml?q=tide+-sea+category%3Acity",
    ],
    [
      "a tag's",
      "/tag/two%20words/atom.xml?q=tide",
      "/search/atom.xml?q=tide+tag%3A%22two+words%22",
    ],
    [
      "a combination's",
      "/feed.json?category=city&tag=C%2B%2B&q=tide",
      "/search/feed.json?q=tide+category%3Acity+tag%3AC%2B%2B",
    ],
    [
      "what a category leaves out",
      "/category/city/feed?without=tide",
      "/search/feed?q=-tide+category%3Acity",
    ],
    [
      "what a search leaves out",
      "/search/feed.xml?q=tide&without=sea",
      "/search/feed.xml?q=tide+-sea",
    ],
    [
      "a tag that is left out",
      "/feed.xml?q=tide&without=tag:C%2B%2B",
      "/search/feed.xml?q=tide+-tag%3AC%2B%2B",
    ],
  ])("have one address, whatever %s", async (_, written, canonical) => {
    const moved = await site.fetch(written);
    expect([moved.status, moved.headers.get("Location")]).toEqual([301, canonical]);
    expect((await site.fetch(canonical)).status).toBe(200);
  });

  it("are explained to people, who are told what is wrong with a query in a page", async () => {
    const asPerson = { headers: { "Sec-Fetch-Dest": "document" } };
    const page = await textOf(FEED, asPerson);
    expect(page).toContain("订阅 · 搜索：灯塔");
    expect(page).toContain('content="noindex"');
    const refused = await site.fetch("/search/feed.xml?q=%E5%A1%94", asPerson);
    expect(refused.headers.get("Location")).toBe("/search?q=%E5%A1%94");
    const moved = await site.fetch("/category/city/feed.xml?q=tide&without=year:2024", asPerson);
    const year = await site.fetch(moved.headers.get("Location") ?? "");
    expect(year.status).toBe(400);
    expect(await year.text()).toContain("年份请写成");
  });

  it("have the address of the words that are looked for, where there are too many", async () => {
    const words = "a b c d e f g h i j k l m n o p".replaceAll(" ", "+");
    const moved = await site.fetch(`/search/feed.xml?q=${words}+q+r`);
    expect(moved.headers.get("Location")).toBe(`/search/feed.xml?q=${words}`);
    expect((await site.fetch(`/search/feed.xml?q=${words}`)).status).toBe(200);
  });

  it.each([
    "/search/feed.xml?q=%E5%A1%94",
    "/search/feed.xml?q=tide&without=year:2024",
    "/search/feed.xml?q=tide&without=-sea",
    "/feed.xml?q=tide&without=year:2024",
    "/category/city/feed.xml?q=%E5%A1%94",
    "/category/city/feed.xml?without=%E5%A1%94",
    "/digest.xml?q=tide",
    "/category/city/digest.xml?q=tide",
    "/feed.xml?lang=zh-CN&without=tide",
  ])("say to readers what is wrong with %s, and lead to no wider feed", async (path) => {
    const refused = await site.fetch(path);
    expect([refused.status, refused.headers.get("Content-Type")]).toEqual([
      400,
      "text/plain; charset=utf-8",
    ]);
  });
});
