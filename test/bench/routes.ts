import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { NEWS_SITEMAP_PERIOD, sitemapPath } from "../../src/domain/links.ts";
import type { Site } from "../../src/domain/site.ts";
import type { BundledArticle } from "../../scripts/read/article/store-article.ts";
import { Manifest } from "../../src/store/manifest.ts";
import { unusedPort } from "../end-to-end/running-site.ts";
import { RandomSource } from "../generate/random-source.ts";
import { ask } from "./ask.ts";
import type { BenchRun } from "./bench-run.ts";
import { bundleWorkers, siteModules, workerdConfig } from "./bundled-workers.ts";
import {
  SITE,
  makeArticles,
  makeDayArticles,
  makeEnglishArticles,
  makeLongArticles,
  planGenerated,
} from "./generated-site.ts";
import { median } from "./median.ts";
import { recordedFile } from "./recording.ts";
import type { Asked, Route } from "./route.ts";
import { routeAt } from "./route.ts";
import { routeList } from "./route-list.ts";
import { searchRoutes } from "./search-routes.ts";
import type { Row } from "./row.ts";
import { atMost, tryRow, measuredRow } from "./row.ts";

/*
 * What one request may cost, at worst: every route over a large site, in workerd. CPU time of the thread that answers,
 * which is what the plans limit, with KV as a map in the isolate. Reads are counted in Node, by the same code.
 */

const ROOT = join(import.meta.dirname, "../..");
const USUAL_SIZE = 10_000;
const FULL_SIZE = 100_000;
const CATEGORIES = 2000;
/** Beside the 2,000 tags of the categories. */
const TOPICS = 3000;
/** 2025-01-01: all days are over, or digests would be empty. */
const FIRST_SECOND = 1_735_689_600;
const DAYS = 365;
const SECONDS_PER_DAY = 86_400;
const MILLISECONDS_PER_DAY = 86_400_000;
/** Of what can be searched. */
const SEARCHED_YEARS = 5;
/** In two days, of which the news sitemap shows what is not older than 48 hours. */
const NEWS_ARTICLES = 1500;
const LONG_ARTICLES = 90;
const ENGLISH_ARTICLES = 300;
/** Addresses of a route that are asked for in a fresh isolate, each in one of its own. */
const COLD_ADDRESSES = 5;
/** Asked for before those that are measured warm. */
const WARMING_REQUESTS = 40;
const WARM_REQUESTS = 160;
const SEED = 5;
const NANOSECONDS_PER_MILLISECOND = 1e6;
/** In 99 of 100 requests; none may be above `MOST_MILLISECONDS`. */
const ROUTE_BAR_MILLISECONDS = 8;
const READS_BAR = 32;

/** Milliseconds of CPU: of each address the least of the turns. */
interface RouteCost {
  readonly name: string;
  readonly coldMedian: number;
  readonly coldWorst: number;
  readonly warmMedian: number;
  /** In 99 of 100 requests; of fewer the worst. */
  readonly warmHigh: number;
  /** The most KV reads of one request in a fresh isolate. */
  readonly reads: number;
  /** Of the largest answer, as it is sent. */
  readonly kilobytes: number;
  readonly statuses: string;
}

/** A request, with the keys that it reads in a fresh isolate. */
interface Known extends Asked {
  readonly keys: readonly string[];
  readonly status: number;
  readonly bytes: number;
}

/** Measures all routes, or those whose names hold one of the parts that are asked for, with `|` between them. */
export async function* measureRoutes(run: BenchRun): AsyncGenerator<Row> {
  const articleCount = Math.ceil((run.isFull ? FULL_SIZE : USUAL_SIZE) / run.divisor);
  const span = { startSeconds: FIRST_SECOND, days: DAYS };
  const articles = [
    ...makeArticles({
      first: 0,
      count: articleCount,
      categories: CATEGORIES,
      topics: TOPICS,
      ...span,
    }),
    ...makeLongArticles({ first: articleCount, count: LONG_ARTICLES, categories: 1, ...span }),
    ...makeEnglishArticles({
      first: articleCount + LONG_ARTICLES,
      count: ENGLISH_ARTICLES,
      categories: CATEGORIES,
      ...span,
    }),
    ...makeDayArticles({
      first: articleCount + LONG_ARTICLES + ENGLISH_ARTICLES,
      categories: CATEGORIES,
      startSeconds: FIRST_SECOND + (DAYS - 1) * SECONDS_PER_DAY,
    }),
  ];
  const searched: Site = { ...SITE, search: "leads" };
  yield* measureSite(run, articles, searched, routeList);
  const today = Math.floor(Date.now() / MILLISECONDS_PER_DAY) * SECONDS_PER_DAY;
  const news = [
    ...makeArticles({
      first: 0,
      count: NEWS_ARTICLES,
      categories: CATEGORIES,
      startSeconds: today - SECONDS_PER_DAY,
      days: 2,
    }),
  ];
  yield* measureSite(run, news, searched, () => [
    routeAt("news sitemap", [sitemapPath(NEWS_SITEMAP_PERIOD)]),
  ]);
  for (const mode of ["leads", "text"] as const) {
    const found = [
      ...makeArticles({
        first: 0,
        // Whole texts of a hundred thousand articles would be 370 MB of index.
        count: mode === "text" ? Math.min(articleCount, USUAL_SIZE) : articleCount,
        categories: CATEGORIES,
        startSeconds: FIRST_SECOND - (SEARCHED_YEARS - 1) * DAYS * SECONDS_PER_DAY,
        days: SEARCHED_YEARS * DAYS,
      }),
    ];
    yield* measureSite(run, found, { ...SITE, search: mode }, () => searchRoutes(found, mode));
  }
}

