import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RandomSource } from "../generate/random-source.ts";
import { feedPath, listPath, sharePath } from "../../src/domain/links.ts";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import type { Scope } from "../../src/domain/scope.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { BundledArticle } from "../../scripts/read/article/store-article.ts";
import { unusedPort } from "../end-to-end/running-site.ts";
import type { Reply } from "./ask.ts";
import { ask } from "./ask.ts";
import type { BenchRun } from "./bench-run.ts";
import { bundleWorkers, siteModules, workerdConfig } from "./bundled-workers.ts";
import { SITE, makeArticles, planGenerated } from "./generated-site.ts";
import { median } from "./median.ts";
import type { Row } from "./row.ts";
import { atMost, tryRow, measuredRow, shortNumber } from "./row.ts";

/*
 * What a request costs the Worker: the bundle that would be deployed, in workerd, with KV as a map in the isolate, beside
 * a Hono Worker that returns a constant of the same size. CPU time of the process, in turns of floor and site.
 */

const ROOT = join(import.meta.dirname, "../..");
const ARTICLES = 10_000;
const CATEGORIES = 200;
/** 2026-01-01. */
const FIRST_SECOND = 1_767_225_600;
const DAYS = 365;
/** As a feed that is rendered on request is measured. */
const FEED_LENGTH = 50;
const CONNECTIONS = 8;
/** As many packs as an isolate keeps, with more pages than it keeps. */
const KEPT_PACKS = 16;
/** Their pages are kept too. */
const FEW_PACKS = 10;
const PAGES_THAT_FILL_AN_ISOLATE = 4000;
/** In a turn, of feeds that must not be kept: fewer requests would not show what collecting garbage costs. */
const ROUNDS = 5;
const SEED = 3;
/** To reach workerd, a tenth of a second apart: a busy machine takes its time to start it. */
const MOST_ATTEMPTS = 1200;
const NANOSECONDS_PER_MICROSECOND = 1000;
const MICROSECONDS_PER_MILLISECOND = 1000;

/** What a row of the table is held to: the ratio to the constant, or CPU milliseconds. */
type ServingBar = { readonly ratio: number } | { readonly milliseconds: number };

interface Scenario {
  readonly name: string;
  readonly bar: ServingBar | null;
  /** The addresses that are asked for, drawn at random unless they are asked for in turn. */
  readonly paths: readonly string[];
  readonly isInTurn?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requests: number;
  /** Addresses that are asked for before all of this scenario's are, so that the isolate keeps no document of them. */
  readonly displacedBy?: readonly string[];
}

