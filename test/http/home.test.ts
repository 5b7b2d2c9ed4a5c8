import { expect, it } from "vitest";
import type { Article } from "../../src/domain/article.ts";
import { sharePath } from "../../src/domain/links.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import { NEWSPAPER_ARTICLE, SITE } from "../render/sample-articles.ts";
import { serveRelease } from "../serve-release.ts";

const DAY = 86_400;
const PICTURE = "/media/p/0123456789abcdef.jpg";

/** Articles one a day, the newest first, which take turns in the categories. */
function articlesIn(categories: readonly string[], count: number): readonly Article[] {
  return Array.from({ length: count }, (_, index) => ({
    ...NEWSPAPER_ARTICLE,
    id: shareIdOf({ name: String(index), day: 19_000 }),
    title: `n${index}`,
    published: { epochSeconds: 1_641_600_000 - index * DAY, offsetMinutes: 480 },
    categories: [categories[index % categories.length] ?? ""],
    tags: [],
  }));
}

/** The headlines under each heading, in their order. */
async function outlineOf(articles: readonly Article[]): Promise<Readonly<Record<string, string>>> {
  const html = await (await serveRelease(articles).fetch("/")).text();
  const parts = html.split(/<h2[^>]*>(?:<a [^>]*>)?/).slice(1);
  return Object.fromEntries(
    parts.map((part) => [
      part.slice(0, part.indexOf("<")),
      Array.from(part.matchAll(/<h3[^>]*><a [^>]*>([^<]*)/g), ([, title = ""]) => title).join(" "),
    ]),
  );
}

it("has a block for each of a few categories, without what stands above it", async () => {
  expect(await outlineOf(articlesIn(["甲", "乙"], 20))).toMatchObject({
    最新文章: "n0 n1 n2 n3 n4 n5 n6 n7",
    甲: "n8 n10 n12 n14",
    乙: "n9 n11 n13 n15",
  });
});

it("repeats the newest of a category that has no others", async () => {
  const rare = articlesIn(["丙"], 1);
  const common = articlesIn(["甲"], 12).slice(1);
  expect(await outlineOf([...rare, ...common])).toMatchObject({
    甲: "n8 n9 n10 n11",
    丙: "n0",
  });
});

it.each([
  ["one category", articlesIn(["甲"], 20)],
  ["nine", articlesIn("甲乙丙丁戊己庚辛壬".split(""), 20)],
  ["so few articles that all stand above", articlesIn(["甲", "乙"], 8)],
])("is one list of the newest where there are %s", async (_, articles) => {
  const outline = await outlineOf(articles);
  expect(Object.keys(outline)).toEqual(["最新文章", "栏目", "订阅", "往期"]);
  expect(outline["最新文章"]?.split(" ")).toHaveLength(articles.length);
});

const image = (url: string, width = 1600) => ({
  url,
  alt: "岸边",
  type: null,
  width,
  height: 900,
  length: null,
});

it("shows the newest picture large and at once, others small, late and in one form", async () => {
  const articles = articlesIn(["甲"], 12).map((article) => ({
    ...article,
    image: image(SITE.url + PICTURE),
  }));
  const html = await (await serveRelease(articles).fetch("/")).text();
  const [first, second, ...others] = html.match(/<picture>.*?<\/picture>/g) ?? [];
  expect(first).toBe(
    `<picture><source type="image/webp" srcset="${PICTURE}.480.webp 480w, ${PICTURE}.960.webp 960w" sizes="(min-width: 40em) 12rem, 100vw"><img src="${PICTURE}" alt="" width="104" height="78" fetchpriority="high"></picture>`,
  );
  expect(second).toBe(
    `<picture><source type="image/webp" srcset="${PICTURE}.480.webp"><img src="${PICTURE}" alt="" width="104" height="78" loading="lazy"></picture>`,
  );
  expect(others).toHaveLength(8);
  expect(html).toContain(
    `<a href="${sharePath(articles[1]?.id ?? NEWSPAPER_ARTICLE.id)}" tabindex="-1" aria-hidden="true">`,
  );
});

it("shows the first picture of a block, and the first five of a category", async () => {
  const articles = articlesIn(["甲", "乙"], 40).map((article) => ({
    ...article,
    image: image(SITE.url + PICTURE),
  }));
  const site = serveRelease(articles);
  const count = async (path: string) =>
    (await (await site.fetch(path)).text()).split("<picture>").length - 1;
  expect(await count("/")).toBe(8 + 2);
  expect(await count(`/category/${encodeURIComponent("甲")}`)).toBe(5);
});

it.each([
  ["of another site", image("https://elsewhere.example/media/p/0123456789abcdef.jpg")],
  ["that was not made anew", image(`${SITE.url}/img/a.jpg`)],
  ["that is small", image(SITE.url + PICTURE, 120)],
  ["that moves", image(`${SITE.url}/media/p/0123456789abcdef.gif`)],
  ["that is a drawing", image(`${SITE.url}/media/p/0123456789abcdef.svg`)],
])("shows no picture %s", async (_, shown) => {
  const articles = articlesIn(["甲"], 2).map((article) => ({ ...article, image: shown }));
  expect(await (await serveRelease(articles).fetch("/")).text()).not.toContain("<img");
});