/** Measures routes of one site. */
async function* measureSite(
  { turns, route: only, say }: BenchRun,
  articles: readonly BundledArticle[],
  site: Site,
  routesOf: (
    manifest: Manifest,
    articles: readonly BundledArticle[],
    readValue: (key: string) => Promise<Uint8Array | null>,
  ) => readonly Route[] | Promise<readonly Route[]>,
): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), "offprint-routes-"));
  const release = planGenerated(articles, site, { newsName: site.title });
  const bytes = release.manifestAfter({
    previous: null,
    now: FIRST_SECOND + DAYS * SECONDS_PER_DAY,
  });
  const opened = Manifest.open(bytes);
  if (!opened.ok) throw new Error(opened.failure.detail);
  const manifest = opened.value;
  say(`${articles.length} articles bundled in ${manifest.scopes().length} scopes`);
  const encode = new Map(release.values.map((value) => [value.key, value.encode]));
  const encoded = new Map<string, Uint8Array | null>();
  const readValue = async (key: string): Promise<Uint8Array | null> => {
    const value = encoded.get(key) ?? (await encode.get(key)?.()) ?? null;
    encoded.set(key, value);
    return value;
  };
  const isWanted = ({ name }: Route): boolean =>
    only.split("|").some((part) => name.includes(part));
  const routes = (await routesOf(manifest, articles, readValue)).filter(isWanted);
  if (routes.length === 0) return;
  const values = await serveValues(readValue);
  try {
    await bundleWorkers(folder, bytes);
    writeFileSync(join(folder, "entry.mjs"), ENTRY);
    const bench: Bench = { folder, valuesPort: portOf(values) };
    for (const route of routes) {
      yield await tryRow(route.name, async () => {
        const known = await readsOf(manifest, route, readValue);
        return routeRow(await measureRoute(bench, route.name, known, turns));
      });
    }
  } finally {
    values.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function routeRow(cost: RouteCost): Row {
  const { name, coldMedian, coldWorst, warmMedian, warmHigh, reads, kilobytes, statuses } = cost;
  const reading = `${reads} reads of at most ${READS_BAR}`;
  if (reads > READS_BAR) {
    return measuredRow(name, [reads], { unit: "reads", bar: atMost(READS_BAR), beside: statuses });
  }
  return measuredRow(name, [Math.max(coldWorst, warmHigh)], {
    unit: "ms CPU at worst",
    bar: atMost(ROUTE_BAR_MILLISECONDS),
    beside: `cold ${coldMedian.toFixed(1)} to ${coldWorst.toFixed(1)}, warm ${warmMedian.toFixed(1)} to ${warmHigh.toFixed(1)}, ${reading}, ${kilobytes.toFixed(0)} KB, ${statuses}`,
  });
}

/** The application, whose types are those of workerd and not of Node. */
interface App {
  fetch(request: Request, env: object): Promise<Response>;
}

/** Asks each address of a route in a new isolate in Node, which tells what it reads. */
async function readsOf(
  manifest: Manifest,
  { requests, workerdStatus }: Route,
  readValue: (key: string) => Promise<Uint8Array | null>,
): Promise<readonly Known[]> {
  if (workerdStatus !== undefined) {
    return requests.map((asked) => ({ ...asked, keys: [], status: workerdStatus, bytes: 0 }));
  }
  const { createApp } = (await import(join(ROOT, "src/http/app.ts"))) as {
    readonly createApp: (manifest: Manifest) => App;
  };
  const known: Known[] = [];
  for (const asked of requests) {
    const keys: string[] = [];
    const get = async (key: string): Promise<ArrayBuffer | null> => {
      keys.push(key);
      const value = await readValue(key);
      return value === null ? null : new Uint8Array(value).buffer;
    };
    const init = { headers: { ...asked.headers } };
    const response = await createApp(manifest).fetch(new Request(SITE.url + asked.path, init), {
      RELEASES: { get },
    });
    const { byteLength } = await response.arrayBuffer();
    known.push({ ...asked, keys, status: response.status, bytes: byteLength });
  }
  return known;
}

async function measureRoute(
  bench: Bench,
  name: string,
  known: readonly Known[],
  turns: number,
): Promise<RouteCost> {
  const random = new RandomSource(SEED, 0);
  // Those that read or send the most are among those that are asked for cold.
  const heaviest = known.toSorted((a, b) => b.bytes - a.bytes || b.keys.length - a.keys.length);
  const coldOnes = [
    ...heaviest.slice(0, COLD_ADDRESSES - 2),
    ...heaviest.slice(COLD_ADDRESSES - 2).filter((_, index) => index % 20 === 0),
  ].slice(0, COLD_ADDRESSES);
  const cold: number[] = [];
  for (const asked of coldOnes) {
    const times: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      times.push(...(await timesInOneIsolate(bench, [], [asked])));
    }
    cold.push(Math.min(...times));
  }
  const warming = Array.from({ length: WARMING_REQUESTS }, () => random.pick(known));
  // What was asked for to warm the isolate is not measured, unless there is nothing else.
  const fresh = known.filter((asked) => !warming.includes(asked));
  const measured = fresh.length > 0 ? fresh.slice(0, WARM_REQUESTS) : known;
  const times: (readonly number[])[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    times.push(await timesInOneIsolate(bench, warming, measured));
  }
  const warm = measured.map((_, index) => Math.min(...times.map((turn) => turn[index] ?? 0)));
  return {
    name,
    coldMedian: median(cold),
    coldWorst: Math.max(...cold),
    warmMedian: median(warm),
    warmHigh: highOf(warm),
    reads: Math.max(...known.map(({ keys }) => keys.length)),
    kilobytes: Math.max(...known.map(({ bytes }) => bytes)) / 1000,
    statuses: [...new Set(known.map(({ status }) => status))].join(" "),
  };
}

