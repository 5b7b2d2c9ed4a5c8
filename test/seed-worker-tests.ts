import { MARKDOWN } from "./markdown-options.ts";
import { failed } from "../src/domain/result.ts";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { Site } from "../src/domain/site.ts";
import { contentHash } from "../src/store/content-hash.ts";
import { Manifest } from "../src/store/manifest.ts";
import type { Redirect } from "../src/store/redirect-entry.ts";
import type { GeneratorOptions } from "./generate/generate-articles.ts";
import { generateArticles } from "./generate/generate-articles.ts";
import type { History } from "../scripts/bundle/manifest-after.ts";
import type { PlannedRelease, ReleaseInput } from "../scripts/bundle/plan-release.ts";
import { planRelease } from "../scripts/bundle/plan-release.ts";
import type { RendererHashes } from "../scripts/program/renderer-hashes.ts";
import type { BundledArticle } from "../scripts/read/article/store-article.ts";
import { readArticle } from "../scripts/read/article/read-article.ts";
import { PLAIN_FILE_SETTINGS, PLAIN_FOLDER } from "../scripts/read/files/find-articles.ts";
import { readPages } from "../scripts/read/read-pages.ts";
import { readFolder } from "./read-folder.ts";
import { isNotFoundPage, siteWithNavigation } from "../scripts/bundle/site-with-navigation.ts";
import { readRemoved } from "../scripts/removed/read-removed.ts";
import { storeArticle } from "../scripts/read/article/store-article.ts";
import { withdrawArticles } from "../scripts/removed/withdraw-articles.ts";
import type { SerializedRelease } from "./worker/serialized-release.ts";
import { usualAddresses } from "./usual-addresses.ts";

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
  baseUrl: "/blog",
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
  // The day before the second, a category still had its only article.
  const closing = parse("2022-01-11-night.md", NIGHT_ARTICLE);
  const before = Manifest.open((await planFixtures([closing], FIRST_DAY)).manifestAfter(firstDay));
  if (!before.ok) throw new Error(before.failure.detail);
  const secondDay = { previous: before.value, now: FIRST_DAY + SECONDS_PER_DAY };
  const extra = parse("2026-11-24-bridge.md", bridgeArticle());
  const nextDay = await planFixtures([extra], secondDay.now);
  project.provide("fixtures", await serialize(fixtures, firstDay));
  project.provide("fixturesNextDay", await serialize(nextDay, secondDay));
  project.provide("withPages", await serialize(await planFixtures([], FIRST_DAY, true), firstDay));
  project.provide("generated", await serialize(planGenerated(), firstDay));
  project.provide("longArticles", await serialize(planLong(), firstDay));
  project.provide("podcasts", await serialize(planPodcasts(), firstDay));
  project.provide("giants", await serialize(planGiants(), firstDay));
  const burst = planBurst();
  project.provide("burst", await serialize(burst.release, burst.history));
  project.provide("burstWithoutHistory", await serialize(burst.undated, firstDay));
}

async function planFixtures(
  extra: readonly BundledArticle[],
  now: number,
  hasPages = false,
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
  const { pages } = readPages({
    root: join(FIXTURES, "pages"),
    sources: [],
    files: { ...PLAIN_FILE_SETTINGS, pages: hasPages ? ["."] : [] },
    site: FIXTURE_SITE,
    addresses: usualAddresses(),
    markdown: MARKDOWN,
    findArticle: () => null,
  });
  return plan({
    site: siteWithNavigation(
      hasPages ? { ...FIXTURE_SITE, baseUrl: "/blog" } : { ...FIXTURE_SITE, search: "leads" },
      all,
      pages,
    ),
    pages: pages.filter((page) => !isNotFoundPage(page)),
    articles: all,
    redirects: new Map([...redirects(all), ...gone, RENAMED]),
    categoryNames: { renamed: new Map([["harbour", "city"]]), kept: new Set(["city", "quiet"]) },
    prerenderedFeeds: 1,
  });
}

