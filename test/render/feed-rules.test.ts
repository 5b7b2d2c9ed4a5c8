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

interface PlantedFault {
  readonly format: FeedFormat;
  readonly rule: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** A rule that has never met a fault may not work at all. */
const PLANTED_FAULTS: readonly PlantedFault[] = [
  { format: "rss", rule: "self link is the location", from: "/feed.xml", to: "/rss.xml" },
  { format: "rss", rule: "channel has one language", from: /<language>.*/, to: "" },
  { format: "rss", rule: "image title matches", from: "<title>湖畔", to: "<title>x湖畔" },
  { format: "rss", rule: "image is a PNG", from: "icon.png<", to: "icon.svg<" },
  { format: "rss", rule: "guid is no permalink", from: ' isPermaLink="false"', to: "" },
  { format: "rss", rule: "guids are unique", from: "000m0s7c3k</guid>", to: "f5v4k2q9xa</guid>" },
  {
    format: "rss",
    rule: "guid is a tag URI",
    from: '<guid isPermaLink="false">tag:',
    to: '<guid isPermaLink="false">',
  },
  { format: "rss", rule: "pubDate is a date", from: "<pubDate>Mon", to: "<pubDate>Sun" },
  { format: "rss", rule: "pubDate is a date", from: "+0000</pubDate>", to: "+0545</pubDate>" },
  {
    format: "rss",
    rule: "lastBuildDate is a date",
    from: /(?<=<lastBuildDate>).*(?=<)/,
    to: "22 Jan 09",
  },
  {
    format: "rss",
    rule: "item link is absolute",
    from: "<item>\n<title>",
    to: "<item>\n<link>/s/1</link><title>",
  },
  {
    format: "rss",
    rule: "description comes before content:encoded",
    from: /(<description>[^\n]*)\n(<content:encoded>.*?<\/content:encoded>)/s,
    to: "$2\n$1",
  },
  {
    format: "rss",
    rule: "author stands in dc:creator",
    from: "<item>",
    to: "<item><author>x</author>",
  },
  {
    format: "rss",
    rule: "categories are unique",
    from: "<category>كتب",
    to: "<category>x</category><category>x",
  },
  {
    format: "rss",
    rule: "nothing but items follows an item",
    from: "</channel>",
    to: "<ttl>1</ttl></channel>",
  },
  { format: "rss", rule: "references in text are hexadecimal", from: "R&#x26;D", to: "R&amp;D" },
  { format: "rss", rule: "dc is its usual namespace", from: "elements/1.1/", to: "terms/" },
  {
    format: "rss",
    rule: "content has no relative references",
    from: '<img src="https://wandu.example',
    to: '<img src="',
  },
  {
    format: "rss",
    rule: "media is absolute",
    from: '<media:content url="https://wandu.example',
    to: '<media:content url="',
  },
  { format: "atom", rule: "self link is the location", from: "/atom.xml", to: "/feed" },
  { format: "atom", rule: "feed has one updated", from: /<updated>.*/, to: "" },
  { format: "atom", rule: "ids are unique", from: "s/000m0s7c3k</id>", to: "s/f5v4k2q9xa</id>" },
  { format: "atom", rule: "entry id is a tag URI", from: "<entry>\n<id>tag:", to: "<entry>\n<id>" },
  {
    format: "atom",
    rule: "entry published is a date",
    from: /(?<=<published>).*(?=<)/,
    to: "2022-01-01",
  },
  {
    format: "atom",
    rule: "links are unique by relation",
    from: 'rel="hub"',
    to: 'rel="alternate"',
  },
  { format: "atom", rule: "feed has a language", from: ' xml:lang="zh-CN"', to: "" },
  { format: "atom", rule: "content is HTML", from: ' type="html"', to: "" },
  { format: "json", rule: "feed_url is the location", from: "/feed.json", to: "/x.json" },
  { format: "json", rule: "version is 1.1", from: "version/1.1", to: "version/1" },
  { format: "json", rule: "ids are unique", from: 's/000m0s7c3k","url', to: 's/f5v4k2q9xa","url' },
  { format: "json", rule: "attachment has a type", from: '"mime_type":"image/jpeg",', to: "" },
  { format: "json", rule: "nothing is null", from: '"language":"ar"', to: '"language":null' },
];

describe("the checks of the rules", () => {
  it.each(PLANTED_FAULTS)("find in $format that not: $rule", ({ format, rule, from, to }) => {
    const { document, location } = sampleFeed(SITE_FEED, format);
    const text = new TextDecoder().decode(document);
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect(FAULTS[format](broken, location)).toContain(rule);
  });

  it.each([
    ["a control character", "<rss>\u0008</rss>"],
    ["an unknown prefix", "<rss><media:content/></rss>"],
    ["a bare ampersand", "<rss>&</rss>"],
  ])("refuse %s", (_, document) => {
    expect(() => rssFaults(document, "")).toThrow(SyntaxError);
  });
});