/** Of so many, one may be above. */
const REQUESTS_PER_HIGH = 100;

function highOf(times: readonly number[]): number {
  const above = Math.floor(times.length / REQUESTS_PER_HIGH);
  return times.toSorted((a, b) => b - a)[above] ?? 0;
}

interface Bench {
  readonly folder: string;
  readonly valuesPort: number;
}

/** Starts workerd, asks for some addresses to warm it, and gives the CPU milliseconds of each of the others. */
async function timesInOneIsolate(
  { folder, valuesPort }: Bench,
  warming: readonly Known[],
  measured: readonly Known[],
): Promise<readonly number[]> {
  const port = await unusedPort();
  const config = join(folder, "routes.capnp");
  const modules = ["entry.mjs", ...siteModules(folder)];
  writeFileSync(config, workerdConfig([{ name: "site", port, modules, valuesPort }]));
  const workerd = spawn(join(ROOT, "node_modules/.bin/workerd"), ["serve", config], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { pid = 0 } = workerd;
  try {
    const keys = [...warming, ...measured].flatMap((asked) => asked.keys);
    await ready(port, agent);
    await fetchOnce(port, agent, { path: `/bench/load` }, JSON.stringify([...new Set(keys)]));
    for (const asked of warming) await fetchOnce(port, agent, asked);
    const times: number[] = [];
    for (const asked of measured) {
      const before = await cpuAtRest(pid);
      const status = await fetchOnce(port, agent, asked);
      times.push((await cpuAtRest(pid)) - before);
      if (status !== asked.status) throw new Error(`${asked.path} answers ${status}`);
    }
    return times;
  } finally {
    agent.destroy();
    workerd.kill();
  }
}

async function ready(port: number, agent: Agent): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const status = await fetchOnce(port, agent, { path: "/bench/load" }, "[]").catch(() => 0);
    if (status === 200) return;
    await sleep(10);
  }
  throw new Error("workerd does not answer");
}

async function fetchOnce(
  port: number,
  agent: Agent,
  { path, headers = {} }: Asked,
  body = "",
): Promise<number> {
  const host = new URL(SITE.url).host;
  const reply = await ask({ port, path, agent, headers: { Host: host, ...headers }, body });
  return reply.status;
}

/** CPU milliseconds of the thread that answers, as soon as it has nothing to do. */
async function cpuAtRest(pid: number): Promise<number> {
  let last = -1;
  while (true) {
    const now = Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]);
    if (now === last) return now / NANOSECONDS_PER_MILLISECOND;
    last = now;
    await sleep(1);
  }
}

async function serveValues(
  readValue: (key: string) => Promise<Uint8Array | null>,
): Promise<Server> {
  const server = createServer((asked, answer) => {
    void (async () => {
      const path = asked.url ?? "/";
      const value = recordedFile(path) ?? (await readValue(path.slice(1)));
      answer.statusCode = value === null ? 404 : 200;
      answer.end(value ?? "");
    })();
  });
  await new Promise<void>((settle) => {
    server.listen(0, "127.0.0.1", settle);
  });
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

const ENTRY = `
import worker from "./site/worker.js";
const values = new Map();
const RELEASES = { get: async (key) => values.get(key) ?? null };
export default {
  async fetch(request, env, context) {
    const ASSETS = { fetch: (url) => env.VALUES.fetch("http://values" + new URL(url).pathname) };
    if (!request.url.endsWith("/bench/load")) return worker.fetch(request, { RELEASES, ASSETS }, context);
    for (const key of await request.json()) {
      const value = await env.VALUES.fetch("http://values/" + key);
      values.set(key, await value.arrayBuffer());
    }
    return new Response("");
  },
};
`;