function planGenerated(): PlannedRelease {
  const options: GeneratorOptions = {
    seed: 7,
    texts: "plain",
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
  const options: GeneratorOptions = {
    seed: 8,
    texts: "plain",
    first: 0,
    count: FIXTURE_SITE.feedLength,
    categories: 1,
    startSeconds: FIRST_DAY - SECONDS_PER_DAY,
    days: 1,
  };
  const articles = [...generateArticles(options)].map(({ path, text }) => parse(path, text));
  return plan({ articles, prerenderedFeeds: 0, articlesPerPack: 16 });
}

/** A podcast with 40 episodes and one with 120, one a day; both have the tag "sound". */
function planPodcasts(): PlannedRelease {
  const episodes = (category: string, count: number): readonly BundledArticle[] =>
    Array.from({ length: count }, (_, day) => {
      const date = new Date((FIRST_DAY - day * SECONDS_PER_DAY) * 1000).toISOString().slice(0, 10);
      return parse(
        `${date}-${category}.md`,
        `---\ntitle: ${category} ${day}\ndate: ${date} 08:00:00 +0800\ncategories: ${category}\ntags: sound\naudio: https://cdn.example/${category}/${day}.mp3\n---\n<p>${day}</p>\n`,
      );
    });
  const podcast = {
    categories: ["talk", "long"],
    genre: ["News"],
    image: "https://finews.example/cover.jpg",
    isExplicit: false,
    ownerEmail: null,
  };
  return plan({
    site: { ...FIXTURE_SITE, podcast },
    articles: [...episodes("talk", 40), ...episodes("long", 120)],
    prerenderedFeeds: 0,
    articlesPerPack: 16,
  });
}

/** A category whose newest articles are more than one document may hold, with one that is too large for any. */
function planGiants(): PlannedRelease {
  const articles = Array.from({ length: 8 }, (_, day) => {
    const paragraph = `<p>${'新"闻\\'.repeat(day === TOO_LARGE ? 30_000 : 23_000)}</p>`;
    return parse(
      `2022-01-0${day + 1}-giant.md`,
      `---\ntitle: Giant ${day}\ndate: 2022-01-0${day + 1} 08:00:00 +0800\ncategories: giants\ntags: giants\n---\n${paragraph}\n`,
    );
  });
  return plan({ articles, prerenderedFeeds: 0, articlesPerPack: 16 });
}

/**
 * What follows a day of 40 articles: 60 of one moment, and one that comes two days after its date. The feeds of "city" and of
 * everything but the site are made on request.
 */
function planBurst(): {
  readonly release: PlannedRelease;
  readonly history: History;
  /** As it is where nobody knows what came when. */
  readonly undated: PlannedRelease;
} {
  const dated = (title: string, date: string): BundledArticle =>
    parse(
      `${date.slice(0, 10)}-${title}.md`,
      `---\ntitle: ${title}\ndate: ${date} +0800\ncategories: city\ntags: port\n---\n<p>${title}</p>\n`,
    );
  const day = Array.from({ length: 40 }, (_, minute) =>
    dated(`day-${minute}`, `2026-11-22 20:${String(minute + 10)}:00`),
  );
  const burst = Array.from({ length: 60 }, (_, number) =>
    dated(`burst-${number}`, "2026-11-23 07:00:00"),
  );
  const late = dated("late", "2026-11-21 00:00:00");
  const [input, now] = [{ prerenderedFeeds: 0, articlesPerPack: 16 }, FIRST_DAY];
  const first = Manifest.open(
    plan({ ...input, articles: day }).manifestAfter({ previous: null, now }),
  );
  if (!first.ok) throw new Error(first.failure.detail);
  const previous = first.value;
  const added = new Set([...burst, late].map(({ id }) => id));
  const undated = plan({ ...input, articles: [...day, ...burst, late] });
  const release = undated.withArrivals({ previous, added, now });
  return { release, history: { previous, now }, undated };
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
    categoryTitles: new Map([
      ["city", "城市"],
      ["quiet", "安静"],
    ]),
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
  const found = { file: path, path, source: ".", pathInSource: path, folder: PLAIN_FOLDER };
  const outcome = readArticle(Buffer.from(text), found, {
    site: FIXTURE_SITE,
    splitNames: true,
    markdown: MARKDOWN,
    addresses: usualAddresses(),
    nowEpochSeconds: FIRST_DAY + 2 * SECONDS_PER_DAY,
    findLocalFile: () => failed({ reason: "missing" }),
  });
  if (outcome.kind === "skipped") throw new Error(JSON.stringify(outcome));
  return storeArticle(outcome.article);
}

const NIGHT_ARTICLE =
  "---\ntitle: Night\ndate: 2022-01-11 23:00:00 +0800\ncategories: night\n---\n\nThe last of its kind.\n";

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
