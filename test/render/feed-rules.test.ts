import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { arbitraryFeed } from "./arbitrary-feed.ts";
import { atomFaults, jsonFeedFaults, rssFaults } from "./document-faults.ts";
import { SAMPLE_FEEDS, SITE_FEED, sampleFeed } from "./sample-feeds.ts";

const FAULTS = {
  rss: rssFaults,
  atom: atomFaults,
  json: jsonFeedFaults,
} satisfies Record<
  FeedFormat,
  (document: Uint8Array | string, location: string) => readonly string[]
>;

describe("the rules of the W3C feed validator", () => {
  it.each(Object.entries(SAMPLE_FEEDS))("hold in %s", (_, { document, format, location }) => {
    expect(FAULTS[format](document, location)).toEqual([]);
  });

  it.each(FEED_FORMAT_NAMES)("hold in %s for any articles", (format) => {
    fc.assert(
      fc.property(arbitraryFeed, (feed) => {
        const { document, location } = sampleFeed(feed, format);
        expect(FAULTS[format](document, location)).toEqual([]);
      }),
    );
  });
});

/** A rule that has never met a fault may not work at all: the rule, what is replaced in the document, and by what. */
const PLANTED_FAULTS: Readonly<
  Record<FeedFormat, readonly (readonly [rule: string, from: string | RegExp, to: string])[]>
> = {
  rss: [
    ["self link is the location", "/feed.xml", "/rss.xml"],
    ["channel has one language", /<language>.*/, ""],
    ["image title matches", "<title>湖畔", "<title>x湖畔"],
    ["image is a PNG", "icon.png<", "icon.svg<"],
    ["guid is no permalink", ' isPermaLink="false"', ""],
    ["guids are unique", "000m0s7c3k</guid>", "f5v4k2q9xa</guid>"],
    ["guid is an IRI", '<guid isPermaLink="false">tag:', '<guid isPermaLink="false">'],
    ["pubDate is a date", "<pubDate>Mon", "<pubDate>Sun"],
    ["pubDate is a date", "+0000</pubDate>", "+0545</pubDate>"],
    ["lastBuildDate is a date", /(?<=<lastBuildDate>).*(?=<)/, "22 Jan 09"],
    ["item link is absolute", "<item>\n<title>", "<item>\n<link>/s/1</link><title>"],
    [
      "description comes before content:encoded",
      /(<description>[^\n]*)\n(<content:encoded>.*?<\/content:encoded>)/s,
      "$2\n$1",
    ],
    ["item has one content:encoded", /(?<=<content:encoded>).*?(?=<\/content:encoded>)/s, ""],
    ["author stands in dc:creator", "<item>", "<item><author>x</author>"],
    ["categories are unique", "<category>كتب", "<category>x</category><category>x"],
    ["nothing but items follows an item", "</channel>", "<ttl>1</ttl></channel>"],
    ["references in text are hexadecimal", "R&#x26;D", "R&amp;D"],
    ["dc is its usual namespace", "elements/1.1/", "terms/"],
    ["content has no relative references", '<img src="https://wandu.example', '<img src="'],
    ["media is absolute", '<media:content url="https://wandu.example', '<media:content url="'],
  ],
  atom: [
    ["entry has one content", /(?<=<content type="html">).*?(?=<\/content>)/s, ""],
    ["self link is the location", "/atom.xml", "/feed"],
    ["feed has one updated", /<updated>.*/, ""],
    ["ids are unique", "s/000m0s7c3k</id>", "s/f5v4k2q9xa</id>"],
    ["entry id is an IRI", "<entry>\n<id>tag:", "<entry>\n<id>"],
    ["entry published is a date", /(?<=<published>).*(?=<)/, "2022-01-01"],
    ["links are unique by relation", 'rel="hub"', 'rel="alternate"'],
    ["feed has a language", ' xml:lang="zh-CN"', ""],
    ["content is HTML", ' type="html"', ""],
  ],
  json: [
    ["feed_url is the location", "/feed.json", "/x.json"],
    ["version is 1.1", "version/1.1", "version/1"],
    ["ids are unique", 's/000m0s7c3k","url', 's/f5v4k2q9xa","url'],
    ["attachment has a type", '"mime_type":"image/jpeg",', ""],
    ["nothing is null", '"language":"ar"', '"language":null'],
  ],
};

describe("the checks of the rules", () => {
  describe.each(FEED_FORMAT_NAMES)("find in %s that not", (format) => {
    it.each(PLANTED_FAULTS[format])("%s", (rule, from, to) => {
      const { document, location } = sampleFeed(SITE_FEED, format);
      const text = new TextDecoder().decode(document);
      const broken = text.replace(from, to);
      expect(broken).not.toBe(text);
      expect(FAULTS[format](broken, location)).toContain(rule);
    });
  });

  it.each([
    ["a control character", "<rss>\u0008</rss>"],
    ["an unknown prefix", "<rss><media:content/></rss>"],
    ["a bare ampersand", "<rss>&</rss>"],
  ])("refuse %s", (_, document) => {
    expect(() => rssFaults(document, "")).toThrow(SyntaxError);
  });
});
