import type { Article } from "../../src/domain/article.ts";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES, FEED_FORMATS } from "../../src/domain/feed-format.ts";
import { feedPath } from "../../src/domain/links.ts";
import { parseShareId } from "../../src/domain/share-id.ts";
import type { Digest } from "../../src/render/digest.ts";
import type { Feed } from "../../src/render/feed-document.ts";
import { encodeChunks } from "../../src/render/chunk.ts";
import { renderDigest, renderFeed } from "../../src/render/feed.ts";
import { feedWords } from "../../src/render/feed-words.ts";
import { ARABIC_ARTICLE, NEWSPAPER_ARTICLE, SITE, TECHNICAL_ARTICLE } from "./sample-articles.ts";

const encoder = new TextEncoder();

/** Everything that a careless feed gets wrong, in an article of before 1970 that a machine in Kathmandu wrote. */
export const AWKWARD_ARTICLE: Article = {
  ...NEWSPAPER_ARTICLE,
  id: parseShareId("000m0s7c3k") ?? NEWSPAPER_ARTICLE.id,
  title: `如何写 &amp; 和 ]]>：<专家> "说" 'R&D' 𠮷野家 👨‍👩‍👧 \u202Bעברית\u202C`,
  published: { epochSeconds: -86_400, offsetMinutes: 345 },
  updated: { epochSeconds: 1_642_000_000, offsetMinutes: 480 },
  categories: ["huchengribao", "C&C"],
  tags: ["湖城日报", "a<b", 'say "hi"', "湖城日报"],
  language: "zh-Hant-TW",
  authors: ["O’Neill & 申博士 <特约>"],
  source: "晚风报 & 友",
  summary: '若 a < b && c > d，则写 "&lt;"。',
  image: {
    url: "https://wandu.example/images/a%20b.png?size=1&crop=2",
    alt: '图 "一" <二>',
    type: null,
    width: null,
    height: null,
    length: null,
  },
  body: encoder.encode(
    `<p title="it&apos;s">若 a &lt; b &amp;&amp; c，写 <code>\\n "]]&gt;"</code>\t。</p>\n<p><a href="https://wandu.example/s/f5v4k2q9xa?a=1&amp;b=2">𠮷 👍🏽</a></p>`,
  ),
};

const ILLUSTRATED_ARTICLE: Article = {
  ...TECHNICAL_ARTICLE,
  body: encoder.encode(
    `<p>每周五晚上出一张八开小报。</p>\n<p><img src="https://wandu.example/images/press.jpg" alt="小报" width="1200" height="800"></p>`,
  ),
};

/** No author, no source, no summary: a picture and nothing else. */
const PICTURE_ARTICLE: Article = {
  ...ILLUSTRATED_ARTICLE,
  id: parseShareId("f5w0000001") ?? ILLUSTRATED_ARTICLE.id,
  title: "图说",
  published: { epochSeconds: 1_641_700_000, offsetMinutes: 480 },
  updated: null,
  categories: [],
  tags: [],
  summary: "",
};

const TITLES: ReadonlyMap<string, string> = new Map([["huchengribao", "湖城日报"]]);

/** A feed that shows all of its articles' bodies. */
export interface WholeFeed extends Feed {
  readonly articles: readonly Article[];
}

export const SITE_FEED: WholeFeed = {
  site: {
    ...SITE,
    author: "湖畔晚读编辑部",
    icon: "https://wandu.example/icon.png",
    hub: "https://hub.example/",
  },
  hubUrl: "https://hub.example/",
  topic: { kind: "site" },
  title: SITE.title,
  articles: [
    ARABIC_ARTICLE,
    ILLUSTRATED_ARTICLE,
    NEWSPAPER_ARTICLE,
    PICTURE_ARTICLE,
    AWKWARD_ARTICLE,
  ],
  readOn: "阅读全文",
  categoryTitle: (slug) => TITLES.get(slug) ?? slug,
  page: null,
  previousPage: "2022-01",
  nextPage: null,
};

const ARCHIVE_PAGE: Feed = {
  ...SITE_FEED,
  site: SITE,
  hubUrl: null,
  topic: { kind: "category", name: "湖城 日报" },
  title: "湖城日报",
  articles: [NEWSPAPER_ARTICLE],
  page: "2022-01-10T07:35",
  previousPage: "2021-12",
  nextPage: "2022-02",
};

/** Bodies have given way, but for one; a summary is missing too. */
const SHORTENED_FEED: Feed = {
  ...SITE_FEED,
  articles: [
    ARABIC_ARTICLE,
    ...[NEWSPAPER_ARTICLE, PICTURE_ARTICLE, AWKWARD_ARTICLE].map((article) => ({
      ...article,
      body: null,
    })),
  ],
};

const EMPTY_FEED: Feed = {
  ...SITE_FEED,
  site: SITE,
  hubUrl: null,
  articles: [],
  previousPage: null,
};

const SUMMARIES: Feed = {
  ...SITE_FEED,
  hubUrl: null,
  variant: { view: "summaries", title: "摘要" },
  topic: { kind: "category", name: "huchengribao" },
  title: "湖城日报",
  articles: SITE_FEED.articles.map((article) => ({ ...article, body: null })),
};

