import { MARKDOWN } from "../markdown-options.ts";
import { failed } from "../../src/domain/result.ts";
import type { Site } from "../../src/domain/site.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import type { SearchEngines } from "../../src/store/release-contents.ts";
import { defaultArticlesPerPack } from "../../src/store/pack-limits.ts";
import type { GeneratorOptions } from "../generate/generate-articles.ts";
import { generateArticles } from "../generate/generate-articles.ts";
import type { KeptLists } from "../../scripts/bundle/kept-lists.ts";
import { NO_KEPT_LISTS } from "../../scripts/bundle/kept-lists.ts";
import type { PlannedRelease } from "../../scripts/bundle/plan-release.ts";
import { planRelease } from "../../scripts/bundle/plan-release.ts";
import { readArticle } from "../../scripts/read/article/read-article.ts";
import { PLAIN_FOLDER } from "../../scripts/read/files/find-articles.ts";
import type { BundledArticle } from "../../scripts/read/article/store-article.ts";
import { storeArticle } from "../../scripts/read/article/store-article.ts";
import { usualAddresses } from "../usual-addresses.ts";

/** The means of 40 drawn ones. */
const ARTICLE_CARD_BYTES = 10_500;
const CATEGORY_CARD_BYTES = 5900;
/**
 * What is measured with these articles is what requests and deploys cost, not what reading files does, and it is compared with
 * what was measured before: plain ones.
 */
const PLAIN = { seed: 7, texts: "plain" } as const;
const TIMES_LONGER = 7;

type SpanOptions = Omit<GeneratorOptions, keyof typeof PLAIN>;

export const SITE: Site = {
  title: "江城文摘",
  description: "一座城市的选读",
  url: "https://finews.example",
  language: "zh-CN",
  timeZone: "Asia/Shanghai",
  author: null,
  idAuthority: "finews.example",
  feedLength: 30,
  feedHours: 24,
  icon: null,
  hub: null,
  footer: [],
  baseUrl: "",
};

/**
 * Articles of about 5 KB, as a newspaper's job writes them, read and compressed.
 *
 * @param permalink by which the Jekyll site had addresses; not by the default they have titles in no order, as blogs do
 */
export function* makeArticles(options: SpanOptions, permalink = "date"): Generator<BundledArticle> {
  for (const { path, text } of generateArticles({ ...PLAIN, ...options })) {
    const slug = permalink === "date" ? "" : `slug: ${contentHash([path]).toLowerCase()}-news\n`;
    yield made(path, text.replace(/^title:/m, `${slug}title:`), permalink);
  }
}

/** Articles of some 35 KB in a category "long", of which a feed is a megabyte. */
export function* makeLongArticles(options: SpanOptions): Generator<BundledArticle> {
  for (const { path, text } of generateArticles({ ...PLAIN, ...options })) {
    const [start = "", body = ""] = text.split(/(?<=\n---\n)/, 2);
    const paragraphs = /^<p>.*?(?=<p class="em_media">)/s.exec(body)?.[0] ?? "";
    yield made(
      path,
      start.replace(/^categories: .*$/m, "categories: long") +
        `${paragraphs}\n`.repeat(TIMES_LONGER - 1) +
        body,
    );
  }
}

/** Articles that are in another language than the site's, so that there are feeds by language. */
export function* makeEnglishArticles(options: SpanOptions): Generator<BundledArticle> {
  for (const { path, text } of generateArticles({ ...PLAIN, ...options })) {
    yield made(path, text.replace(/^title:/m, "lang: en\ntitle:"));
  }
}

/** The tags of `makeDayArticles`, each of so many of the articles. */
export const DAY_TAGS = [30, 100, 500].map((count) => ({ name: `一天${count}`, count }));

/** Articles of about 5 KB, all within a day, for feeds of 30, 100 and 500 entries. */
export function* makeDayArticles(
  options: Omit<SpanOptions, "count" | "days">,
): Generator<BundledArticle> {
  const count = Math.max(...DAY_TAGS.map((tag) => tag.count));
  const texts = generateArticles({ ...PLAIN, ...options, count, days: 1 });
  for (const [index, { path, text }] of [...texts].entries()) {
    const tags = DAY_TAGS.filter((tag) => index < tag.count).map(({ name }) => name);
    yield made(path, text.replace(/^tags: .*$/m, `$& ${tags.join(" ")}`));
  }
}

function made(path: string, text: string, permalink = "date"): BundledArticle {
  const found = { file: path, path, source: ".", pathInSource: path, folder: PLAIN_FOLDER };
  const outcome = readArticle(Buffer.from(text), found, {
    site: SITE,
    splitNames: true,
    markdown: MARKDOWN,
    addresses: usualAddresses(permalink),
    nowEpochSeconds: Number.MAX_SAFE_INTEGER,
    findLocalFile: () => failed({ reason: "missing" }),
  });
  if (outcome.kind === "skipped") throw new Error(JSON.stringify(outcome));
  return storeArticle(outcome.article);
}

/** A release with settings as they are by default; share cards are as large as real ones, and empty. */
export function planGenerated(
  articles: readonly BundledArticle[],
  site: Site,
  searchEngines: SearchEngines = {},
  keptLists: KeptLists = NO_KEPT_LISTS,
): PlannedRelease {
  return planRelease({
    site,
    keptLists,
    searchEngines,
    categoryTitles: new Map(),
    articles,
    redirects: new Map(
      articles.flatMap(({ id, redirects }) =>
        redirects.map((path): [string, Redirect] => [path, { kind: "article", id }]),
      ),
    ),
    prerenderedFeeds: 20,
    articlesPerPack: defaultArticlesPerPack(articles.length),
    cards: 2000,
    drawCard: async ({ note }) =>
      new Uint8Array(note === "" ? CATEGORY_CARD_BYTES : ARTICLE_CARD_BYTES),
    renderers: {
      rss: contentHash(["rss"]),
      atom: contentHash(["atom"]),
      json: contentHash(["json"]),
      page: contentHash(["page"]),
    },
  });
}
