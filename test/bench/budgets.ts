/**
 * The budgets of publishing, measured: `npm run budgets`. Generated articles are deployed to the stand-in for Cloudflare's
 * API, day after day, by the code that `npm run deploy` runs; only wrangler's own part is stood in for as well.
 */
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { Site } from "../../src/domain/site.ts";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flag, text, wholeNumber } from "../../scripts/terminal/option-kinds.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { MAP_NAMES } from "../../src/store/release-contents.ts";
import { packKey } from "../../src/store/pack.ts";
import { createCloudflareApi } from "../../scripts/cloudflare/cloudflare-api.ts";
import type { IO } from "../../scripts/terminal/io.ts";
import { plannedAnew } from "../../scripts/bundle/bundled-release.ts";
import { openKeptLists } from "../../scripts/bundle/kept-lists.ts";
import type { PlannedRelease } from "../../scripts/bundle/plan-release.ts";
import type { IndexedFiles } from "../../scripts/bundle/bundled-site.ts";
import type { WorkerConfig } from "../../scripts/config/worker-config.ts";
import { LEAST_FILES_FOR_INDEX, createLiveIndex } from "../../scripts/publish/live-index.ts";
import { deflateByLength } from "../../scripts/read/article/deflate-by-length.ts";
import type { BundledArticle } from "../../scripts/read/article/store-article.ts";
import { blobOf } from "../../scripts/read/files/file-stamp.ts";
import { deploySite } from "../../scripts/publish/deploy-site.ts";
import { planNamespacePrune, pruneNamespace } from "../../scripts/publish/prune-namespace.ts";
import { Interruption } from "../../scripts/terminal/interruption.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";
import { readSettings } from "../../scripts/config/settings.ts";
import { FakeCloudflare } from "../scripts/fake-cloudflare.ts";
import { fakeIO } from "../scripts/fake-io.ts";
import { fakeWrangler } from "../scripts/fake-wrangler.ts";
import { SITE, makeArticles, planGenerated } from "./generated-site.ts";
import { storedShares } from "./stored-shares.ts";

const USAGE = `Usage: npm run budgets -- [options]

  --articles n    of the first deploy (default 100000)
  --categories n  (default 2000)
  --authors n     reporters; besides, a fifth of the articles have a correspondent, hardly ever the same twice; with 0,
                  authors have no lists, which shows their share (default 2000)
  --days n        simulated days of eight deploys and 300 articles (default 60)
  --brief         only the first and the last three of the days have eight deploys, the others one of all their articles:
                  what is stored in the end is the same, since releases of a day and a half are kept, in a quarter of the time
  --search        with the setting search
  --permalink p   only with this pattern of addresses, for all days; one with slugs has to be stored, such as /:slug/
  --permalinks    only with permalinks that have to be stored, for a day each
  --help          this text`;

const LISTS_DEPEND_ON = contentHash(["budgets"]);
const SECONDS_PER_DAY = 86_400;
/** 2026-01-01. */
const FIRST_DAY = 1_767_225_600;
const FIRST_DAYS = 365;
const DEPLOYS_A_DAY = 8;
const LAST_BUSY_DAYS = 3;
const ARTICLES_A_DAY = 300;
const CATEGORIES_A_DAY = 150;
const DELETIONS_PER_DEPLOY = 110;
const BYTES_PER_MEGABYTE = 1e6;
/** Addresses from which no id can be computed: with a date, and in no order. The 200 articles begin a new month. */
const STORED_PERMALINKS = ["/:year/:month/:slug/", "/:slug/"];

await runCommand({
  name: "npm run budgets --",
  usage: USAGE,
  options: {
    articles: wholeNumber(0, 10_000_000, 100_000),
    categories: wholeNumber(1, 1_000_000, 2000),
    days: wholeNumber(0, 10_000, 60),
    authors: wholeNumber(0, 1_000_000, 2000),
    brief: flag,
    search: flag,
    permalink: text,
    permalinks: flag,
  },
  run: async ({ articles, days, brief, permalink, permalinks, ...parts }) => {
    const deploysOf = (day: number): number =>
      brief && day > 1 && day <= days - LAST_BUSY_DAYS ? 1 : DEPLOYS_A_DAY;
    const each = Array.from({ length: days }, (_, day) => deploysOf(day + 1));
    if (permalink !== null || !permalinks) {
      await measure(articles, parts, each, permalink ?? "date");
    }
    for (const stored of permalink === null ? STORED_PERMALINKS : []) {
      await measure(articles, parts, [DEPLOYS_A_DAY], stored);
    }
    return 0;
  },
});

interface SiteParts {
  readonly categories: number;
  readonly authors: number;
  readonly search: boolean;
}

