import RssParser from "rss-parser";
import { parseJsonFeed, parseRssFeed } from "feedsmith";
import getPodcastFromFeed from "podparse";
import { describe, expect, it } from "vitest";
import type { Feed } from "../../src/render/feed-document.ts";
import { renderFeed } from "../../src/render/feed.ts";
import { renderSharePage } from "../../src/render/share-page.ts";
import { podcastFaults } from "./podcast-faults.ts";
import { NEWSPAPER_ARTICLE, SITE } from "./sample-articles.ts";
import { PODCAST_FEED, SITE_FEED } from "./sample-feeds.ts";

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const rssOf = (feed: Feed): string => decode(renderFeed(feed, "rss"));

const [EPISODE] = PODCAST_FEED.articles;
const SOUND = "https://wandu.example/audio/2.mp3";

describe("a podcast's feed", () => {
  it("has what directories ask for", () => {
    expect(podcastFaults(rssOf(PODCAST_FEED))).toEqual([]);
  });

  it.each([
    ["show has a picture", /<itunes:image.*\/>\n<itunes:category/, "<itunes:category"],
    ["show has a category", /<itunes:category text="Society[^]*?<\/itunes:category>/, ""],
    ["show says whether it is explicit", ">false<", ">no<"],
    ["owner has an address", /<itunes:email>.*/, ""],
    ["file is of a type that is played", 'type="audio/mpeg"/>', 'type="audio/ogg"/>'],
    ["file has a length", ' length="0"', ""],
    ["duration is in seconds", ">842<", ">14 min<"],
    ["no two episodes have one file", "https://cdn.example/1.m4a", SOUND],
  ])("is found not to be one where not: %s", (rule, from, to) => {
    const broken = rssOf(PODCAST_FEED).replace(from, to);
    expect(podcastFaults(broken)).toContain(rule);
  });

  it("is one wherever there is sound in the document, without settings", () => {
    const { podcast: _podcast, ...site } = PODCAST_FEED.site;
    const text = rssOf({ ...PODCAST_FEED, site, topic: { kind: "tag", name: "港" } });
    expect(podcastFaults(text)).toEqual(["show has a category"]);
    expect(text).toContain('<itunes:image href="https://wandu.example/icon.png"/>');
  });

  it("stays one where the settings say so, though nothing in the document has sound", () => {
    expect(rssOf({ ...PODCAST_FEED, articles: [NEWSPAPER_ARTICLE] })).toContain("<itunes:type>");
  });

  it("is none where there is no sound: the same document as ever, whatever the settings", () => {
    const { podcast } = PODCAST_FEED.site;
    const site = podcast === undefined ? SITE_FEED.site : { ...SITE_FEED.site, podcast };
    expect(rssOf({ ...SITE_FEED, site })).toBe(rssOf(SITE_FEED));
    expect(rssOf(SITE_FEED)).not.toContain("itunes");
  });

  it("is none where articles have films only", () => {
    const films = PODCAST_FEED.articles.map(({ recordings = [], ...article }) => ({
      ...article,
      recordings: recordings.filter(({ kind }) => kind === "video"),
    }));
    const text = rssOf({ ...SITE_FEED, articles: films });
    expect(text).not.toContain("itunes");
    expect(text).toContain('<enclosure url="https://cdn.example/2.mp4" length="345"');
  });
});

describe("programs that play podcasts", () => {
  it("podparse reads show and episodes", () => {
    const { meta, episodes } = getPodcastFromFeed(rssOf(PODCAST_FEED));
    expect(meta).toMatchObject({
      title: "夜航船 · 湖畔晚读",
      type: "episodic",
      explicit: false,
      owner: { name: "湖畔晚读编辑部", email: "editor@wandu.example" },
      image: { url: "https://wandu.example/cover.jpg" },
    });
    expect(meta.category?.join()).toContain("Society & Culture");
    // It sorts them by their dates.
    expect(episodes.find(({ duration }) => duration > 0)).toMatchObject({
      title: "第二集：渡口 & <潮>",
      duration: 842,
      enclosure: { url: SOUND, length: 12_345_678, type: "audio/mpeg" },
      image: { url: "https://wandu.example/images/square.jpg" },
    });
  });

  it("rss-parser reads show and episodes", async () => {
    const { itunes, items } = await new RssParser().parseString(rssOf(PODCAST_FEED));
    expect(itunes).toMatchObject({
      author: "湖畔晚读编辑部",
      image: "https://wandu.example/cover.jpg",
      owner: { email: "editor@wandu.example" },
      categories: ["Society & Culture"],
      explicit: "false",
    });
    expect(items.map(({ enclosure }) => enclosure)).toEqual([
      { url: SOUND, length: "12345678", type: "audio/mpeg" },
      undefined,
      { url: "https://cdn.example/1.m4a", length: "0", type: "audio/x-m4a" },
    ]);
    expect(items[0]?.["itunes"]).toMatchObject({ duration: "842", episodeType: "full" });
  });

  it("feedsmith reads all forms and films, in RSS and JSON", () => {
    const rss = parseRssFeed(rssOf(PODCAST_FEED));
    expect(rss.itunes?.categories).toEqual([
      { text: "Society & Culture", categories: [{ text: "Documentary" }] },
    ]);
    const [item] = rss.items ?? [];
    expect(item?.media?.groups?.[0]?.contents?.map(({ url }) => url)).toEqual([
      SOUND,
      "https://cdn.example/2.ogg?a=1&b=2",
    ]);
    expect(item?.media?.contents?.map(({ medium }) => medium)).toEqual(["image", "video"]);
    const json = parseJsonFeed(decode(renderFeed(PODCAST_FEED, "json")));
    expect(json.items?.[0]?.attachments).toMatchObject([
      { url: SOUND, mime_type: "audio/mpeg", size_in_bytes: 12_345_678, duration_in_seconds: 842 },
      { mime_type: "audio/ogg", duration_in_seconds: 842, title: EPISODE?.title },
      { mime_type: "video/mp4", size_in_bytes: 345 },
      { mime_type: "image/jpeg" },
    ]);
  });
});

describe("the page of an article", () => {
  it("has a player for what its text does not show, and for nothing else", () => {
    const article = { ...NEWSPAPER_ARTICLE, ...EPISODE };
    const page = decode(
      renderSharePage({
        site: SITE,
        article,
        categoryTitle: (slug) => slug,
        cardUrl: null,
        related: [],
      }),
    );
    expect(page.match(/<(?:audio|video)[^>]*>/g)).toEqual([
      '<audio controls preload="none" aria-label="第二集：渡口 &amp; &lt;潮&gt;">',
    ]);
    expect(page).toContain(`<source src="${SOUND}">`);
  });
});
