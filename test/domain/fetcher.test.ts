import { describe, expect, it } from "vitest";
import { readFetcher } from "../../src/domain/fetcher.ts";

const IN_SAFARI =
  "(Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.0.1 Safari/605.1.15)";
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";

/*
 * What programs send, as people's logs, tables of user agents and the programs' own sources show it. A `User-Agent`, the name, the
 * subscribers and the id of the feed.
 */
const FETCHERS: readonly (readonly [string, string, number | null, string | null])[] = [
  ["Feedly/1.0 (+http://www.feedly.com/fetcher.html; 462 subscribers; )", "Feedly", 462, null],
  [
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 1 subscribers; like FeedFetcher-Google)",
    "Feedly",
    1,
    null,
  ],
  ["Feedly/1.0 (poller; 131 subscribers;)", "Feedly", 131, null],
  ["FeedlyBot/1.0 (http://feedly.com)", "FeedlyBot", null, null],
  ["Mozilla/5.0 (compatible; inoreader.com; 114 subscribers)", "Inoreader", 114, null],
  [
    "Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 195 subscribers; )",
    "Inoreader",
    195,
    null,
  ],
  [
    `NewsBlur Feed Fetcher - 27 subscribers - https://www.newsblur.com/site/7704055/rendezvous ${IN_SAFARI}`,
    "NewsBlur",
    27,
    "7704055",
  ],
  [
    `NewsBlur Feed Fetcher - 1 subscriber - http://www.newsblur.com/site/12/webpage ${IN_SAFARI}`,
    "NewsBlur",
    1,
    "12",
  ],
  ["Feedbin feed-id:1373711 - 142 subscribers", "Feedbin", 142, "1373711"],
  ["Feedbin feed-id:9428 - 1 subscribers", "Feedbin", 1, "9428"],
  [
    "Mozilla/5.0 (compatible; theoldreader.com; 1 subscribers; feed-id=cead6c3a837650eeefd8fe4a)",
    "The Old Reader",
    1,
    "cead6c3a837650eeefd8fe4a",
  ],
  [
    "Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 6 subscribers)",
    "BazQux",
    6,
    null,
  ],
  [
    "Mozilla 5.0 (compatible; BazQux/2.4 +http://bazqux.com/fetcher; 2 subscribers)",
    "BazQux",
    2,
    null,
  ],
  ["Bloglovin/1.0 (http://www.bloglovin.com; 1 subscribers)", "Bloglovin", 1, null],
  [
    "Overcast/1.0 Podcast Sync (1190 subscribers; feed-id=554901; +http://overcast.fm/)",
    "Overcast",
    1190,
    "554901",
  ],
  [
    "Feedfetcher-Google; (+http://www.google.com/feedfetcher.html; 4 subscribers; feed-id=9048986372668769311)",
    "Feedfetcher-Google",
    4,
    "9048986372668769311",
  ],
  [
    "Dreamwidth Studios (webmaster@dreamwidth.org; for https://www.dreamwidth.org/users/vikingschoice_feed/; 2 readers)",
    "Dreamwidth",
    2,
    null,
  ],
  ["SomeReader/2.1 (1,204 readers)", "SomeReader", 1204, null],
  [
    "Mozilla/5.0 (feeder.co; Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/106.0.0.0 Safari/537.36",
    "Feeder",
    null,
    null,
  ],
  ["Mozilla/5.0 (compatible; Miniflux/2.2.13; +https://miniflux.app)", "Miniflux", null, null],
  ["FreshRSS/1.27.1 (Linux; https://freshrss.org)", "FreshRSS", null, null],
  ["Tiny Tiny RSS/24.02 (https://tt-rss.org/)", "Tiny Tiny RSS", null, null],
  ["NetNewsWire (RSS Reader; https://netnewswire.com/)", "NetNewsWire", null, null],
  ["Newsboat/2.40 (Linux x86_64)", "Newsboat", null, null],
  ["feedparser/6.0.11 +https://github.com/kurtmckee/feedparser/", "feedparser", null, null],
  ["NextCloud-News/1.0", "NextCloud-News", null, null],
  ["Akregator/5.24.0 (23.08.0); syndication", "Akregator", null, null],
  ["Reeder/5.3 CFNetwork/1494 Darwin/23.4.0", "Reeder", null, null],
  ["Blogtrottr/2.0", "Blogtrottr", null, null],
  ["WordPress/6.9; https://www.domain.com", "WordPress", null, null],
  ["rss-parser", "rss-parser", null, null],
  [
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0",
    "Thunderbird",
    null,
    null,
  ],
  [CHROME, "browsers", null, null],
  ["Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.1; Trident/6.0)", "browsers", null, null],
];

describe("readFetcher", () => {
  it.each(FETCHERS)("reads %s", (userAgent, name, subscribers, feedId) => {
    expect(readFetcher(userAgent)).toEqual({ name, subscribers, feedId });
  });

  it.each<readonly [string, Partial<ReturnType<typeof readFetcher>>]>([
    ["", { name: "without a name", subscribers: null }],
    ["   ", { name: "without a name" }],
    ["江城阅读器/1.0 (3 subscribers)", { name: "other", subscribers: 3 }],
    ["<script>alert(1)</script>", { name: "other" }],
    [`${"a".repeat(200)}/1.0`, { name: "a".repeat(31) }],
    ["Liar/1.0 (999999999999 subscribers)", { subscribers: null }],
    ["Reader/2 Readers Club", { subscribers: null }],
    ["Feedly/1.0 (0 subscribers)", { subscribers: 0 }],
    ["curl/8.5.0\u001b[2J", { name: "curl" }],
  ])("makes something harmless of %j", (userAgent, fetcher) => {
    expect(readFetcher(userAgent)).toMatchObject(fetcher);
  });

  it("reads only the beginning of a long one", () => {
    const long = `Reader/1.0 ${"1,".repeat(30_000)}5 subscribers`;
    expect(readFetcher(long)).toEqual({ name: "Reader", subscribers: null, feedId: null });
  });
});