/** The feed of one of several languages: its words are in that language, and so is what is said about it. */
const LANGUAGE_FEED: Feed = {
  ...SITE_FEED,
  topic: { kind: "language", name: "ar" },
  title: "العربية",
  articles: [ARABIC_ARTICLE],
  readOn: "اقرأ المقال كاملًا",
};

/** Two days: one whole, with an article in another language, one without a summary; and one of which lists know no more. */
const DIGEST: Digest = {
  site: SITE_FEED.site,
  topic: { kind: "site" },
  title: SITE.title,
  variant: { view: "digest", title: "每日汇编" },
  hubUrl: null,
  page: null,
  previousPage: null,
  nextPage: null,
  words: feedWords(SITE, { kind: "site" }),
  days: [
    {
      day: 19_002,
      articles: [ARABIC_ARTICLE, NEWSPAPER_ARTICLE, PICTURE_ARTICLE, AWKWARD_ARTICLE],
      isWhole: true,
      isDated: true,
      end: { epochSeconds: 1_641_830_400, offsetMinutes: 480 },
    },
    {
      day: 19_001,
      articles: [TECHNICAL_ARTICLE],
      isWhole: false,
      isDated: false,
      end: { epochSeconds: 1_641_744_000, offsetMinutes: 480 },
    },
  ],
};

const EPISODE: Article = {
  ...NEWSPAPER_ARTICLE,
  id: parseShareId("f5w0000002") ?? NEWSPAPER_ARTICLE.id,
  title: "第二集：渡口 & <潮>",
  categories: ["talk"],
  image: {
    url: "https://wandu.example/images/square.jpg",
    alt: "",
    type: "image/jpeg",
    width: 1400,
    height: 1400,
    length: 90_000,
  },
  recordings: [
    {
      kind: "audio",
      files: [
        { url: "https://wandu.example/audio/2.mp3", type: "audio/mpeg", length: 12_345_678 },
        { url: "https://cdn.example/2.ogg?a=1&b=2", type: "audio/ogg", length: null },
      ],
      duration: 842,
      poster: null,
      isShown: false,
    },
    {
      kind: "video",
      files: [{ url: "https://cdn.example/2.mp4", type: "video/mp4", length: 345 }],
      duration: null,
      poster: "https://cdn.example/2.jpg",
      isShown: true,
    },
  ],
};

/** Of a file elsewhere nobody knows the length. */
const ELSEWHERE_EPISODE: Article = {
  ...NEWSPAPER_ARTICLE,
  id: parseShareId("f5w0000001") ?? NEWSPAPER_ARTICLE.id,
  title: "第一集",
  categories: ["talk"],
  summary: "",
  recordings: [
    {
      kind: "audio",
      files: [{ url: "https://cdn.example/1.m4a", type: "audio/x-m4a", length: null }],
      duration: null,
      poster: null,
      isShown: false,
    },
  ],
};

/** A podcast, with an article that has no sound. */
export const PODCAST_FEED: WholeFeed = {
  ...SITE_FEED,
  site: {
    ...SITE_FEED.site,
    podcast: {
      categories: ["talk"],
      genre: ["Society & Culture", "Documentary"],
      image: "https://wandu.example/cover.jpg",
      isExplicit: false,
      ownerEmail: "editor@wandu.example",
    },
  },
  topic: { kind: "category", name: "talk" },
  title: "夜航船",
  articles: [EPISODE, { ...ARABIC_ARTICLE, categories: ["talk"] }, ELSEWHERE_EPISODE],
};

/** The HTML of an article in a feed in Chinese. Of the samples' languages, Arabic alone runs against it. */
export function htmlInFeed({ body, language }: Article): string {
  const html = new TextDecoder().decode(body);
  return language === "ar" ? `<div dir="rtl" lang="ar">${html}</div>` : html;
}

export interface SampleFeed {
  readonly format: FeedFormat;
  /** Where the document would be fetched. */
  readonly location: string;
  readonly document: Uint8Array;
}

/** By the name of the file that holds the expected document. */
export const SAMPLE_FEEDS: Readonly<Record<string, SampleFeed>> = Object.fromEntries([
  ...Object.entries({
    site: SITE_FEED,
    shortened: SHORTENED_FEED,
    archive: ARCHIVE_PAGE,
    empty: EMPTY_FEED,
    summaries: SUMMARIES,
    language: LANGUAGE_FEED,
    podcast: PODCAST_FEED,
  }).flatMap(([name, feed]) =>
    FEED_FORMAT_NAMES.map((format): [string, SampleFeed] => [
      `${name}-${FEED_FORMATS[format].file}`,
      sampleFeed(feed, format),
    ]),
  ),
  ...FEED_FORMAT_NAMES.map((format): [string, SampleFeed] => [
    FEED_FORMATS[format].digestFile,
    sampleDigest(format),
  ]),
]);

export function sampleFeed(feed: Feed, format: FeedFormat): SampleFeed {
  const { site, topic, page, variant } = feed;
  const location = site.url + feedPath(topic, format, page, variant?.view);
  return { format, location, document: renderFeed(feed, format) };
}

function sampleDigest(format: FeedFormat): SampleFeed {
  return {
    format,
    location: SITE.url + feedPath(DIGEST.topic, format, null, "digest"),
    document: encodeChunks(renderDigest(DIGEST, format)),
  };
}
