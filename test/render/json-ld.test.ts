import { describe, expect, it } from "vitest";
import type { Article } from "../../src/domain/article.ts";
import { renderArticleData, renderListData } from "../../src/render/json-ld.ts";
import { NEWSPAPER_ARTICLE, REFS, SITE, TECHNICAL_ARTICLE } from "./sample-articles.ts";

const BLOCK = /^<script type="application\/ld\+json">(?<json>[^<]*)<\/script>$/;

function parsed(html: string): readonly unknown[] {
  return html
    .split("\n")
    .map((line): unknown => JSON.parse(BLOCK.exec(line)?.groups?.["json"] ?? "null"));
}

const CARD_URL = "https://wandu.example/c/f5v4k2q9xa-0123456789abcdef.png";
const CARD = { "@type": "ImageObject", url: CARD_URL, width: 1200, height: 630 };
const LOGO = { "@type": "ImageObject", url: "https://wandu.example/favicon.svg" };
const CATEGORY = {
  topic: { kind: "category", name: "湖城日报" },
  title: "湖城日报新闻",
} as const;

const ofArticle = (
  header: Article,
  category: typeof CATEGORY | null = null,
  cardUrl: string | null = CARD_URL,
): readonly unknown[] => parsed(renderArticleData(SITE, header, category, cardUrl).html);

describe("renderArticleData", () => {
  it("describes one news article with its people, its paper, its picture and the way to it", () => {
    expect(ofArticle(NEWSPAPER_ARTICLE, CATEGORY)).toEqual([
      {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        headline: "老城墙下添书屋 三千册旧书等街坊",
        mainEntityOfPage: "https://wandu.example/s/f5v4k2q9xa",
        image: [CARD],
        datePublished: "2022-01-10T07:35:33+08:00",
        dateModified: "2022-01-10T07:35:33+08:00",
        author: [
          { "@type": "Person", name: "林知秋", url: "https://wandu.example/author/林知秋" },
          { "@type": "Person", name: "何小满", url: "https://wandu.example/author/何小满" },
        ],
        publisher: { "@type": "Organization", name: "湖畔晚读", logo: LOGO },
        sourceOrganization: { "@type": "Organization", name: "湖城日报" },
        inLanguage: "zh-CN",
      },
      {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        itemListElement: [
          { "@type": "ListItem", position: 1, name: "湖畔晚读", item: "https://wandu.example/" },
          {
            "@type": "ListItem",
            position: 2,
            name: "湖城日报新闻",
            item: "https://wandu.example/category/%E6%B9%96%E5%9F%8E%E6%97%A5%E6%8A%A5",
          },
          { "@type": "ListItem", position: 3, name: "老城墙下添书屋 三千册旧书等街坊" },
        ],
      },
    ]);
  });

  it("leads from the site to an article without a category", () => {
    const [, breadcrumbs] = ofArticle(NEWSPAPER_ARTICLE);
    expect(breadcrumbs).toMatchObject({ itemListElement: [{ position: 1 }, { position: 2 }] });
  });

  it("names the original", () => {
    const sourceUrl = "https://finance.example/a/1.html";
    const [article] = ofArticle({ ...NEWSPAPER_ARTICLE, sourceUrl });
    expect(article).toMatchObject({ isBasedOn: sourceUrl });
  });

  it("names the newspaper as the author where nobody signed", () => {
    const [article] = ofArticle({ ...NEWSPAPER_ARTICLE, authors: [] });
    expect(article).toMatchObject({ author: [{ "@type": "Organization", name: "湖城日报" }] });
    expect(article).not.toHaveProperty("sourceOrganization");
  });

  it("names the publisher where there is no newspaper either, the change, and the picture", () => {
    const [article] = ofArticle(TECHNICAL_ARTICLE);
    expect(article).toMatchObject({
      dateModified: "2022-01-12T00:05:00+08:00",
      author: [{ "@type": "Organization", name: "湖畔晚读", logo: LOGO }],
    });
  });

  it.each([
    ["the picture alone where its size is known", { width: 1200, height: 800 }, ["press.jpg"]],
    ["the card too where it is not", { width: null, height: null }, ["press.jpg", "abcdef.png"]],
  ])("shows %s", (_what, size, files) => {
    const { image } = TECHNICAL_ARTICLE;
    const own = image === null ? null : { ...image, ...size };
    const [article] = ofArticle({ ...TECHNICAL_ARTICLE, image: own });
    const pictures = files.map((file) => ({ url: expect.stringContaining(file) as unknown }));
    expect(article).toHaveProperty("image.length", files.length);
    expect(article).toMatchObject({ image: pictures });
  });

  it("shows the logo where there is no other picture", () => {
    const [article] = ofArticle(NEWSPAPER_ARTICLE, null, null);
    expect(article).toMatchObject({ image: [LOGO] });
  });

  it("holds a headline that would close the block", () => {
    const title = "</script><!--<script>";
    const [article] = ofArticle({ ...NEWSPAPER_ARTICLE, title });
    expect(article).toMatchObject({ headline: title });
  });
});

it("renderListData describes a list as a collection of its newest articles", () => {
  const data = parsed(renderListData(SITE, "技术", "/category/jishu", REFS.slice(0, 1)).html);
  expect(data).toEqual([
    {
      "@context": "https://schema.org",
      "@type": "CollectionPage",
      name: "技术",
      url: "https://wandu.example/category/jishu",
      inLanguage: "zh-CN",
      isPartOf: { "@type": "WebSite", name: "湖畔晚读", url: "https://wandu.example/" },
      publisher: { "@type": "Organization", name: "湖畔晚读", logo: LOGO },
      mainEntity: {
        "@type": "ItemList",
        itemListElement: [
          {
            "@type": "ListItem",
            position: 1,
            url: `https://wandu.example/s/${REFS[0]?.id ?? ""}`,
          },
        ],
      },
    },
  ]);
});