/** Measures all scenarios, or those whose names hold one of the parts that are asked for, with `|` between them. */
export async function* measureServing({
  turns,
  divisor,
  route,
  say,
}: BenchRun): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), "offprint-bench-"));
  const articles = [
    ...makeArticles({
      first: 0,
      count: Math.ceil(ARTICLES / divisor),
      categories: CATEGORIES,
      startSeconds: FIRST_SECOND,
      days: DAYS,
    }),
  ];
  const site = { ...SITE, feedLength: FEED_LENGTH };
  const release = planGenerated(articles, site);
  const bytes = release.manifestAfter({ previous: null, now: FIRST_SECOND + DAYS * 86_400 });
  const opened = Manifest.open(bytes);
  if (!opened.ok) throw new Error(opened.failure.detail);
  say(`${articles.length} articles bundled`);

  await bundleWorkers(folder, bytes);
  const values = new Map<string, Buffer>();
  for (const { key, encode } of release.values) values.set(key, Buffer.from(await encode()));
  writeValues(folder, values);

  const [sitePort, floorPort] = [await unusedPort(), await unusedPort()];
  writeFileSync(
    join(folder, "config.capnp"),
    workerdConfig([
      {
        name: "site",
        port: sitePort,
        modules: ["entry.mjs", "values.bin", ...siteModules(folder)],
      },
      { name: "floor", port: floorPort, modules: ["floor/floor-worker.js"] },
    ]),
  );
  const workerd = spawn(
    join(ROOT, "node_modules/.bin/workerd"),
    ["serve", join(folder, "config.capnp")],
    {
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  try {
    const bench = new Bench(workerd.pid ?? 0, sitePort, floorPort, new URL(site.url).host);
    await bench.ready();
    const all = await scenarios(bench, opened.value, articles);
    const isWanted = ({ name }: Scenario): boolean =>
      route.split("|").some((part) => name.includes(part));
    for (const scenario of all.filter(isWanted)) {
      yield await tryRow(scenario.name, async () => bench.measure(scenario, turns));
    }
  } finally {
    workerd.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeValues(folder: string, values: ReadonlyMap<string, Buffer>): void {
  const index: [string, number, number][] = [];
  let at = 0;
  for (const [key, value] of values) {
    index.push([key, at, value.byteLength]);
    at += value.byteLength;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "values.bin"), Buffer.concat([...values.values()]));
  writeFileSync(
    join(folder, "entry.mjs"),
    `
    import worker from "./site/worker.js";
    import blob from "./values.bin";
    const values = new Map(${JSON.stringify(index)}.map(([key, at, length]) => [key, [at, length]]));
    const opened = new Map();
    let reads = 0;
    const RELEASES = {
      async get(key) {
        reads += 1;
        const known = opened.get(key);
        if (known !== undefined) return known;
        const place = values.get(key);
        if (place === undefined) return null;
        const value = blob.slice(place[0], place[0] + place[1]);
        opened.set(key, value);
        return value;
      },
    };
    export default {
      async fetch(request, env, context) {
        if (request.url.endsWith("/reads-so-far")) return new Response(String(reads));
        return worker.fetch(request, { RELEASES }, context);
      },
    };
    `,
  );
}

/** The site and the floor in one workerd. */
class Bench {
  readonly #pid: number;
  readonly #sitePort: number;
  readonly #floorPort: number;
  readonly #host: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  readonly #random = new RandomSource(SEED, 0);

  constructor(pid: number, sitePort: number, floorPort: number, host: string) {
    this.#pid = pid;
    this.#sitePort = sitePort;
    this.#floorPort = floorPort;
    this.#host = host;
  }

  async ready(): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const reply = await this.get("/healthz").catch(() => null);
      if (reply?.status === 200) return;
      await sleep(100);
    }
    throw new Error("workerd does not answer");
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.#fetch(this.#sitePort, path, headers);
  }

  async measure(
    { name, bar, paths, isInTurn = false, headers = {}, requests, displacedBy = [] }: Scenario,
    turns: number,
  ): Promise<Row> {
    const [first = "/"] = paths;
    const sample = await this.get(first, headers);
    const made = await this.#fetch(this.#floorPort, floorOf(sample), {});
    const floorPath = made.body.toString();
    const draw = isInTurn
      ? (asked: number) => paths[asked % paths.length] ?? "/"
      : () => this.#random.pick(paths);
    const site = async (count: number): Promise<number> =>
      this.#run(this.#sitePort, draw, headers, count);
    const constant = async (count: number): Promise<number> =>
      this.#run(this.#floorPort, () => floorPath, headers, count);
    await site(Math.max(paths.length, requests / 4));
    await constant(requests / 4);
    let reads = 0;
    const ours: number[] = [];
    const floors: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      floors.push(await constant(requests));
      const rounds = displacedBy.length === 0 ? 1 : requests / paths.length;
      let sum = 0;
      for (let round = 0; round < rounds; round += 1) {
        const displace = (asked: number): string => displacedBy[asked] ?? "/";
        await this.#run(this.#sitePort, displace, headers, displacedBy.length);
        const before = await this.#reads();
        sum += await site(requests / rounds);
        reads += (await this.#reads()) - before;
      }
      ours.push(sum / rounds);
    }
    const milliseconds = ours.map((microseconds) => microseconds / MICROSECONDS_PER_MILLISECOND);
    const ratios = ours.map((microseconds, turn) => microseconds / (floors[turn] ?? 0));
    const beside = [
      `${Math.round(median(ours))} µs, the constant ${Math.round(median(floors))}`,
      `${shortNumber(reads / (turns * requests))} reads`,
      `${sample.body.byteLength} B`,
    ].join(", ");
    return bar !== null && "milliseconds" in bar
      ? measuredRow(name, milliseconds, { unit: "ms CPU", bar: atMost(bar.milliseconds), beside })
      : measuredRow(name, ratios, {
          unit: "x",
          bar: bar === null ? null : atMost(bar.ratio),
          beside,
        });
  }

  async #reads(): Promise<number> {
    return Number((await this.get("/reads-so-far")).body.toString());
  }

  /** CPU microseconds of one request. */
  async #run(
    port: number,
    pathOf: (asked: number) => string,
    headers: Readonly<Record<string, string>>,
    count: number,
  ): Promise<number> {
    const before = this.#cpuMicroseconds();
    let next = 0;
    const workers = Array.from({ length: CONNECTIONS }, async () => {
      while (next < count) {
        const path = pathOf(next);
        next += 1;
        await this.#fetch(port, path, headers);
      }
    });
    await Promise.all(workers);
    return (this.#cpuMicroseconds() - before) / count;
  }

  async #fetch(
    port: number,
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Reply> {
    const all = { Host: this.#host, ...headers };
    return ask({ port, path, agent: this.#agent, headers: all });
  }

  /** Of all threads: the first number of `schedstat` is the time on a CPU in nanoseconds. */
  #cpuMicroseconds(): number {
    const tasks = `/proc/${this.#pid}/task`;
    let nanoseconds = 0;
    for (const task of readdirSync(tasks)) {
      nanoseconds += Number(readFileSync(join(tasks, task, "schedstat"), "utf8").split(" ")[0]);
    }
    return nanoseconds / NANOSECONDS_PER_MICROSECOND;
  }
}

async function scenarios(
  bench: Bench,
  manifest: Manifest,
  articles: readonly BundledArticle[],
): Promise<readonly Scenario[]> {
  const gzip = { "Accept-Encoding": "gzip" };
  const feed = "/feed.xml";
  const etag = String((await bench.get(feed, gzip)).headers["etag"]);
  const packOf = (article: BundledArticle): string =>
    manifest.packOf("articles", article.entry.key) ?? "";
  const packs = Map.groupBy(articles, packOf);
  const pathsOf = (pack: readonly BundledArticle[]): readonly string[] =>
    pack.map(({ id }) => sharePath(id));
  const keptPacks = [...packs.values()].slice(-KEPT_PACKS);
  // One article of each pack in turn: by the time a pack comes round again, the cache has dropped it.
  const scattered = inTurn([...packs.values()]);
  const categories = manifest.scopes().filter(({ scope }) => scope.kind === "category");
  const withoutPrerendered = manifest
    .scopes()
    .filter(({ prerendered, count }) => prerendered === null && count >= FEED_LENGTH)
    .map(({ scope }) => scope);
  const prerenderedFeeds = manifest
    .scopes()
    .filter(({ prerendered }) => prerendered !== null)
    .map(({ scope }) => scope);
  const feeds = (scopes: readonly Scope[], format: FeedFormat = "rss"): readonly string[] =>
    scopes.map((scope) => feedPath(scope, format));
  const onRequest = [...feeds(withoutPrerendered), ...feeds(withoutPrerendered, "atom")];
  const manyPages = scattered.slice(0, PAGES_THAT_FILL_AN_ISOLATE).map(({ id }) => sharePath(id));
  const page = await bench.get(sharePath(articles[0]?.id ?? ("" as never)), gzip);
  if (page.status !== 200) throw new Error(`A share page answers ${page.status}`);
  const missing = "/nothing/here.html";
  return [
    {
      name: "feed 304",
      bar: { ratio: 1.15 },
      paths: [feed],
      headers: { ...gzip, "If-None-Match": etag },
      requests: 6000,
    },
    {
      name: "prerendered feed 200, gzip",
      bar: { ratio: 1.6 },
      paths: feeds(prerenderedFeeds),
      headers: gzip,
      requests: 4000,
    },
    {
      name: "share page, any of 10,000",
      bar: { ratio: 2.2 },
      paths: scattered.map(({ id }) => sharePath(id)),
      headers: gzip,
      requests: 4000,
    },
    {
      name: "share page, any of ten packs",
      bar: { ratio: 1.5 },
      paths: keptPacks.slice(-FEW_PACKS).flatMap(pathsOf),
      headers: gzip,
      requests: 4000,
    },
    {
      // The worst that there is: pages that the isolate has not made, or not for long.
      name: "share page, made anew with a read",
      bar: { ratio: 2.2 },
      paths: scattered.map(({ id }) => sharePath(id)),
      isInTurn: true,
      headers: gzip,
      requests: 4000,
    },
    {
      name: "share page, made anew without a read",
      bar: { ratio: 1.9 },
      paths: inTurn(keptPacks).map(({ id }) => sharePath(id)),
      isInTurn: true,
      headers: gzip,
      requests: 4000,
    },
    {
      name: "category page, made before",
      bar: null,
      paths: categories.slice(0, 20).map(({ scope }) => listPath(scope)),
      headers: gzip,
      requests: 2000,
    },
    {
      name: "legacy redirect",
      bar: { ratio: 2 },
      paths: scattered.map(({ identity }) => `/html_News/NewsShare.html?infoCode=${identity.name}`),
      headers: gzip,
      requests: 4000,
    },
    {
      name: "404",
      bar: { ratio: 2 },
      paths: [missing],
      headers: gzip,
      requests: 4000,
    },
    {
      name: "feed of 50 on request, plain",
      bar: { milliseconds: 2 },
      paths: onRequest,
      isInTurn: true,
      displacedBy: manyPages,
      requests: ROUNDS * onRequest.length,
    },
    {
      name: "feed of 50, made before, plain",
      bar: null,
      paths: feeds(withoutPrerendered.slice(0, 50)),
      requests: 1000,
    },
    {
      // None is kept that is not compressed.
      name: "JSON feed of 50 on request, plain",
      bar: null,
      paths: feeds(withoutPrerendered, "json"),
      requests: 500,
    },
    {
      name: "feed of 50, made before, gzip",
      bar: { ratio: 4 },
      paths: feeds(withoutPrerendered.slice(0, 50)),
      headers: gzip,
      requests: 1000,
    },
    {
      name: "feed of 50 on request, gzip",
      bar: { milliseconds: 1.3 },
      paths: onRequest,
      isInTurn: true,
      displacedBy: manyPages,
      headers: gzip,
      requests: ROUNDS * onRequest.length,
    },
  ];
}

/** One of each pack, then the next of each. */
function inTurn<Item>(packs: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(...packs.map((pack) => pack.length));
  return Array.from({ length: longest }, (_, round) =>
    packs.flatMap((pack) => pack.slice(round, round + 1)),
  ).flat();
}

/** What the transport adds is not the Worker's. */
const TRANSPORT_HEADERS = new Set([
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

function floorOf({ status, headers, body }: Reply): string {
  const own = Object.entries(headers).filter(([name]) => !TRANSPORT_HEADERS.has(name));
  const json = JSON.stringify(Object.fromEntries(own));
  return `/like/${status}.${body.byteLength}.${encodeURIComponent(btoa(json))}`;
}