async function measure(
  articleCount: number,
  { categories, authors, search }: SiteParts,
  /** How many deploys each simulated day has. */
  days: readonly number[],
  permalink: string,
): Promise<void> {
  const site: Site = {
    ...SITE,
    ...(authors === 0 ? { authors: false } : {}),
    ...(search ? { search: "leads" } : {}),
  };
  const reporters = Math.max(1, authors);
  const cloudflare = new FakeCloudflare();
  const folder = mkdtempSync(join(tmpdir(), "offprint-budgets-"));
  for (const each of ["assets", "build"]) mkdirSync(join(folder, each));
  let now = FIRST_DAY + FIRST_DAYS * SECONDS_PER_DAY;
  cloudflare.now = () => now * MILLISECONDS_PER_SECOND;
  const io = fakeIO({
    fetch: async (url, init) => cloudflare.fetch(new Request(url, init)),
    wait: async () => undefined,
    now: () => now * MILLISECONDS_PER_SECOND,
    run: fakeWrangler(cloudflare),
  });
  // Reading compresses bodies in the order of their lengths, which in the order of a pack would take three times as long.
  const readArticles = (options: Parameters<typeof makeArticles>[0]): BundledArticle[] => {
    const read = [...makeArticles(options, permalink)];
    deflateByLength(read.map(({ entry }) => entry));
    return read;
  };
  const articles = readArticles({
    first: 0,
    count: articleCount,
    categories,
    reporters,
    startSeconds: FIRST_DAY,
    days: FIRST_DAYS,
  });
  console.log(`${articles.length} articles made, with the permalink ${permalink}`);

  // As in the site's folder: scopes without a new article are not planned again.
  const lists = { lists: join(folder, "lists"), bodies: join(folder, "pages") };
  let live: PlannedRelease | null = null;
  let lacking: Lacking = new Map();
  const deploy = async (): Promise<string> => {
    const startedAt = performance.now();
    const release = planGenerated(articles, site, {}, openKeptLists(lists, LISTS_DEPEND_ON));
    const planned = performance.now();
    lacking = added(lacking, lackingOf(cloudflare, release));
    const outcome = await publish(cloudflare, io, folder, { articles, release }, now);
    live = release;
    return `${outcome} (planned in ${seconds(planned - startedAt)}, published in ${seconds(performance.now() - planned)})`;
  };
  const counted = async (what: string, work: () => Promise<string>): Promise<void> => {
    const before = { ...cloudflare.counts };
    lacking = new Map();
    const outcome = await work();
    const { counts } = cloudflare;
    console.log(
      [
        what,
        outcome,
        `${counts.writes - before.writes} writes`,
        `${((counts.bytesWritten - before.bytesWritten) / BYTES_PER_MEGABYTE).toFixed(1)} MB`,
        `${counts.lists - before.lists} lists`,
        `${counts.deletes - before.deletes} deletes`,
        `${counts.reads - before.reads} reads by the API`,
        `${storedMegabytes(cloudflare)} MB stored`,
        `${cloudflare.values.size} keys`,
        `written ${Array.from(lacking, ([name, count]) => `${count} ${name}`).join(", ")}`,
      ].join("; "),
    );
  };
  const showShares = (): void => {
    if (live === null) return;
    const { values, bytes } = storedShares(cloudflare.values, live);
    for (const [name, amount] of bytes) {
      console.log(`  ${(amount / BYTES_PER_MEGABYTE).toFixed(1).padStart(7)} MB ${name}`);
    }
    for (const [name, count] of values) {
      console.log(`  ${String(count).padStart(7)} values: ${name}`);
    }
  };

  await counted("first deploy", deploy);
  showShares();
  await counted("the same again", deploy);
  now += SECONDS_PER_DAY;
  let next = articleCount;
  articles.push(
    ...readArticles({
      first: next,
      count: 200,
      categories: 20,
      reporters,
      startSeconds: now,
      days: 1,
    }),
  );
  next += 200;
  await counted("200 new articles in 20 categories", deploy);
  const publishDay = async (deploys: number): Promise<string> => {
    for (let turn = 0; turn < deploys; turn += 1) {
      now += SECONDS_PER_DAY / deploys;
      const count =
        Math.round((ARTICLES_A_DAY * (turn + 1)) / deploys) -
        Math.round((ARTICLES_A_DAY * turn) / deploys);
      const today = now - (now % SECONDS_PER_DAY);
      articles.push(
        ...readArticles({
          first: next,
          count,
          categories: CATEGORIES_A_DAY,
          reporters,
          startSeconds: today,
          days: 1,
        }),
      );
      next += count;
      await deploy();
    }
    return `${articles.length} articles`;
  };
  for (const [index, deploys] of days.entries()) {
    await counted(`day ${index + 1}`, async () => publishDay(deploys));
  }
  if (days.length > 0) showShares();
  rmSync(folder, { recursive: true });
}

