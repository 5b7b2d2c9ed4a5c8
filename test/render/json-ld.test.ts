import { describe, expect, it } from "vitest";
import { renderJsonLd } from "../../src/render/json-ld.ts";
import { NEWSPAPER_ARTICLE, SITE, TECHNICAL_ARTICLE } from "./sample-articles.ts";

const BLOCK = /^<script type="application\/ld\+json">(?<json>[^<]*)<\/script>$/;

function parsed(html: string): unknown {
  return JSON.parse(BLOCK.exec(html)?.groups?.["json"] ?? "null");
}

describe("renderJsonLd", () => {
  it("describes a news article with its people, its paper and its offset", () => {
    expect(parsed(renderJsonLd(SITE, NEWSPAPER_ARTICLE, "湖城日报新闻").html)).toEqual({
      "@context": "https://schema.org",
      "@type": "NewsArticle",
      headline: "老城墙下添书屋 三千册旧书等街坊",
      datePublished: "2022-01-10T07:35:33+08:00",
      dateModified: "2022-01-10T07:35:33+08:00",
      author: [
        { "@type": "Person", name: "林知秋" },
        { "@type": "Person", name: "何小满" },
      ],
      publisher: { "@type": "Organization", name: "湖畔晚读", url: "https://wandu.example/" },
      sourceOrganization: { "@type": "Organization", name: "湖城日报" },
      articleSection: "湖城日报新闻",
      inLanguage: "zh-CN",
      mainEntityOfPage: "https://wandu.example/s/f5v4k2q9xa",
      isAccessibleForFree: true,
    });
  });

  it("names the publisher where nobody signed, and the picture", () => {
    expect(parsed(renderJsonLd(SITE, TECHNICAL_ARTICLE, null).html)).toMatchObject({
      dateModified: "2022-01-12T00:05:00+08:00",
      author: [{ "@type": "Organization", name: "湖畔晚读" }],
      image: ["https://wandu.example/images/press.jpg"],
    });
  });

  it("holds a headline that would close the block", () => {
    const title = "</script><!--<script>";
    const { html } = renderJsonLd(SITE, { ...NEWSPAPER_ARTICLE, title }, null);
    expect(parsed(html)).toMatchObject({ headline: title });
  });
});
