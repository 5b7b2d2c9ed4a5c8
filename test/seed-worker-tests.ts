import { failed } from "../src/domain/result.ts";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { Site } from "../src/domain/site.ts";
import { contentHash } from "../src/store/content-hash.ts";
import { Manifest } from "../src/store/manifest.ts";
import type { Redirect } from "../src/store/redirect-entry.ts";
import { generateArticles } from "./generate/generate-articles.ts";
import type { History, PlannedRelease, ReleaseInput } from "../scripts/bundle/plan-release.ts";
import { planRelease } from "../scripts/bundle/plan-release.ts";
import type { RendererHashes } from "../scripts/bundle/renderer-hashes.ts";
import type { BundledArticle } from "../scripts/read/article/store-article.ts";
import { readArticle } from "../scripts/read/article/read-article.ts";
import { readFolder } from "./read-folder.ts";
import { readRemoved } from "../scripts/removed/read-removed.ts";
import { storeArticle } from "../scripts/read/article/store-article.ts";
import { withdrawArticles } from "../scripts/removed/withdraw-articles.ts";
import type { SerializedRelease } from "./worker/serialized-release.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");

export const FIXTURE_SITE: Site = {
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
  hub: "https://hub.example/",
  footer: [{ text: "示例站点", url: null }],
};

export const FIXTURE_RENDERERS: RendererHashes = {
  rss: contentHash(["rss"]),
  atom: contentHash(["atom"]),
  json: contentHash(["json"]),
  page: contentHash(["page"]),
};

const RENAMED: readonly [string, Redirect] = [
  "/category/harbour",
  { kind: "scope", scope: { kind: "category", name: "city" } },
];

/** 2026-11-23T00:00:00Z. */
const FIRST_DAY = 1_795_392_000;
const SECONDS_PER_DAY = 86_400;
/** Enough to fill most of the categories, and few enough for the message that carries them: 32 MiB in base64. */
const GENERATED_ARTICLES = 12_000;
/** Front matter and the first paragraphs: how long articles are does not matter to what is read. */
const GENERATED_LINES = 9;
const GENERATED_CATEGORIES = 2000;
/** The day of the giant that is larger than any body in a feed. */
const TOO_LARGE = 6;

/** Makes the releases that the tests in workerd read. */
export async function setup(project: TestProject): Promise<void> {
  const firstDay = { previous: null, now: FIRST_DAY };
  const fixtures = await planFixtures([], FIRST_DAY);
  const before = Manifest.open(fixtures.manifestAfter(firstDay));
  if (!before.ok) throw new Error(before.failure.detail);
  const secondDay = { previous: before.value, now: FIRST_DAY + SECONDS_PER_DAY };
  const extra = parse("2026-11-24-bridge.md", bridgeArticle());
  const nextDay = await planFixtures([extra], secondDay.now);
  project.provide("fixtures", await serialize(fixtures, firstDay));
  project.provide("fixturesNextDay", await serialize(nextDay, secondDay));
  project.provide("generated", await serialize(planGenerated(), firstDay));
  project.provide("longArticles", await serialize(planLong(), firstDay));
  project.provide("giants", await serialize(planGiants(), firstDay));
}

async function planFixtures(
  extra: readonly BundledArticle[],
  now: number,
): Promise<PlannedRelease> {
  const removed = await readRemoved(join(FIXTURES, "removed.txt"));
  const read = await readFolder(FIXTURES, FIXTURE_SITE, ["articles"], now);
  const { report, gone: withdrawn } = withdrawArticles(read, removed, new Set());
  const { articles, diagnostics } = report;
  if (diagnostics.some(({ level }) => level === "error")) {
    throw new Error(JSON.stringify(diagnostics));
  }
  const gone = withdrawn.map((path): [string, Redirect] => [path, { kind: "gone" }]);
  const all = [...articles, ...extra];
  // One category has a prerendered feed, as the site has; the others are rendered on request.
  return plan({
    articles: all,
    redirects: new Map([...redirects(all), ...gone, RENAMED]),
    prerenderedFeeds: 1,
  });
}

