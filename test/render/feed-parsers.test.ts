import { extractFromJson, extractFromXml } from "@extractus/feed-extractor";
import { Feed as FeedPackage } from "feed";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import RssParser from "rss-parser";
import { describe, expect, it } from "vitest";
import type { Article } from "../../src/domain/article.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { sharePath } from "../../src/domain/links.ts";
import type { Moment } from "../../src/domain/moment.ts";
import { renderFeed } from "../../src/render/feed.ts";
import { SITE_FEED, htmlInFeed } from "./sample-feeds.ts";

/* What programs that nobody here wrote make of the feeds, and what the npm package `feed` says about the same articles. */

const { site, articles, categoryTitle } = SITE_FEED;

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const dateOf = ({ epochSeconds }: Moment): Date => new Date(epochSeconds * 1000);
const instantOf = (text: string | undefined): number => Date.parse(text ?? "") / 1000;
const idOf = ({ id }: Article): string => `tag:wandu.example,2026:/s/${id}`;
const urlOf = ({ id }: Article): string => site.url + sharePath(id);
const authorsOf = ({ authors, source }: Article): readonly string[] =>
  authors.length === 0 && source !== null ? [source] : authors;
const labelsOf = ({ categories, tags }: Article): string[] => [
  ...new Set([...categories.map(categoryTitle), ...tags]),
];
const asHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const [rss, atom, json] = FEED_FORMAT_NAMES.map((format) => decode(renderFeed(SITE_FEED, format)));

describe("feedsmith", () => {
  it("reads the RSS feed", () => {
    const feed = parseRssFeed(rss ?? "");
    expect(feed).toMatchObject({
      title: site.title,
      link: `${site.url}/`,
      description: site.description,
      language: "zh-CN",
      ttl: 30,
      image: { url: site.icon, title: site.title, link: `${site.url}/` },
    });
    expect(feed.atom?.links?.map(({ rel, href }) => [rel, href])).toEqual([
      ["self", `${site.url}/feed.xml`],
      ["hub", site.hub],
      ["prev-archive", `${site.url}/feed.xml?page=2022-01`],
    ]);
    expect(feed.items).toHaveLength(articles.length);
    for (const [index, article] of articles.entries()) {
      const item = feed.items?.[index];
      expect(item).toMatchObject({
        title: article.title,
        link: urlOf(article),
        guid: { value: idOf(article), isPermaLink: false },
        description: asHtml(article.summary || article.title),
        content: { encoded: htmlInFeed(article) },
      });
      expect(instantOf(item?.pubDate)).toBe(article.published.epochSeconds);
      expect(item?.atom?.updated === undefined ? null : instantOf(item.atom.updated)).toBe(
        article.updated?.epochSeconds ?? null,
      );
      expect(item?.dc?.creators ?? []).toEqual(authorsOf(article));
      expect(item?.dc?.sources ?? []).toEqual(article.source === null ? [] : [article.source]);
      expect(item?.dc?.languages?.[0] ?? null).toBe(article.language);
      expect(item?.categories?.map(({ name }) => name) ?? []).toEqual(labelsOf(article));
      const { url, type, width } = article.image ?? {};
      expect(item?.media?.contents?.[0]?.url).toBe(url);
      expect(item?.media?.contents?.[0]?.type).toBe(type ?? undefined);
      expect(item?.media?.contents?.[0]?.width).toBe(width ?? undefined);
    }
  });

  it("reads the Atom feed", () => {
    const feed = parseAtomFeed(atom ?? "");
    expect(feed.id).toBe("tag:wandu.example,2026:/");
    expect(feed.icon).toBe(site.icon);
    expect(feed.authors).toEqual([{ name: site.author }]);
    expect(feed.links?.map(({ rel, href }) => [rel, href])).toEqual([
      ["alternate", `${site.url}/`],
      ["self", `${site.url}/atom.xml`],
      ["hub", site.hub],
      ["prev-archive", `${site.url}/atom.xml?page=2022-01`],
    ]);
    expect(feed.entries).toHaveLength(articles.length);
    for (const [index, article] of articles.entries()) {
      const entry = feed.entries?.[index];
      expect(entry?.id).toBe(idOf(article));
      expect(entry?.links?.[0]).toMatchObject({ rel: "alternate", href: urlOf(article) });
      expect(instantOf(entry?.published)).toBe(article.published.epochSeconds);
      expect(instantOf(entry?.updated)).toBe((article.updated ?? article.published).epochSeconds);
      expect(entry?.authors?.map(({ name }) => name) ?? []).toEqual(authorsOf(article));
      expect(entry?.dc?.sources ?? []).toEqual(article.source === null ? [] : [article.source]);
      expect(entry?.categories?.map(({ term }) => term) ?? []).toEqual([
        ...article.categories,
        ...new Set(article.tags),
      ]);
    }
  });

  it("reads the JSON feed", () => {
    const feed = parseJsonFeed(json ?? "");
    expect(feed).toMatchObject({
      title: site.title,
      home_page_url: `${site.url}/`,
      feed_url: `${site.url}/feed.json`,
      next_url: `${site.url}/feed.json?page=2022-01`,
      language: "zh-CN",
      hubs: [{ type: "WebSub", url: site.hub }],
    });
    expect(feed.items).toHaveLength(articles.length);
    for (const [index, article] of articles.entries()) {
      const item = feed.items?.[index];
      expect(item).toMatchObject({
        id: idOf(article),
        url: urlOf(article),
        title: article.title,
        content_html: htmlInFeed(article),
      });
      expect(item?.summary ?? "").toBe(article.summary);
      expect(instantOf(item?.date_published)).toBe(article.published.epochSeconds);
      expect(item?.authors?.map(({ name }) => name) ?? []).toEqual(authorsOf(article));
      expect(item?.tags ?? []).toEqual(labelsOf(article));
      expect(item?.image).toBe(article.image?.url);
    }
  });
});

