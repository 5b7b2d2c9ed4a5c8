import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeArticleHead,
  decodeLinkedArticle,
  encodeArticleHead,
} from "../../src/store/article-entry.ts";
import { NEWSPAPER_ARTICLE } from "../render/sample-articles.ts";
import { PODCAST_FEED } from "../render/sample-feeds.ts";

const { body: _body, ...HEADER } = NEWSPAPER_ARTICLE;

describe("the head of a stored article", () => {
  it.each([
    [null, null],
    ["https://finance.example/a/1.html", null],
    [null, "https://old.example/2022/01/10/a"],
    ["https://finance.example/a/1.html", "4711"],
  ])(
    "comes out as it went in, with the original's address %s and the entry's id %s",
    (sourceUrl, entryId) => {
      const header = { ...HEADER, sourceUrl, entryId };
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

  it("shows a link what the whole head says, whatever stands in its texts", () => {
    const text = fc.string({ unit: fc.constantFrom('"', "\\", ",", "[", "]", "{", "湖", "a") });
    fc.assert(
      fc.property(fc.array(text), text, fc.integer(), (categories, title, epochSeconds) => {
        const published = { epochSeconds, offsetMinutes: -90 };
        const header = { ...HEADER, categories, title, published };
        const linked = { id: HEADER.id, title, published };
        expect(decodeLinkedArticle(header.id, encodeArticleHead(header))).toEqual(linked);
      }),
    );
  });

  it("is what it was in 0.1.0 where neither original nor id is named, so that no such article is written again", () => {
    const stored = JSON.parse(new TextDecoder().decode(encodeArticleHead(HEADER))) as unknown[];
    expect(stored).toHaveLength(15);
    expect(stored.at(-1)).toEqual(HEADER.titleBreaks);
  });
});
