import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import type { Moment } from "../../src/domain/moment.ts";
import { combine } from "../../src/domain/combination.ts";
import type { Feed } from "../../src/render/feed-document.ts";
import { encodeChunks } from "../../src/render/chunk.ts";
import { renderFeed, renderXmlFeed } from "../../src/render/feed.ts";
import { arbitraryArticle, arbitraryFeed } from "./arbitrary-feed.ts";
import { expectedFile } from "./expected-file.ts";
import { NEWSPAPER_ARTICLE } from "./sample-articles.ts";
import { AWKWARD_ARTICLE, SAMPLE_FEEDS, SITE_FEED, htmlInFeed } from "./sample-feeds.ts";
import type { XmlElement } from "./xml-tree.ts";
import { childrenOf, parseXml, textOf } from "./xml-tree.ts";

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function readRss(feed: Feed): XmlElement {
  const [channel] = childrenOf(parseXml(renderFeed(feed, "rss")), "channel");
  if (channel === undefined) throw new TypeError("There is no channel");
  return channel;
}

function readAtom(feed: Feed): XmlElement {
  return parseXml(renderFeed(feed, "atom"));
}

interface JsonFeed {
  readonly [name: string]: unknown;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

function readJson(feed: Feed): JsonFeed {
  return JSON.parse(decode(renderFeed(feed, "json"))) as JsonFeed;
}

/** The addresses of links by their relation. */
function linksOf(element: XmlElement, name: string): Readonly<Record<string, string | undefined>> {
  const links: Record<string, string | undefined> = {};
  for (const { attributes } of childrenOf(element, name)) {
    links[attributes["rel"] ?? ""] = attributes["href"];
  }
  return links;
}

function textsOf(element: XmlElement, ...names: readonly string[]): readonly (string | null)[] {
  return names.map((name) => textOf(element, name));
}

function attributesOf(element: XmlElement, name: string, attribute: string): readonly unknown[] {
  return childrenOf(element, name).map(({ attributes }) => attributes[attribute]);
}

describe("renderFeed", () => {
  it.each(Object.entries(SAMPLE_FEEDS))("writes %s as expected", async (name, { document }) => {
    expect(decode(document)).toBe(await expectedFile(name, document));
  });

  it.each(FEED_FORMAT_NAMES)("gives the same bytes for the same feed in %s", (format) => {
    expect(renderFeed(structuredCloneOf(SITE_FEED), format)).toEqual(renderFeed(SITE_FEED, format));
  });

  it.each(FEED_FORMAT_NAMES)("does not change the feed it is given, in %s", (format) => {
    const before = JSON.stringify(SITE_FEED);
    renderFeed(SITE_FEED, format);
    expect(JSON.stringify(SITE_FEED)).toBe(before);
  });

  it("keeps the order of the articles", () => {
    const ids = SITE_FEED.articles.map(({ id }) => `tag:wandu.example,2026:/s/${id}`);
    expect(childrenOf(readRss(SITE_FEED), "item").map((item) => textOf(item, "guid"))).toEqual(ids);
    expect(childrenOf(readAtom(SITE_FEED), "entry").map((item) => textOf(item, "id"))).toEqual(ids);
    expect(readJson(SITE_FEED).items.map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ["another host", { url: "https://elsewhere.example" }],
    ["another scheme", { url: "http://wandu.example" }],
    ["another title", { title: "晚读", description: "" }],
  ])("keeps all ids on %s", (_, changes) => {
    const moved = { ...SITE_FEED, site: { ...SITE_FEED.site, ...changes } };
    const idsOf = (feed: Feed): unknown => [
      childrenOf(readRss(feed), "item").map((item) => textOf(item, "guid")),
      textOf(readAtom(feed), "id"),
      childrenOf(readAtom(feed), "entry").map((item) => textOf(item, "id")),
      readJson(feed).items.map(({ id }) => id),
    ];
    expect(idsOf(moved)).toEqual(idsOf(SITE_FEED));
  });

  it.each([
    [{ kind: "site" }, "tag:wandu.example,2026:/"],
    [{ kind: "category", name: "a" }, "tag:wandu.example,2026:/category/a/"],
    [{ kind: "tag", name: "晚报" }, "tag:wandu.example,2026:/tag/%E6%99%9A%E6%8A%A5/"],
  ] as const)("gives the Atom feed of %o the id %s", (topic, id) => {
    expect(textOf(readAtom({ ...SITE_FEED, topic }), "id")).toBe(id);
    expect(textOf(readAtom({ ...SITE_FEED, topic, page: "2022-01" }), "id")).toBe(id);
  });

  it("gives a combined feed an id and an address in which every scope is named", () => {
    const topic = combine({ kind: "tag", name: "晚报" }, { kind: "category", name: "a" });
    const feed: Feed = { ...SITE_FEED, topic, previousPage: null };
    expect(textOf(readAtom(feed), "id")).toBe(
      "tag:wandu.example,2026:/category/a+/tag/%E6%99%9A%E6%8A%A5",
    );
    expect(linksOf(readAtom(feed), "link")).toMatchObject({
      self: "https://wandu.example/atom.xml?category=a&tag=%E6%99%9A%E6%8A%A5",
      alternate: "https://wandu.example/feed?category=a&tag=%E6%99%9A%E6%8A%A5",
    });
  });

  it("names a category's or tag's feed after it and the site", () => {
    const feed: Feed = { ...SITE_FEED, topic: { kind: "tag", name: "晚报" }, title: "晚报" };
    expect(textOf(readRss(feed), "title")).toBe("晚报 · 湖畔晚读");
    expect(textOf(readAtom(feed), "title")).toBe("晚报 · 湖畔晚读");
    expect(readJson(feed)["title"]).toBe("晚报 · 湖畔晚读");
  });

  it("links a polled feed to the newest archive page only", () => {
    const feed: Feed = { ...SITE_FEED, topic: { kind: "category", name: "a" } };
    const page = "https://wandu.example/category/a/atom.xml?page=2022-01";
    expect(linksOf(readAtom(feed), "link")).toMatchObject({ "prev-archive": page });
    expect(linksOf(readAtom(feed), "link")).not.toHaveProperty("current");
    expect(linksOf(readAtom(feed), "link")).not.toHaveProperty("next-archive");
    expect(childrenOf(readAtom(feed), "fh:archive")).toEqual([]);
    expect(childrenOf(readRss(feed), "fh:archive")).toEqual([]);
    expect(textOf(readRss(feed), "ttl")).toBe("30");
  });

  it("links an archive page to its related and the polled feed", () => {
    const feed: Feed = {
      ...SITE_FEED,
      page: "2022-01",
      previousPage: "2021-12",
      nextPage: "2022-02",
    };
    const links = (file: string): object => ({
      self: `https://wandu.example/${file}?page=2022-01`,
      current: `https://wandu.example/${file}`,
      "prev-archive": `https://wandu.example/${file}?page=2021-12`,
      "next-archive": `https://wandu.example/${file}?page=2022-02`,
    });
    expect(linksOf(readRss(feed), "atom:link")).toMatchObject(links("feed.xml"));
    expect(linksOf(readAtom(feed), "link")).toMatchObject(links("atom.xml"));
    expect(childrenOf(readRss(feed), "fh:archive")).toHaveLength(1);
    expect(childrenOf(readAtom(feed), "fh:archive")).toHaveLength(1);
    expect(readJson(feed)["next_url"]).toBe("https://wandu.example/feed.json?page=2021-12");
    expect(textOf(readRss(feed), "ttl")).toBeNull();
  });

  it("says when its newest change was", () => {
    const moment = (epochSeconds: number): Moment => ({ epochSeconds, offsetMinutes: 0 });
    const old = { ...NEWSPAPER_ARTICLE, published: moment(100), updated: moment(300) };
    const recent = { ...NEWSPAPER_ARTICLE, published: moment(200), updated: null };
    const feed: Feed = { ...SITE_FEED, articles: [recent, old] };
    expect(textOf(readAtom(feed), "updated")).toBe("1970-01-01T00:05:00+00:00");
    expect(textOf(readRss(feed), "lastBuildDate")).toBe("Thu, 01 Jan 1970 00:05:00 +0000");
  });

  it("says in RSS when an article was changed, and of others nothing", () => {
    const [published, updated] = [100, 300].map((epochSeconds) => ({
      epochSeconds,
      offsetMinutes: 0,
    }));
    if (published === undefined || updated === undefined) throw new Error("No moments");
    const articles = [updated, published, null].map((change) => ({
      ...NEWSPAPER_ARTICLE,
      published,
      updated: change,
    }));
    const items = childrenOf(readRss({ ...SITE_FEED, articles }), "item");
    expect(items.map((item) => textOf(item, "atom:updated"))).toEqual([
      "1970-01-01T00:05:00+00:00",
      null,
      null,
    ]);
    expect(new Set(items.map((item) => textOf(item, "pubDate"))).size).toBe(1);
  });

  it("takes no change for real that was before the article was published", () => {
    const published = { epochSeconds: 200, offsetMinutes: 0 };
    const updated = { epochSeconds: 100, offsetMinutes: 0 };
    const feed: Feed = { ...SITE_FEED, articles: [{ ...NEWSPAPER_ARTICLE, published, updated }] };
    const [entry] = childrenOf(readAtom(feed), "entry");
    expect(entry && textOf(entry, "updated")).toBe("1970-01-01T00:03:20+00:00");
  });

  it("names authors with their lists, else the newspaper, else leaves it to the feed's own author", () => {
    const articles = [
      { ...NEWSPAPER_ARTICLE, authors: ["甲", "新华社"], source: "报" },
      { ...NEWSPAPER_ARTICLE, authors: [], source: "报" },
      { ...NEWSPAPER_ARTICLE, authors: [], source: null },
    ];
    const feed: Feed = { ...SITE_FEED, articles };
    const creators = childrenOf(readRss(feed), "item").map((item) =>
      childrenOf(item, "dc:creator").map(({ text }) => text),
    );
    const names = childrenOf(readAtom(feed), "entry").map((entry) =>
      childrenOf(entry, "author").map((author) => textOf(author, "name")),
    );
    expect(creators).toEqual([["甲", "新华社"], ["报"], []]);
    expect(names).toEqual(creators);
    expect(readJson(feed).items.map(({ authors }) => authors)).toEqual([
      [{ name: "甲", url: "https://wandu.example/author/%E7%94%B2" }, { name: "新华社" }],
      [{ name: "报" }],
      undefined,
    ]);
    expect(
      childrenOf(readAtom(feed), "entry").map((entry) =>
        childrenOf(entry, "author").map((author) => textOf(author, "uri")),
      ),
    ).toEqual([["https://wandu.example/author/%E7%94%B2", null], [null], []]);
    const without = readJson({ ...feed, site: { ...feed.site, authors: false } });
    expect(without.items[0]?.authors).toEqual([{ name: "甲" }, { name: "新华社" }]);
    expect(textOf(readRss(feed), "dc:creator")).toBe("湖畔晚读编辑部");
  });

  it("says an article's language only where it is not the site's", () => {
    const articles = ["zh-CN", "ar", null].map((language) => ({ ...NEWSPAPER_ARTICLE, language }));
    const feed: Feed = { ...SITE_FEED, articles };
    const languages = [undefined, "ar", undefined];
    expect(
      childrenOf(readRss(feed), "item").map((item) => textOf(item, "dc:language") ?? undefined),
    ).toEqual(languages);
    expect(
      childrenOf(readAtom(feed), "entry").map(({ attributes }) => attributes["xml:lang"]),
    ).toEqual(languages);
    expect(readJson(feed).items.map(({ language }) => language)).toEqual(languages);
  });
});

it("shows a reference in a text as it is written", () => {
  const text = "25° &deg; &amp;";
  const image = {
    url: "https://a.example/b",
    alt: text,
    type: null,
    width: null,
    height: null,
    length: null,
  };
  const article = {
    ...NEWSPAPER_ARTICLE,
    title: text,
    summary: text,
    authors: [text],
    source: text,
    tags: [text],
    image,
  };
  const feed: Feed = { ...SITE_FEED, articles: [article] };
  const [item] = childrenOf(readRss(feed), "item");
  const [entry] = childrenOf(readAtom(feed), "entry");
  expect(item && textsOf(item, "title", "dc:creator", "dc:source")).toEqual([text, text, text]);
  // Readers take it for HTML.
  expect(item && textOf(item, "description")).toBe("25° &amp;deg; &amp;amp;");
  expect(item && attributesOf(item, "media:content", "type")).toEqual([undefined]);
  expect(entry && textsOf(entry, "title", "summary", "dc:source")).toEqual([text, text, text]);
  expect(readJson(feed).items[0]).toMatchObject({
    title: text,
    summary: text,
    authors: [{ name: text }],
  });
});

describe("a text that runs against its feed's direction", () => {
  const bodyOf = (html: string): Uint8Array => new TextEncoder().encode(html);

  it.each([
    ["zh-CN", "ar", '<div dir="rtl" lang="ar"><p>a</p></div>'],
    ["en", "he-IL", '<div dir="rtl" lang="he-IL"><p>a</p></div>'],
    ["en", "az-Arab", '<div dir="rtl" lang="az-Arab"><p>a</p></div>'],
    ["ar", "zh", '<div dir="ltr" lang="zh"><p>a</p></div>'],
    ["fa", "en", '<div dir="ltr" lang="en"><p>a</p></div>'],
    ["ar", "he", "<p>a</p>"],
    ["ar", null, "<p>a</p>"],
    ["zh-CN", "en", "<p>a</p>"],
  ])("says so in its HTML: in a feed in %s, an article in %s", (site, language, html) => {
    const article = { ...NEWSPAPER_ARTICLE, language, body: bodyOf("<p>a</p>") };
    const feed: Feed = {
      ...SITE_FEED,
      site: { ...SITE_FEED.site, language: site },
      articles: [article],
    };
    const [item] = childrenOf(readRss(feed), "item");
    const [entry] = childrenOf(readAtom(feed), "entry");
    expect(item && textOf(item, "content:encoded")).toBe(html);
    expect(entry && textOf(entry, "content")).toBe(html);
    expect(readJson(feed).items[0]?.["content_html"]).toBe(html);
  });

  it("says so in the summary that stands for it, whose link is in the feed's language", () => {
    const article = { ...NEWSPAPER_ARTICLE, language: "ar", summary: "ملخص", body: null };
    const [entry] = childrenOf(readAtom({ ...SITE_FEED, articles: [article] }), "entry");
    expect(entry && textOf(entry, "content")).toBe(
      `<p dir="rtl" lang="ar">ملخص</p>\n<p><a href="https://wandu.example/s/${article.id}">阅读全文</a></p>`,
    );
  });
});

describe("the original of an article", () => {
  const sourceUrl = "https://finance.example/a/1.html?b=c&d";
  const linked: Feed = {
    ...SITE_FEED,
    articles: [
      { ...NEWSPAPER_ARTICLE, source: null, sourceUrl },
      { ...NEWSPAPER_ARTICLE, source: "甲报", sourceUrl },
      { ...NEWSPAPER_ARTICLE, source: "甲报", sourceUrl: null },
    ],
  };
  const viaOf = (entry: XmlElement, name: string): readonly string[] =>
    childrenOf(entry, name)
      .filter(({ attributes }) => attributes["rel"] === "via")
      .map(({ attributes }) => attributes["href"] ?? "");

  it("is named in each format, beside the newspaper", () => {
    const items = childrenOf(readRss(linked), "item");
    expect(items.map((item) => viaOf(item, "atom:link"))).toEqual([[sourceUrl], [sourceUrl], []]);
    expect(items.map((item) => textOf(item, "dc:source"))).toEqual([sourceUrl, "甲报", "甲报"]);
    const entries = childrenOf(readAtom(linked), "entry");
    expect(entries.map((entry) => viaOf(entry, "link"))).toEqual([[sourceUrl], [sourceUrl], []]);
    const urls = readJson(linked).items.map(({ external_url: url }) => url);
    expect(urls).toEqual([sourceUrl, sourceUrl, undefined]);
  });
});

describe("the text of articles", () => {
  it("comes out of every format as it went in", () => {
    const arbitraryArticles = fc.array(arbitraryArticle, { maxLength: 3 });
    fc.assert(
      fc.property(arbitraryFeed, arbitraryArticles, (feed, articles) => {
        const filled: Feed = { ...feed, articles };
        const expected = articles.map((article) => [
          article.title,
          htmlInFeed(article),
          article.source,
        ]);
        const sources = articles.map(({ source, sourceUrl }) => source ?? sourceUrl);
        const items = childrenOf(readRss(filled), "item");
        expect(items.map((item) => textsOf(item, "title", "content:encoded", "dc:source"))).toEqual(
          expected.map(([title, html], index) => [title, html, sources[index]]),
        );
        const entries = childrenOf(readAtom(filled), "entry");
        expect(entries.map((entry) => textsOf(entry, "title", "content", "dc:source"))).toEqual(
          expected,
        );
        expect(entries.map((entry) => textOf(entry, "summary") ?? "")).toEqual(
          articles.map(({ summary }) => summary),
        );
        expect(entries.map((entry) => attributesOf(entry, "category", "term"))).toEqual(
          articles.map(({ categories, tags }) => [...new Set(categories), ...new Set(tags)]),
        );
        const { items: jsonItems } = readJson(filled);
        expect(
          jsonItems.map(({ title, summary, content_html: html }) => [title, summary ?? "", html]),
        ).toEqual(articles.map((article) => [article.title, article.summary, htmlInFeed(article)]));
      }),
    );
  });

  it.each([
    ["control characters", "题\u0000\u0008\u000B\u001F\u007F\u0085目"],
    ["lone surrogates", "题\uD83D目"],
    ["noncharacters", "题\uFFFE\uFFFF目"],
  ])("loses %s, which would make the document unreadable", (_, title) => {
    const feed: Feed = { ...SITE_FEED, title, articles: [{ ...AWKWARD_ARTICLE, title }] };
    const [item] = childrenOf(readRss(feed), "item");
    expect(item && textOf(item, "title")).toBe("题目");
    expect(textOf(readAtom(feed), "title")).toBe("题目");
    expect(readJson(feed)).toMatchObject({ title: "题目", items: [{ title: "题目" }] });
  });

  it("is HTML in RSS's description, so a summary is escaped twice there", () => {
    const feed: Feed = {
      ...SITE_FEED,
      articles: [{ ...NEWSPAPER_ARTICLE, summary: "<专家> & co" }],
    };
    const [item] = childrenOf(readRss(feed), "item");
    const [entry] = childrenOf(readAtom(feed), "entry");
    expect(item && textOf(item, "description")).toBe("&lt;专家&gt; &amp; co");
    expect(entry && textOf(entry, "summary")).toBe("<专家> & co");
  });
});

describe("renderXmlFeed", () => {
  it.each(["rss", "atom"] as const)("is the %s document, whatever bodies are", (format) => {
    const articles = [NEWSPAPER_ARTICLE, { ...NEWSPAPER_ARTICLE, body: null }, NEWSPAPER_ARTICLE];
    const sealed = articles.map(({ body, ...header }) => ({
      ...header,
      body: body === null ? null : new SealedBody(body),
    }));
    const pieces = renderXmlFeed({ ...SITE_FEED, articles: sealed }, format);
    const opened = pieces.map((piece) => (piece instanceof SealedBody ? piece.open() : piece));
    expect(encodeChunks(opened)).toEqual(renderFeed({ ...SITE_FEED, articles }, format));
  });
});

/** A body of which nothing is to be seen but its size. */
class SealedBody {
  readonly byteLength: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.byteLength = bytes.byteLength;
  }

  open(): Uint8Array {
    return this.#bytes;
  }
}

function structuredCloneOf(feed: Feed): Feed {
  const { categoryTitle, ...data } = feed;
  return { ...structuredClone(data), categoryTitle };
}