interface Planned {
  readonly articles: readonly BundledArticle[];
  readonly release: PlannedRelease;
}

async function publish(
  cloudflare: FakeCloudflare,
  io: IO,
  folder: string,
  { articles, release }: Planned,
  now: number,
): Promise<string> {
  const settings = readSettings(
    '[vars.SITE]\ntitle = "a"\nurl = "https://a.example"\nstatic_pages = 0\n',
    "",
    {},
  );
  if (!settings.ok) throw new Error("settings");
  const id = cloudflare.environment["CLOUDFLARE_ACCOUNT_ID"] ?? "";
  const authorize = async (): Promise<Record<string, string>> => ({
    Authorization: cloudflare.authorization,
  });
  const account = {
    id,
    api: createCloudflareApi(cloudflare.baseUrl, authorize, io),
    environment: { CLOUDFLARE_ACCOUNT_ID: id },
  };
  const config: WorkerConfig = {
    path: "wrangler.toml",
    environment: null,
    name: "budgets",
    accountId: null,
    complianceRegion: null,
    namespaceId: null,
    triggers: { workersDev: true, domains: [], routes: [] },
    table: { name: "budgets", kv_namespaces: [] },
  };
  const outcome = await deploySite({
    kind: "deploy",
    isDryRun: false,
    mayReplace: false,
    mayReturn: false,
    mayRename: false,
    root: folder,
    mostWrites: Number.MAX_SAFE_INTEGER,
    account,
    config,
    settings: settings.value,
    site: {
      release: plannedAnew(release),
      skipped: [],
      diagnostics: [],
      toFollow: null,
      sources: async () => ({
        read: {
          report: { articles: [], skipped: [], diagnostics: [], pages: [], fileCount: 0 },
          files: filesOf(articles, folder),
          renderers: release.manifest.renderers,
        },
        articles,
        redirects: new Map(),
      }),
    },
    liveIndex: createLiveIndex({
      readLive: async () => null,
      leastFiles: LEAST_FILES_FOR_INDEX,
      io,
    }),
    worker: {
      folder,
      configFile: join(folder, "wrangler.json"),
      code: contentHash(["code"]),
      script: contentHash(["script"]),
    },
    io,
    interruption: new Interruption(io, ""),
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  if (outcome.value?.isNew !== true) return "nothing new";
  const { namespace, live } = outcome.value;
  if (live === null) throw new Error("nobody can say what is live");
  const plan = await planNamespacePrune(namespace, "budgets", { live, now, keptReleases: 10 });
  if (!plan.ok) throw new Error(JSON.stringify(plan.failure));
  const pruned = await pruneNamespace(namespace, plan.value, DELETIONS_PER_DEPLOY, now);
  if (!pruned.ok) throw new Error(JSON.stringify(pruned.failure));
  return `deployed, ${pruned.value.left} left to prune`;
}

/** What came of the articles' files, as a deploy keeps it. */
function filesOf(articles: readonly BundledArticle[], folder: string): IndexedFiles {
  return {
    basis: contentHash(["basis"]),
    sources: [{ folder, written: "articles" }],
    outcomes: () =>
      articles.map((article) => ({
        source: folder,
        outcome: {
          path: article.path,
          pathInSource: article.path,
          stamp: { blob: blobOf(article.entry.key), status: null },
          lookups: [],
          diagnostics: [],
          result: { kind: "article", article },
        },
      })),
  };
}

/** How many values of each kind a release has that KV lacks. */
type Lacking = ReadonlyMap<string, number>;

function lackingOf(cloudflare: FakeCloudflare, release: PlannedRelease): Lacking {
  const lacks = (keys: readonly string[]): number =>
    keys.filter((key) => !cloudflare.values.has(key)).length;
  return new Map([
    ...MAP_NAMES.map((name): [string, number] => [
      name,
      lacks(release.maps[name].map(({ hash }) => packKey(hash))),
    ]),
    ["finished feeds", lacks(release.prerenderedFeeds.map(({ key }) => key))],
  ]);
}

function added(some: Lacking, more: Lacking): Lacking {
  return new Map(Array.from(more, ([name, count]) => [name, count + (some.get(name) ?? 0)]));
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / MILLISECONDS_PER_SECOND).toFixed(1)} s`;
}

function storedMegabytes(cloudflare: FakeCloudflare): string {
  let bytes = 0;
  for (const { bytes: value } of cloudflare.values.values()) bytes += value.byteLength;
  return (bytes / BYTES_PER_MEGABYTE).toFixed(0);
}