function planGenerated(): PlannedRelease {
  const options = {
    seed: 7,
    first: 0,
    count: GENERATED_ARTICLES,
    categories: GENERATED_CATEGORIES,
    startSeconds: FIRST_DAY - 200 * SECONDS_PER_DAY,
    days: 199,
  };
  const articles = [...generateArticles(options)].map(({ path, text }) =>
    parse(path, shortened(text)),
  );
  return plan({
    articles,
    redirects: new Map(redirects(articles)),
    prerenderedFeeds: 20,
    articlesPerPack: 16,
  });
}

/** A category whose feed, made on request, is large. */
function planLong(): PlannedRelease {
  const options = {
    seed: 8,
    first: 0,
    count: FIXTURE_SITE.feedLength,
    categories: 1,
    startSeconds: FIRST_DAY - SECONDS_PER_DAY,
    days: 1,
  };
  const articles = [...generateArticles(options)].map(({ path, text }) => parse(path, text));
  return plan({ articles, prerenderedFeeds: 0, articlesPerPack: 16 });
}

/** A category whose newest articles are more than one document may hold, with one that is too large for any. */
function planGiants(): PlannedRelease {
  const articles = Array.from({ length: 8 }, (_, day) => {
    const paragraph = `<p>${'新"闻\\'.repeat(day === TOO_LARGE ? 30_000 : 23_000)}</p>`;
    return parse(
      `2022-01-0${day + 1}-giant.md`,
      `---\ntitle: Giant ${day}\ndate: 2022-01-0${day + 1} 08:00:00 +0800\ncategories: giants\n---\n${paragraph}\n`,
    );
  });
  return plan({ articles, prerenderedFeeds: 0, articlesPerPack: 16 });
}

function shortened(text: string): string {
  return text
    .split("\n")
    .filter((line, index) => index < GENERATED_LINES || !line.startsWith(" <p>"))
    .join("\n");
}

function plan({
  articles,
  ...input
}: Omit<Partial<ReleaseInput>, "articles"> & {
  readonly articles: readonly BundledArticle[];
}): PlannedRelease {
  return planRelease({
    site: FIXTURE_SITE,
    categoryTitles: new Map([["city", "城市"]]),
    articles,
    redirects: new Map(),
    prerenderedFeeds: 20,
    articlesPerPack: 128,
    cards: 3,
    drawCard: async ({ headline }) => new TextEncoder().encode(`PNG of ${headline}`),
    renderers: FIXTURE_RENDERERS,
    ...input,
  });
}

function redirects(articles: readonly BundledArticle[]): [string, Redirect][] {
  return articles.flatMap((article) =>
    article.redirects.map((path): [string, Redirect] => [
      path,
      { kind: "article", id: article.id },
    ]),
  );
}

function parse(path: string, text: string): BundledArticle {
  const found = { file: path, path, source: ".", pathInSource: path };
  const outcome = readArticle(Buffer.from(text), found, {
    site: FIXTURE_SITE,
    splitNames: true,
    nowEpochSeconds: FIRST_DAY + 2 * SECONDS_PER_DAY,
    findLocalFile: () => failed({ reason: "missing" }),
  });
  if (outcome.kind === "skipped") throw new Error(JSON.stringify(outcome));
  return storeArticle(outcome.article);
}

function bridgeArticle(): string {
  return `---\ntitle: 新桥合龙\ndate: 2026-11-24 06:00:00 +0800\ncategories: city\n---\n\n大桥昨夜合龙，两岸的人在江边看到天亮。\n`;
}

async function serialize(
  { manifestAfter, values }: PlannedRelease,
  history: History,
): Promise<SerializedRelease> {
  const encoded = await Promise.all(
    values.map(async ({ key, encode }) => [key, Buffer.from(await encode()).toString("base64")]),
  );
  return {
    manifest: Buffer.from(manifestAfter(history)).toString("base64"),
    values: Object.fromEntries(encoded) as Record<string, string>,
  };
}
