import { USUAL_MEDIA } from "../../../scripts/read/body/links/media-settings.ts";
import { MARKDOWN } from "../../markdown-options.ts";
import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import type { Settings, SettingsEnvironment } from "../../../scripts/config/settings.ts";
import { usualAddresses } from "../../usual-addresses.ts";
import { readSettings } from "../../../scripts/config/settings.ts";

const SMALLEST = `[vars.SITE]\ntitle = "鹭岛文摘"\nurl = "https://news.example"\n`;

function read(toml: string, environment: SettingsEnvironment = {}): Settings | readonly string[] {
  const result = readSettings(toml, "wrangler.toml", environment);
  return result.ok ? result.value : result.failure.map(formatDiagnostic);
}

describe("readSettings", () => {
  it("reads a file that Windows has saved, with byte order mark and CRLF", () => {
    const onWindows = (toml: string): string => `\uFEFF${toml.replaceAll("\n", "\r\n")}`;
    expect(read(onWindows(SMALLEST))).toEqual(read(SMALLEST));
    const wrong = `${SMALLEST}cards = -1\n`;
    expect(read(onWindows(wrong))).toEqual(read(wrong));
  });

  it("fills in defaults for a Chinese newspaper", () => {
    expect(read(`name = "offprint"\n${SMALLEST}`)).toEqual({
      site: {
        title: "鹭岛文摘",
        description: "鹭岛文摘",
        url: "https://news.example",
        language: "zh-CN",
        timeZone: "Asia/Shanghai",
        author: null,
        idAuthority: "news.example",
        feedLength: 30,
        feedHours: 24,
        icon: null,
        hub: null,
        footer: [],
        baseUrl: "",
      },
      hosts: new Set(["news.example", "www.news.example"]),
      isIndexed: true,
      sources: ["articles"],
      files: { pages: [], exclude: [], include: [], collections: [], languages: new Map() },
      iconFile: null,
      idPrefixes: new Map(),
      splitNames: true,
      staticPages: 2000,
      markdown: MARKDOWN,
      addresses: { ...usualAddresses(), formerUrls: ["https://news.example"] },
      media: USUAL_MEDIA,
      feedPaths: [],
      categoryTitles: new Map(),
      categoryNames: { renamed: new Map(), kept: new Set() },
      publishHook: null,
      searchEngines: {},
      tellsBaidu: false,
      prerenderedFeeds: 20,
      articlesPerPack: "auto",
      cards: 2000,
      allowedRemovalsPercent: 0,
      mostWrites: 950,
      keptReleases: 10,
    });
  });

  it("reads every key", () => {
    const toml = `${SMALLEST}
description = "每日选读"
language = "zh_tw"
time_zone = "Asia/Taipei"
author = "编辑部"
id_authority = "old.example"
feed_length = 50
icon = "/icon.png"
hub = "https://hub.example/"
podcast = { shows = ["talk", "xmrb"], category = "Daily News", image = "/cover.jpg", explicit = true, owner_email = "a@news.example" }
footer = ["京ICP备1号", { text = "联系", url = "mailto:a@news.example" }, { text = "b" }]
indexed = false
sources = ["_posts", "old_post"]
permalink = ["pretty", "/:year/:title"]
baseurl = "/blog"
former_urls = ["https://former.example", "https://a.github.io/blog/"]
feed_path = "/blog/atom.xml"
former_feed_ids = { before = "2026-01-01", url = "http://old.example/旧/", permalink = "none", form = "url", time_zone = "UTC", unicode = "NFKC", guid = false }
pages = ["about.md", "_pages"]
exclude = ["**/README.md"]
include = [".well-known"]
collections = ["_recipes", "notes"]
languages = { "en/_posts" = "en_us" }
id_prefix = { "en/_posts" = "en" }
split_names = false
markdown = { typographic = false, parse_block_html = true, auto_ids = false, footnote_nr = 3, footnote_backlink = "回" }
image_above_text = false
image_referrer = { "*.img.example" = "origin" }
https_hosts = ["old.example", "*.Film.example"]
publish_hook = "github:paper/site.example"
news_sitemap = "Paper"
index_now = "0123abcd-XYZ"
baidu_push = true
prerendered_feeds = 5
static_pages = 500
articles_per_pack = 64
cards = 0
allowed_removals_percent = 2
writes_per_deploy = 5000
kept_releases = 30

[vars.SITE.category_titles]
shamenribao = "厦门日报"

[vars.SITE.permalinks]
"./_posts/news/" = "none"

[vars.SITE.renamed_categories]
xmrb = "shamenribao"
`;
    expect(read(toml)).toEqual({
      site: {
        title: "鹭岛文摘",
        description: "每日选读",
        url: "https://news.example",
        language: "zh-TW",
        timeZone: "Asia/Taipei",
        author: "编辑部",
        idAuthority: "old.example",
        feedLength: 50,
        feedHours: 24,
        icon: null,
        hub: "https://hub.example/",
        podcast: {
          categories: ["talk", "shamenribao"],
          genre: ["News", "Daily News"],
          image: "https://news.example/cover.jpg",
          isExplicit: true,
          ownerEmail: "a@news.example",
        },
        footer: [
          { text: "京ICP备1号", url: null },
          { text: "联系", url: "mailto:a@news.example" },
          { text: "b", url: null },
        ],
        baseUrl: "/blog",
      },
      hosts: new Set(["news.example", "www.news.example", "old.example", "www.old.example"]),
      isIndexed: false,
      sources: ["_posts", "old_post"],
      files: {
        pages: ["about.md", "_pages"],
        exclude: ["**/README.md"],
        include: [".well-known"],
        collections: ["recipes", "notes"],
        languages: new Map([["en/_posts", "en-US"]]),
      },
      iconFile: "icon.png",
      idPrefixes: new Map([["en/_posts", "en"]]),
      splitNames: false,
      staticPages: 500,
      markdown: {
        typographic: false,
        parsesBlockHtml: true,
        hasHeadingIds: false,
        firstFootnote: 3,
        backlink: "回",
      },
      media: {
        isImageAbove: false,
        referrers: new Map([["img.example", "origin"]]),
        httpsHosts: new Set(["old.example", "film.example"]),
      },
      addresses: {
        permalinks: usualAddresses("pretty", "/:year/:title").permalinks,
        folderPermalinks: [["_posts/news", usualAddresses("none").permalinks]],
        formerUrls: [
          "https://news.example",
          "https://old.example",
          "https://news.example/blog",
          "https://old.example/blog",
          "https://former.example",
          "https://a.github.io/blog",
        ],
        formerFeedIds: {
          before: Date.parse("2026-01-01T00:00:00+08:00") / 1000,
          url: "http://old.example/旧",
          permalink: usualAddresses("none").permalinks[0],
          form: "url",
          timeZone: "UTC",
          unicode: "NFKC",
          readsGuid: false,
        },
      },
      feedPaths: ["/blog/atom.xml"],
      categoryTitles: new Map([["shamenribao", "厦门日报"]]),
      categoryNames: {
        renamed: new Map([["xmrb", "shamenribao"]]),
        kept: new Set(["shamenribao"]),
      },
      publishHook: "github:paper/site.example",
      searchEngines: {},
      tellsBaidu: false,
      prerenderedFeeds: 5,
      articlesPerPack: 64,
      cards: 0,
      allowedRemovalsPercent: 2,
      mostWrites: 5000,
      keptReleases: 30,
    });
  });

  it("lets the environment choose folders and address, but never the ids of entries", () => {
    const environment = { OFFPRINT_SOURCES: "a, ../b", OFFPRINT_URL: "http://localhost:8787" };
    expect(read(SMALLEST, environment)).toMatchObject({
      site: { url: "http://localhost:8787", idAuthority: "news.example" },
      sources: ["a", "../b"],
    });
  });

  it("passes over an empty environment", () => {
    expect(read(SMALLEST, { OFFPRINT_SOURCES: "", OFFPRINT_URL: "" })).toEqual(read(SMALLEST));
  });

  it("lists every diagnostic with its line", () => {
    const toml = `[vars.SITE]
url = "https://news.example/path"
feed_lenght = 3
feed_length = "many"
time_zone = "Mars"
language = "not a tag"
articles_per_pack = 3
footer = [{ text = "" }]
icon = "icon"
split_names = "no"
sources = []
analytics_provider_key = "x"
`;
    const diagnostics = read(toml);
    expect(diagnostics).toHaveLength(12);
    expect(diagnostics).toEqual(
      expect.arrayContaining([
        `wrangler.toml:1: error: The setting "title" is missing; write the name of the site`,
        `wrangler.toml:2: error: The setting "url" is "https://news.example/path"; write an origin and nothing after it: https://news.example`,
        `wrangler.toml:3: error: There is no setting "feed_lenght"; did you mean "feed_length"?`,
        `wrangler.toml:4: error: The setting "feed_length" is "many"; write a whole number from 1 to 100`,
        `wrangler.toml:5: error: The setting "time_zone" is "Mars"; write an IANA name such as Asia/Shanghai`,
        `wrangler.toml:7: error: The setting "articles_per_pack" is 3; write "auto" or a power of two from 1 to 1024`,
        `wrangler.toml:10: error: The setting "split_names" is "no"; write true or false`,
      ]),
    );
  });

  it("says what a setting of earlier versions is called now", () => {
    expect(read(`${SMALLEST}editions = 5\n`)).toEqual([
      `wrangler.toml:4: error: There is no setting "editions"; it is called prerendered_feeds now`,
    ]);
  });

  it.each([
    [`feed_length = 0`],
    [`feed_length = 101`],
    [`feed_length = 1.5`],
    [`url = "ftp://a.example"`],
    [`hub = "hub"`],
    [`hub = "https://name:word@hub.example"`],
    [`publish_hook = "github:paper"`],
    [`crawlers = { GPTBot = "no" }`],
    [`crawlers = { "a: b" = "all" }`],
    [`crawlers = { "*" = ["tag"] }`],
    [`index_now = "short"`],
    [`news_sitemap = ""`],
    [`baidu_push = "token"`],
    [`id_authority = "https://a.example"`],
    [`footer = "x"`],
    [`icon = "//a.example/icon.png"`],
    [`icon = "data:image/png;base64,AAAA"`],
    [`category_titles = ["a"]`],
    [`sources = "articles"`],
    [`allowed_removals_percent = 101`],
    [`permalink = []`],
    [`permalinks = "/:title/"`],
    [`permalinks = { a = ["/:title/", 3] }`],
    [`baseurl = "blog"`],
    [`former_urls = "https://old.example"`],
    [`feed_path = "feed.xml"`],
  ])("refuses %s", (line) => {
    const [key = ""] = line.split(" ");
    const others = SMALLEST.split("\n").filter((other) => !other.startsWith(key));
    expect(read([...others, line].join("\n"))).toEqual([
      expect.stringContaining(`The setting "${key}" is `),
    ]);
  });

  it("quotes no password of an address", () => {
    const others = SMALLEST.split("\n").filter((other) => !other.startsWith("url"));
    const [message] = read(
      [...others, `url = "https://name:word@a.example"`].join("\n"),
    ) as string[];
    expect(message).toContain(`is "https://…@a.example"`);
    const environment = { OFFPRINT_URL: "https://name:word@a.example" };
    expect(read(SMALLEST, environment)).toEqual([expect.not.stringContaining("word")]);
  });

  it("has search engines told of the site that they may show, by its name without what stands in brackets", () => {
    const settings = (...lines: readonly string[]): unknown =>
      read(
        ["[vars.SITE]", 'title = "厦门日报（电子版）"', 'url = "https://a.example"', ...lines].join(
          "\n",
        ),
      );
    const all = ["news_sitemap = true", 'index_now = "0123abcd-XYZ"', "baidu_push = true"];
    expect(settings(...all)).toMatchObject({
      searchEngines: { newsName: "厦门日报", indexNowKey: "0123abcd-XYZ" },
      tellsBaidu: true,
    });
    expect(settings('news_sitemap = "Paper"')).toMatchObject({
      searchEngines: { newsName: "Paper" },
      tellsBaidu: false,
    });
    expect(settings(...all, "indexed = false")).toMatchObject({
      searchEngines: {},
      tellsBaidu: false,
    });
  });

  it("quotes no address of a hook, which is a secret", () => {
    expect(read(`${SMALLEST}publish_hook = "https://api.example/hooks/secret-part"\n`)).toEqual([
      expect.stringContaining(`The setting "publish_hook" is "https://api.example/…"; write `),
    ]);
  });

  describe("former_feed_ids", () => {
    const former = (toml: string): unknown => {
      const settings = read(`${SMALLEST}${toml}\n`);
      return "addresses" in settings ? settings.addresses.formerFeedIds : settings;
    };

    it.each([
      [``, "https://news.example"],
      [`baseurl = "/blog"`, "https://news.example/blog"],
      [`baseurl = "/blog"\nformer_urls = ["http://old.example"]`, "http://old.example/blog"],
      [`former_urls = ["https://name.github.io/blog/"]`, "https://name.github.io/blog"],
    ])("takes from %j that the ids begin with %s", (others, url) => {
      expect(former(`${others}\nformer_feed_ids = { before = "2026-01-01" }`)).toEqual({
        before: Date.parse("2026-01-01T00:00:00+08:00") / 1000,
        url,
        permalink: null,
        form: "jekyll-feed",
        timeZone: "Asia/Shanghai",
        unicode: "NFC",
        readsGuid: true,
      });
    });

    it.each([
      ["2026-01-01", "2026-01-01T00:00:00+08:00"],
      ["2026-01-01T12:00:00Z", "2026-01-01T12:00:00Z"],
      ["2026-01-01T12:00:00", "2026-01-01T12:00:00+08:00"],
    ])("takes the date %s of TOML's own", (written, date) => {
      expect(former(`former_feed_ids = { before = ${written} }`)).toMatchObject({
        before: Date.parse(date) / 1000,
      });
    });

    it("does not follow OFFPRINT_URL", () => {
      const toml = `${SMALLEST}former_feed_ids = { before = "2026-01-01" }\n`;
      expect(read(toml, { OFFPRINT_URL: "http://localhost:8787" })).toMatchObject({
        addresses: { formerFeedIds: { url: "https://news.example" } },
      });
    });

    it("asks where the site was, if it was in several places", () => {
      const several = `former_urls = ["https://b.example", "https://a.example"]`;
      expect(former(`${several}\nformer_feed_ids = { before = "2026-01-01" }`)).toEqual([
        `wrangler.toml:5: error: The setting "former_feed_ids" has no "url", and the site was in 2 places; write the one that the old ids begin with: url = "https://b.example"`,
      ]);
    });

    it.each([
      [`"2026-01-01"`, "write a table with a date"],
      [`{ before = "2026-01-01", permalnk = "pretty" }`, "write a table with a date"],
      [`{ before = "soon" }`, `write as "before" the first day`],
      [`{ before = "2026-02-30" }`, `write as "before" the first day`],
      [`{ url = "https://old.example" }`, "write the day with it"],
      [`{ before = "2026-01-01", url = "old.example" }`, `write as "url" what the old ids begin`],
      [`{ before = "2026-01-01", form = "rss" }`, `write as "form" one of "jekyll-feed", "id"`],
      [`{ before = "2026-01-01", permalink = ["date", "none"] }`, `write as "permalink" one alone`],
      [`{ before = "2026-01-01", permalink = "/:yaer/" }`, `did you mean ":year"?`],
      [`{ before = "2026-01-01", time_zone = "Peking" }`, `write as "time_zone" an IANA name`],
    ])("refuses %s", (table, advice) => {
      expect(former(`former_feed_ids = ${table}`)).toEqual([expect.stringContaining(advice)]);
    });
  });

  it("names a placeholder that Jekyll does not know", () => {
    expect(read(`${SMALLEST}permalink = ["date", "/:yaer/:title/"]\n`)).toEqual([
      `wrangler.toml:4: error: The setting "permalink" is ["date","/:yaer/:title/"]; Jekyll knows no placeholder ":yaer"; did you mean ":year"?`,
    ]);
  });

  it.each([
    "*a*a*a*b",
    "**/a/**/b/**/c/**",
    "x/+(a|aa)b",
    "!(a)",
    "{a,b}{a,b}{a,b}",
    "{1..100000}",
  ])("refuses the glob %s, which takes too long", (glob) => {
    expect(read(`${SMALLEST}exclude = ["drafts", "${glob}"]\n`)).toEqual([
      expect.stringContaining(
        `Entry 2 of the setting "exclude" is "${glob}"; write a list of globs`,
      ),
    ]);
  });

  it.each(["**/*-draft-*.md", "_posts/{old,older}", "a/[0-9]*/**", "(a)/b"])(
    "takes the glob %s",
    (glob) => {
      expect(read(`${SMALLEST}include = ["${glob}"]\n`)).toMatchObject({
        files: { include: [glob] },
      });
    },
  );

  it.each([
    [
      `{ category = "Tecnology" }`,
      `podcast directories have no category "Tecnology"; did you mean "Technology"?`,
    ],
    [`{ category = "新闻" }`, "such as News"],
    [
      `{ image = "cover.jpg" }`,
      "write the address of a square JPEG or PNG, or a path on the site: /cover.jpg",
    ],
    [`{ show = "talk" }`, "write a table such as { shows ="],
    [`true`, "write a table such as { shows ="],
  ])("says what is wrong with podcast = %s", (table, advice) => {
    const faults = read(`${SMALLEST}podcast = ${table}\n`);
    expect(faults).toEqual([expect.stringContaining(advice)]);
  });

  it("reads links at the head and foot of pages", () => {
    const links = `[{ text = "关于", url = "/关于/?a=b c" }, { text = "English", url = "https://en.news.example/", language = "en_gb" }, { text = "信", url = "mailto:a@news.example" }]`;
    const found = [
      { text: "关于", url: "/%E5%85%B3%E4%BA%8E/?a=b%20c" },
      { text: "English", url: "https://en.news.example/", language: "en-GB" },
      { text: "信", url: "mailto:a@news.example" },
    ];
    expect(read(`${SMALLEST}nav = ${links}\nfooter = ${links}\n`)).toMatchObject({
      site: { navigation: found, footer: found },
    });
  });

  it.each([
    ["icon.svg", null, "icon.svg"],
    ["/img/icon.png", null, "img/icon.png"],
    ["./icon.PNG", null, "icon.PNG"],
    ["https://cdn.example/icon.png", "https://cdn.example/icon.png", null],
  ])("takes the icon %s for a file or an address", (icon, address, iconFile) => {
    const settings = read(`${SMALLEST}icon = "${icon}"\n`);
    expect(settings).toMatchObject({ site: { icon: address }, iconFile });
  });

  it.each([
    '{ text = "a" }',
    '"a"',
    '{ text = "a", url = "//b.example" }',
    '{ text = "a", url = "about.html" }',
    '{ text = "a", url = "javascript:alert(1)" }',
    '{ text = "a", url = "/a", language = "english" }',
    '{ text = "a", url = "/a", order = 1 }',
  ])("refuses the link %s", (link) => {
    expect(read(`${SMALLEST}nav = [${link}]\n`)).toEqual([
      expect.stringMatching(/^wrangler.toml:4: error: Entry 1 of the setting "nav" is .*; write a/),
    ]);
  });

  it("names the entry of a list that is wrong", () => {
    const footer = `["a", { text = "x", url = "javascript:alert(1)" }]`;
    expect(read(`${SMALLEST}footer = ${footer}\n`)).toEqual([
      expect.stringMatching(/Entry 2 of the setting "footer" is \{"text":"x".*begin with https:/),
    ]);
  });

  it("names the line of bad TOML", () => {
    expect(read(`${SMALLEST}x = = 1\n`)).toEqual([
      expect.stringMatching(/^wrangler\.toml:4: error: Invalid TOML document/),
    ]);
  });

  it("says that the table is missing", () => {
    expect(read(`name = "x"\n`)).toEqual([
      "wrangler.toml:1: error: The table [vars.SITE] is missing; add it, with at least title and url",
    ]);
  });

  it("refuses an address of the environment that is no origin", () => {
    expect(read(SMALLEST, { OFFPRINT_URL: "localhost" })).toEqual([
      expect.stringContaining(`The environment's OFFPRINT_URL is "localhost"`),
    ]);
  });

  it("follows a category through its names, and refuses a circle", () => {
    const toml = (table: string): string =>
      `[vars.SITE]\ntitle = "a"\nurl = "https://a.example"\nrenamed_categories = ${table}\n`;
    const chain = readSettings(toml('{ a = "b", b = "c" }'), "wrangler.toml", {});
    expect(chain.ok && [...chain.value.categoryNames.renamed]).toEqual([
      ["a", "c"],
      ["b", "c"],
    ]);
    const circle = readSettings(toml('{ a = "b", b = "a" }'), "wrangler.toml", {});
    expect(circle).toMatchObject({ ok: false, failure: [{ line: 4, code: "setting-invalid" }] });
  });
});
