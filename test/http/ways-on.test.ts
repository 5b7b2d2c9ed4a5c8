import { expect, it } from "vitest";
import { hrefOf, sharePath } from "../../src/domain/links.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import { NEWSPAPER_ARTICLE } from "../render/sample-articles.ts";
import { serveRelease } from "../serve-release.ts";

const DAY = 86_400;

/** `a` is the busiest category. */
const TURNS = ["abcdefghijk", "abcdefghij", "abcdefghi", "abcdefgh", "abcdef", "abc", "ab", "a"];

/** Articles one a day, the newest first. */
const ARTICLES = Array.from(TURNS.join(""), (category, index) => ({
  ...NEWSPAPER_ARTICLE,
  id: shareIdOf({ name: String(index), day: 19_000 }),
  title: `n${index}`,
  published: { epochSeconds: 1_641_600_000 - index * DAY, offsetMinutes: 480 },
  categories: [category],
  tags: [],
}));

async function linksOf(site: ReturnType<typeof serveRelease>, path: string) {
  const response = await site.fetch(path);
  const html = await response.text();
  const [, main = ""] = html.split("<main ");
  const [shown = ""] = main.split("</main>");
  return {
    status: response.status,
    links: Array.from(shown.matchAll(/<a href="([^"]*)"/g), ([, href = ""]) => href),
  };
}

it.each(["/nothing", "/s/7zz0000000", "/category/nothing", "/?page=1999-01"])(
  "leads on from %s: home, subscribing, the newest articles, the busiest categories",
  async (path) => {
    const { status, links } = await linksOf(serveRelease(ARTICLES), path);
    expect(status).toBe(404);
    expect(links).toEqual([
      "/",
      "/feed",
      ...ARTICLES.slice(0, 5).map(({ id }) => sharePath(id)),
      ..."abcdefgh".split("").map((name) => hrefOf(`/category/${name}`)),
    ]);
  },
);

it("names nothing where there is nothing, and in no other answer than that nothing is there", async () => {
  expect((await linksOf(serveRelease([]), "/nothing")).links).toEqual(["/", "/feed"]);
  const response = await serveRelease(ARTICLES).fetch("/healthz");
  expect(await response.text()).not.toContain("/s/");
});

it("says what the site's own 404 says, where it has one", async () => {
  const notFound = { title: "没有", titleBreaks: [], language: null, html: "<p>请看看别处。</p>" };
  const { links } = await linksOf(serveRelease(ARTICLES, { notFound }), "/nothing");
  expect(links).toEqual(["/"]);
});

it("changes no other page's validator by what it leads to", () => {
  const [first = NEWSPAPER_ARTICLE, ...others] = ARTICLES.map((article) => ({
    ...article,
    categories: [],
  }));
  const [before, after] = [others, [first, ...others]].map((all) => serveRelease(all).manifest);
  expect(before?.waysOn.newest[0]?.title).toBe("n1");
  expect(after?.waysOn.newest[0]?.title).toBe("n0");
  expect(after?.pageBasis).toBe(before?.pageBasis);
});

it.each([
  ["/?page=2021", "/?page=2021-12"],
  ["/category/b?page=2021", "/category/b?page=2021-12"],
  ["/feed.xml?page=2021", "/feed.xml?page=2021-12"],
])("leads from a year, %s, to its newest month", async (path, target) => {
  const response = await serveRelease(ARTICLES).fetch(path);
  expect([response.status, response.headers.get("Location")]).toEqual([301, target]);
});

it("leads within two taps to last month's articles, from home, a category and an article", async () => {
  const site = serveRelease(ARTICLES);
  const lastMonth = "/?page=2021-12";
  expect((await linksOf(site, "/")).links).toContain(lastMonth);
  expect((await linksOf(site, "/category/b")).links).toContain("/category/b?page=2021-12");
  const [newest = NEWSPAPER_ARTICLE] = ARTICLES;
  const category = `/category/${newest.categories[0]}`;
  expect((await linksOf(site, sharePath(newest.id))).links).toContain(category);
});
