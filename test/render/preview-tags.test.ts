import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Article, ArticleImage } from "../../src/domain/article.ts";
import type { SharedPage } from "../../src/render/link-previews.ts";
import { renderPreviewTags, sharedPageOf } from "../../src/render/preview-tags.ts";
import { NEWSPAPER_ARTICLE, SITE, TECHNICAL_ARTICLE } from "./sample-articles.ts";
import { sharePage } from "./sample-pages.ts";

const PREVIEW_BYTES = 4096;

function tagsOf(article: Article, site = SITE): string {
  return renderPreviewTags(site, {
    title: article.title,
    description: article.summary,
    path: `/s/${article.id}`,
    article: { header: article, section: "湖城日报新闻" },
    cardUrl: null,
  }).html;
}

/** The bytes of a page up to the end of its last preview tag. */
function previewLength(page: Uint8Array): number {
  const html = Buffer.from(page);
  const last = Math.max(html.lastIndexOf("<meta property="), html.lastIndexOf("<meta itemprop="));
  return html.indexOf("\n", last);
}

describe("renderPreviewTags", () => {
  it("uses one attribute family on each tag", () => {
    const tags = tagsOf(TECHNICAL_ARTICLE).match(/<meta [^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(15);
    for (const tag of tags) expect(tag.match(/ (?:name|property|itemprop)="/g)).toHaveLength(1);
  });

  it("stays inside the first 4 KB of the page, however much the editor writes", () => {
    const text = (maximum: number): fc.Arbitrary<string> =>
      fc
        .array(fc.constantFrom("湖", "城", "a", " ", "。", '"', "👩‍🚒", "𠮷"), {
          maxLength: maximum,
          size: "max",
        })
        .map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        text(400),
        text(1200),
        fc.array(text(60), { maxLength: 20 }),
        fc.nat({ max: 900 }),
        (title, summary, tags, pathLength) => {
          const url = `https://wandu.example/${"x".repeat(pathLength)}.jpg`;
          const image = { url, alt: title, type: null, width: null, height: null, length: null };
          const page = sharePage({
            ...NEWSPAPER_ARTICLE,
            title,
            summary,
            tags,
            authors: tags,
            image,
          });
          expect(previewLength(page)).toBeLessThanOrEqual(PREVIEW_BYTES);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("keeps a headline of 60 Han characters whole", () => {
    const title = "湖".repeat(60);
    expect(tagsOf({ ...NEWSPAPER_ARTICLE, title })).toContain(`<title>${title}</title>`);
  });

  it("shows the article's picture large, with what is known of it", () => {
    const tags = tagsOf(TECHNICAL_ARTICLE);
    expect(tags).toContain(
      '<meta property="og:image" content="https://wandu.example/images/press.jpg">',
    );
    expect(tags).toContain('<meta property="og:image:width" content="1200">');
    expect(tags).toContain(
      '<meta itemprop="image" content="https://wandu.example/images/press.jpg">',
    );
    expect(tags).toContain('<meta name="twitter:card" content="summary_large_image">');
  });

  it("falls back to the site's icon, then to no picture", () => {
    const icon = "https://wandu.example/icon.png";
    expect(tagsOf(NEWSPAPER_ARTICLE, { ...SITE, icon })).toContain(
      `<meta property="og:image" content="${icon}">`,
    );
    expect(tagsOf(NEWSPAPER_ARTICLE)).not.toContain("og:image");
    expect(tagsOf(NEWSPAPER_ARTICLE)).toContain('<meta name="twitter:card" content="summary">');
  });

  it.each([
    ["zh-CN", "zh_CN"],
    ["zh-Hant-TW", "zh_TW"],
    ["EN-gb", "en_GB"],
  ])("writes %s as Open Graph's %s", (language, locale) => {
    expect(tagsOf({ ...NEWSPAPER_ARTICLE, language })).toContain(
      `<meta property="og:locale" content="${locale}">`,
    );
  });

  it.each(["ar", "zh-Hans", "es-419"])(
    "says no locale for %s, which has no territory",
    (language) => {
      expect(tagsOf({ ...NEWSPAPER_ARTICLE, language })).not.toContain("og:locale");
    },
  );
});

describe("sharedPageOf", () => {
  const shared = (image: ArticleImage): SharedPage =>
    sharedPageOf(SITE, { ...NEWSPAPER_ARTICLE, image }, "https://wandu.example/c/a.png");
  const taken: ArticleImage = {
    url: "https://wandu.example/a.jpg",
    alt: "",
    type: "image/jpeg",
    width: 1200,
    height: 675,
    length: 90_000,
  };

  it("shows the article's own picture where every platform takes it", () => {
    expect(shared(taken)).toMatchObject({ image: { url: taken.url }, isPictureReplaced: false });
  });

  it("shows the card in its place where that shows it too, with the headline", () => {
    const article = { ...NEWSPAPER_ARTICLE, image: taken };
    const cardUrl = "https://wandu.example/media/c/f5v4k2q9xa-0123456789abcdef.jpg";
    expect(sharedPageOf(SITE, article, cardUrl)).toMatchObject({
      image: { url: cardUrl, type: "image/jpeg", width: 1200, height: 630 },
      isPictureReplaced: false,
    });
  });

  it.each([
    ["of another host", { length: null }],
    ["too heavy", { length: 13_000_000 }],
    ["too small", { width: 10, height: 10 }],
    ["drawn", { type: "image/svg+xml" }],
  ])("says that the card stands for a picture %s", (_what, change) => {
    expect(shared({ ...taken, ...change })).toMatchObject({
      image: { url: "https://wandu.example/c/a.png" },
      isPictureReplaced: true,
    });
  });
});
