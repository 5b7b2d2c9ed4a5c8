import { describe, expect, it } from "vitest";
import type { Article } from "../../src/domain/article.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import { NEWSPAPER_ARTICLE } from "../render/sample-articles.ts";
import { serveRelease } from "../serve-release.ts";

/** 2022-01-10T00:00:00Z. */
const FIRST_SECOND = 1_641_772_800;
const SECONDS_PER_DAY = 86_400;
/** Names that are hard to spell in addresses, or that have a meaning there. */
const ODD_NAMES = [
  "feed",
  "feed.xml",
  "A/B",
  "100% 甲",
  "Who?",
  "سلمى حداد",
  "C++",
  "名".repeat(100),
];

function by(authors: readonly string[], day: number): Article {
  return {
    ...NEWSPAPER_ARTICLE,
    id: shareIdOf({ name: `${authors.join()} ${day}`, day: 19_000 + day }),
    title: `第${day}篇`,
    published: { epochSeconds: FIRST_SECOND + day * SECONDS_PER_DAY, offsetMinutes: 480 },
    authors,
  };
}

const ARTICLES = [
  by(["张三", "李四"], 1),
  by(["张三"], 2),
  by(["新华社"], 40),
  by(["Jane Doe"], 41),
  by(["Jane Doe"], 42),
  ...ODD_NAMES.map((name, day) => by([name], 50 + day)),
];
const site = serveRelease(ARTICLES, { opml: ["authors"] });

const titlesIn = (document: string): readonly string[] => [...new Set(document.match(/第\d+篇/g))];

describe("an author's list and feeds", () => {
  it.each([
    ["/author/张三", ["第2篇", "第1篇"]],
    ["/author/张三/feed.xml", ["第2篇", "第1篇"]],
    ["/author/张三/atom.xml", ["第2篇", "第1篇"]],
    ["/author/张三/feed.json", ["第2篇", "第1篇"]],
    ["/author/张三?page=2022-01", ["第2篇", "第1篇"]],
    ["/author/张三/feed.xml?page=2022-01", ["第2篇", "第1篇"]],
    ["/author/李四", ["第1篇"]],
    ["/author/李四/feed.xml", ["第1篇"]],
    ["/feed.xml?author=Jane%20Doe&author=%E6%9D%8E%E5%9B%9B", ["第42篇", "第41篇", "第1篇"]],
  ])("show what they wrote at %s", async (path, titles) => {
    const response = await site.fetch(path);
    expect([response.status, titlesIn(await response.text())]).toEqual([200, titles]);
  });

  it.each([
    ["/author/nobody", 404],
    ["/author/nobody/feed.xml", 404],
    ["/author/新华社", 404],
    ["/author/jane%20doe", 404],
    ["/author/李四?page=2022-01", 404],
    ["/Author/张三/", 301],
    ["/feed.xml?author=Jane%20Doe", 301],
    ["/feed.xml?author=a&author=b&author=c&tag=d&tag=e&category=f", 400],
  ])("answer at %s with %i", async (path, status) => {
    const response = await site.fetch(path);
    expect(response.status).toBe(status);
  });

  it.each(ODD_NAMES)("can be found by the name %j", async (name) => {
    for (const file of ["", "/feed.xml", "/feed"]) {
      const response = await site.fetch(`/author/${encodeURIComponent(name)}${file}`);
      expect(response.status).toBe(200);
    }
  });

  it.each(["张三", "李四"])("of %s answer 304 to their validators", async (name) => {
    for (const path of [
      `/author/${name}`,
      `/author/${name}/feed.xml`,
      `/author/${name}/atom.xml`,
    ]) {
      const { headers } = await site.fetch(path);
      const again = await site.fetch(path, { "If-None-Match": headers.get("ETag") ?? "" });
      expect([path, again.status]).toEqual([path, 304]);
    }
  });

  it("are in the list of all feeds where there are several articles", async () => {
    const opml = await (await site.fetch("/feeds.opml")).text();
    expect(opml.match(/\/author\/[^"/]*\/feed\.xml/g)).toEqual([
      "/author/Jane%20Doe/feed.xml",
      "/author/%E5%BC%A0%E4%B8%89/feed.xml",
    ]);
    const unasked = await serveRelease(ARTICLES).fetch("/feeds.opml");
    expect(await unasked.text()).not.toContain("/author/");
  });

  it("end with the last article", async () => {
    const later = serveRelease(ARTICLES.slice(1));
    expect((await later.fetch("/author/李四")).status).toBe(404);
    expect(titlesIn(await (await later.fetch("/author/张三/feed.xml")).text())).toEqual(["第2篇"]);
  });

  it("are where the byline leads, unless the settings say that there are none", async () => {
    const [article] = ARTICLES;
    const path = `/s/${article?.id ?? ""}`;
    const page = await (await site.fetch(path)).text();
    for (const name of ["张三", "李四"]) {
      expect(page).toContain(`<a href="/author/${name}">${name}</a>`);
    }
    const without = serveRelease(ARTICLES, { authors: false });
    expect(await (await without.fetch(path)).text()).toContain("<span>张三、李四</span>");
    expect((await without.fetch("/author/张三")).status).toBe(404);
  });

  it("keep other pages as they were when another author comes", () => {
    const basis = (articles: readonly Article[]): string =>
      serveRelease(articles).manifest.pageBasis;
    expect(basis([...ARTICLES, by(["王五"], 90), by(["王五"], 91)])).toBe(basis(ARTICLES));
  });
});
