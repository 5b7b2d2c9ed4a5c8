import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedFile } from "./expected-file.ts";
import { NEWSPAPER_ARTICLE } from "./sample-articles.ts";
import { SAMPLE_PAGES, sharePage } from "./sample-pages.ts";

const decode = (page: Uint8Array): string => new TextDecoder().decode(page);
const withoutBlocks = (html: string): string =>
  html.replaceAll(/(?<=<(?:style|script)[^>]*>).*?(?=<\/(?:style|script)>)/gs, "");
const tagNames = (html: string): string[] =>
  [...withoutBlocks(html).matchAll(/<(\/?[a-z!][^\s>]*)/gi)].map(([, name = ""]) => name);

describe.each(Object.entries(SAMPLE_PAGES))("%s", (name, page) => {
  const html = decode(page);

  it("is the expected document", async () => {
    expect(html).toBe(await expectedFile(name, page));
  });

  it("runs nothing, loads nothing and styles nothing in place", () => {
    const scripts = [...html.matchAll(/<script(?<attributes>[^>]*)>/g)];
    for (const { groups } of scripts) {
      expect(groups?.["attributes"]).toBe(' type="application/ld+json"');
    }
    expect(html).not.toMatch(/\s(?:style|on[a-z]+)=/);
    expect(html).not.toMatch(/<link rel="(?:stylesheet|preload|preconnect)"/);
  });

  it("has one headline, one main part and unique ids", () => {
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html.match(/<main /g)).toHaveLength(1);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("steps down one heading level at a time", () => {
    const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    for (const [index, level] of levels.entries()) {
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
    }
  });
});

/** How readers choose that do not ask, by their sources: docs/feeds.md. */
const CHOICES: Readonly<Record<string, (feeds: readonly FeedLink[]) => FeedLink | undefined>> = {
  "FreshRSS, Liferea and Folo: the first in XML": (feeds) =>
    feeds.find(({ type }) => !type.includes("json")),
  "CommaFeed: the first in Atom": (feeds) => feeds.find(({ type }) => type.includes("atom")),
  "NetNewsWire: an early one, and some words in its address": (feeds) =>
    feeds
      .map((feed, index) => ({ feed, score: scoreOf(feed.href) - 5 * index }))
      .toSorted((a, b) => b.score - a.score)[0]?.feed,
};

const OF_SITE: ReadonlySet<string> = new Set(["home.html", "archive-page.html"]);

interface FeedLink {
  readonly type: string;
  readonly href: string;
}

function scoreOf(href: string): number {
  return (href.includes("rss") ? 5 : 0) + (href.includes("json") ? 3 : 0);
}

describe.each(Object.entries(CHOICES))("%s", (_, choose) => {
  it.each([
    ["share-newspaper.html", "/"],
    ["share-technical.html", "/"],
    ["home.html", "/"],
    ["category.html", "/category/huchengribao/"],
    ["archive-page.html", "/"],
    ["subscribe.html", "/category/huchengribao/"],
  ])("takes from %s a feed below %s", (name, scope) => {
    const html = decode(SAMPLE_PAGES[name] ?? new Uint8Array());
    const links = /<link rel="alternate" type="([^"]*(?:rss|atom|feed)[^"]*)".*?href="([^"]*)">/g;
    const feeds = [...html.matchAll(links)].map(([, type = "", href = ""]) => ({ type, href }));
    const scopes = feeds.map(({ href }) => href.slice(0, href.lastIndexOf("/") + 1));
    expect(new Set(scopes).size).toBe(OF_SITE.has(name) ? 1 : 2);
    const chosen = choose(feeds)?.href ?? "";
    expect(chosen.slice(0, chosen.lastIndexOf("/") + 1)).toBe(scope);
  });
});

describe("the navigation", () => {
  it("marks the page that one is on, and no other", () => {
    const html = decode(SAMPLE_PAGES["site-page.html"] ?? new Uint8Array());
    expect(html.match(/<a [^>]*aria-current[^>]*>/g)).toEqual([
      '<a href="/about.html" aria-current="page">',
    ]);
  });
});

describe("renderSharePage", () => {
  it("shows any text as text", () => {
    const tags = tagNames(
      decode(sharePage({ ...NEWSPAPER_ARTICLE, authors: ["题"], tags: ["题"] })),
    );
    const text = fc
      .array(fc.constantFrom("<b>", "</title>", "</script>", '"', "'", "&amp;", "<!--", "湖", " x"))
      .map((parts) => `题${parts.join("")}`);
    fc.assert(
      fc.property(text, text, (title, name) => {
        const page = decode(
          sharePage({
            ...NEWSPAPER_ARTICLE,
            title,
            summary: title,
            source: name,
            authors: [name],
            tags: [name],
          }),
        );
        expect(tagNames(page)).toEqual(tags);
      }),
    );
  });

  it.each([
    ["甲报", '<a href="https://f.example/a?b=1&amp;c" rel="nofollow noopener">甲报</a>'],
    [null, '<a href="https://f.example/a?b=1&amp;c" rel="nofollow noopener">f.example</a>'],
  ])("leads from the newspaper %s to the original", (source, link) => {
    const sourceUrl = "https://f.example/a?b=1&c";
    const page = decode(sharePage({ ...NEWSPAPER_ARTICLE, source, sourceUrl }));
    expect(page).toContain(link);
  });

  it("lets the stored bytes through untouched", () => {
    const body = Buffer.from([0x3c, 0x70, 0x3e, 0xff, 0xfe, 0x3c, 0x2f, 0x70, 0x3e]);
    const page = sharePage({ ...NEWSPAPER_ARTICLE, body });
    expect(Buffer.from(page).includes(body)).toBe(true);
  });

  it("is in the article's language and direction, with the site's words around it", () => {
    const page = decode(sharePage({ ...NEWSPAPER_ARTICLE, language: "he" }));
    expect(page).toContain('<html lang="he" dir="rtl"');
    expect(page).toContain('<header class="site" lang="zh-Hans" dir="ltr">');
    expect(page).toContain('<p class="row meta" lang="zh-Hans">');
  });
});
