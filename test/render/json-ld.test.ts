import { describe, expect, it } from "vitest";
import type { Article } from "../../src/domain/article.ts";
import { renderJsonLd } from "../../src/render/json-ld.ts";
import { NEWSPAPER_ARTICLE, SITE, TECHNICAL_ARTICLE } from "./sample-articles.ts";

const BLOCK = /^<script type="application\/ld\+json">(?<json>[^<]*)<\/script>$/;

function parsed(html: string): unknown {
  return JSON.parse(BLOCK.exec(html)?.groups?.["json"] ?? "null");
}

const CARD_URL = "https://wandu.example/c/f5v4k2q9xa-0123456789abcdef.png";

const describeArticle = (header: Article, section: string | null): string =>
  renderJsonLd(SITE, header, section, CARD_URL).html;

describe("renderJsonLd", () => {
  it("describes a news article with its people, its paper and its offset", () => {
    expect(parsed(describeArticle(NEWSPAPER_ARTICLE, "湖城日报新闻"))).toEqual({
      "@context": "https://schema.org",
      "@type": "NewsArticle",
      headline: "老城墙下添书屋 三千册旧书等街坊",
      datePublished: "2022-01-10T07:35:33+08:00",
      author: [
        { "@type": "Person", name: "林知秋" },
        { "@type": "Person", name: "何小满" },
      ],
      publisher: { "@type": "Organization", name: "湖畔晚读" },
      sourceOrganization: { "@type": "Organization", name: "湖城日报" },
      image: [CARD_URL],
      articleSection: "湖城日报新闻",
      inLanguage: "zh-CN",
    });
  });

  it("names the original", () => {
    const sourceUrl = "https://finance.example/a/1.html";
    expect(parsed(describeArticle({ ...NEWSPAPER_ARTICLE, sourceUrl }, null))).toMatchObject({
      isBasedOn: sourceUrl,
    });
  });

  it("names the publisher where nobody signed, and the picture", () => {
    expect(parsed(describeArticle(TECHNICAL_ARTICLE, null))).toMatchObject({
      dateModified: "2022-01-12T00:05:00+08:00",
      author: [{ "@type": "Organization", name: "湖畔晚读" }],
      image: ["https://wandu.example/images/press.jpg"],
    });
  });

  it("holds a headline that would close the block", () => {
    const title = "</script><!--<script>";
    const html = describeArticle({ ...NEWSPAPER_ARTICLE, title }, null);
    expect(parsed(html)).toMatchObject({ headline: title });
  });
});