describe("rss-parser", () => {
  const parser = new RssParser({ customFields: { item: [["dc:source", "source"]] } });

  it.each([
    ["RSS", rss, "guid", "content:encoded"],
    ["Atom", atom, "id", "content"],
  ])("reads the %s feed", async (format, document, id, content) => {
    const feed = await parser.parseString(document ?? "");
    expect(feed).toMatchObject({ title: site.title, link: `${site.url}/` });
    expect(feed.items).toHaveLength(articles.length);
    for (const [index, article] of articles.entries()) {
      const item = feed.items[index];
      expect(item).toMatchObject({
        title: article.title,
        link: urlOf(article),
        [id]: idOf(article),
        [content]: htmlInFeed(article),
      });
      expect(instantOf(item?.isoDate)).toBe(article.published.epochSeconds);
      if (format === "RSS") expect(item?.categories ?? []).toEqual(labelsOf(article));
      expect(item?.source ?? null).toBe(article.source);
    }
  });
});

describe("@extractus/feed-extractor", () => {
  const options = { descriptionMaxLen: 0 };

  it.each([
    ["RSS", () => extractFromXml(rss ?? "", options)],
    ["Atom", () => extractFromXml(atom ?? "", options)],
    ["JSON", () => extractFromJson(json ?? "", options)],
  ])("reads the %s feed", (_, extract) => {
    const feed = extract();
    expect(feed).toMatchObject({ title: site.title, link: `${site.url}/`, language: "zh-CN" });
    expect(feed.entries).toHaveLength(articles.length);
    for (const [index, article] of articles.entries()) {
      const entry = feed.entries?.[index];
      expect(entry).toMatchObject({ id: idOf(article), link: urlOf(article) });
      // It reads `&amp;` in a title as HTML, and takes the change of an entry for its publication.
      if (!article.title.includes("&")) expect(entry?.title).toBe(article.title);
      const moments = [article.published, article.updated ?? article.published];
      expect(moments.map(({ epochSeconds }) => epochSeconds)).toContain(
        instantOf(String(entry?.published)),
      );
    }
  });
});

/**
 * The package is the oracle where it is right. It is not about: an `&amp;` in names, categories and Atom's HTML titles,
 * `<` in Atom's categories, RSS authors (no e-mail addresses), pictures, archive links and languages of items.
 */
