import { describe, expect, it } from "vitest";
import { decodeArticleHead, encodeArticleHead } from "../../src/store/article-entry.ts";
import { NEWSPAPER_ARTICLE } from "../render/sample-articles.ts";
import { PODCAST_FEED } from "../render/sample-feeds.ts";

const { body: _body, ...HEADER } = NEWSPAPER_ARTICLE;

describe("the head of a stored article", () => {
  it.each([null, "https://finance.example/a/1.html"])(
    "comes out as it went in, with the original's address %s",
    (sourceUrl) => {
      const header = { ...HEADER, sourceUrl };
      expect(decodeArticleHead(header.id, encodeArticleHead(header))).toEqual(header);
    },
  );

  it.each([null, "https://finance.example/a/1.html"])(
    "comes out as it went in, with recordings and the original's address %s",
    (sourceUrl) => {
      const { recordings } = PODCAST_FEED.articles[0] ?? {};
      const header = { ...HEADER, sourceUrl, recordings };
      expect(recordings).toHaveLength(2);
      expect(decodeArticleHead(header.id, encodeArticleHead(header))).toEqual(header);
    },
  );

  it("is what it was in 0.1.0 where no original is named, so that no such article is written again", () => {
    const stored = JSON.parse(new TextDecoder().decode(encodeArticleHead(HEADER))) as unknown[];
    expect(stored).toHaveLength(15);
    expect(stored.at(-1)).toEqual(HEADER.titleBreaks);
  });
});