describe("the npm package feed", () => {
  const plain = articles.filter(({ title }) => !title.includes("&"));
  const updated = new Date("2022-01-12T00:05:00+08:00");
  const oracle = new FeedPackage({
    id: "tag:wandu.example,2026:/",
    title: site.title,
    description: site.description,
    link: `${site.url}/`,
    language: site.language,
    author: { name: site.author ?? "" },
    image: site.icon ?? "",
    favicon: site.icon ?? "",
    hub: site.hub ?? "",
    ttl: 30,
    generator: "Offprint",
    updated,
    feedLinks: {
      rss: `${site.url}/feed.xml`,
      atom: `${site.url}/atom.xml`,
      json: `${site.url}/feed.json`,
    },
  });
  for (const article of plain) {
    const author = authorsOf(article).map((name) => ({ name }));
    oracle.addItem({
      id: idOf(article),
      link: urlOf(article),
      title: article.title,
      description: article.summary,
      content: htmlInFeed(article),
      date: dateOf(article.updated ?? article.published),
      published: dateOf(article.published),
      // An empty list makes it throw.
      ...(author.length === 0 ? {} : { author }),
      category: labelsOf(article).map((name) => ({ name, term: name })),
    });
  }
  const feed = { ...SITE_FEED, articles: plain, previousPage: null };
  const oursIn = (format: "rss" | "atom" | "json"): string => decode(renderFeed(feed, format));

  it("says the same in RSS", () => {
    const [ours, theirs] = [oursIn("rss"), oracle.rss2()].map((text) => {
      const { items, lastBuildDate, title, link, description, language, ttl, image, generator } =
        parseRssFeed(text);
      return {
        channel: { title, link, description, language, ttl, image, generator },
        updated: instantOf(lastBuildDate),
        items: items?.map((item) => ({
          title: item.title,
          link: item.link,
          guid: item.guid,
          published: instantOf(item.pubDate),
          // The package leaves an empty description out.
          description: item.description === item.title ? undefined : item.description,
          content: item.content,
          categories: item.categories,
        })),
      };
    });
    expect(ours?.items).toHaveLength(plain.length);
    expect(ours).toEqual(theirs);
  });

  it("says the same in Atom", () => {
    const [ours, theirs] = [oursIn("atom"), oracle.atom1()].map((text) => {
      const {
        id,
        title,
        subtitle,
        updated: changed,
        authors,
        icon,
        links,
        entries,
      } = parseAtomFeed(text);
      return {
        head: { id, title, subtitle, authors, icon, generator: "Offprint" },
        updated: instantOf(changed),
        links: new Map(links?.map(({ rel, href }) => [rel, href])),
        entries: entries?.map((entry) => ({
          id: entry.id,
          title: entry.title?.value ?? entry.title,
          link: entry.links?.[0]?.href,
          published: instantOf(entry.published),
          updated: instantOf(entry.updated),
          summary: entry.summary?.value ?? entry.summary,
          content: entry.content?.value ?? entry.content,
          // The package writes no addresses of authors.
          authors: entry.authors?.map(({ name }) => name),
          labels: entry.categories?.map(({ label }) => label),
        })),
      };
    });
    expect(ours?.entries).toHaveLength(plain.length);
    expect(ours).toEqual(theirs);
  });

  it("says the same in JSON Feed", () => {
    const [ours, theirs] = [oursIn("json"), oracle.json1()].map((text) => {
      const { title, home_page_url, feed_url, description, icon, items } = parseJsonFeed(text);
      return {
        head: { title, home_page_url, feed_url, description, icon },
        items: items?.map((item) => ({
          id: item.id,
          url: item.url,
          title: item.title,
          summary: item.summary,
          content_html: item.content_html,
          published: instantOf(item.date_published),
          modified: instantOf(item.date_modified),
          tags: item.tags ?? [],
        })),
      };
    });
    expect(ours?.items).toHaveLength(plain.length);
    expect(ours).toEqual(theirs);
  });
});
