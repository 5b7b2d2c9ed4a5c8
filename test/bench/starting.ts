import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCheckout, unusedPort } from "../end-to-end/running-site.ts";
import type { BenchRun } from "./bench-run.ts";
import { counted } from "./bench-run.ts";
import { besides } from "./bundling.ts";
import { floorConfig } from "./bundled-workers.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { median } from "./median.ts";
import type { Row } from "./row.ts";
import { atMost, measuredRow, shortNumber, skippedRow } from "./row.ts";
import { timeToAnswer } from "./time-to-answer.ts";
import { writeArticles } from "./written-articles.ts";

/*
 * What `npm start` takes until it answers, beside `wrangler dev` with a Worker that returns a constant, in turns.
 */

const FIRST_BAR = 1.7;
const NEXT_BAR = 1.5;
const LARGE_BAR = 2;
const LARGE = 100_000;

/** Measures the sample's articles, and 100,000 where the run is full. */
export async function* measureStarting(run: BenchRun): AsyncGenerator<Row> {
  const folder = makeCheckout();
  try {
    mkdirSync(join(folder, "build"));
    writeFileSync(join(folder, "build/floor.json"), floorConfig());
    // As whoever works on a site has it: pages name their port, and another port is another release.
    const port = await unusedPort();
    const [bare, first, next]: [MeasuredRun[], MeasuredRun[], MeasuredRun[]] = [[], [], []];
    for (let turn = 0; turn < run.turns; turn += 1) {
      bare.push(await startBare(folder));
      forgetEverything(folder);
      first.push(await startSite(folder, "articles", port));
      drawTheRest(folder, "articles", port);
      next.push(await startSite(folder, "articles", port));
      run.say(`start ${turn + 1} of ${run.turns}: ${besides(first.slice(-1))}`);
    }
    yield startRow("npm start, first", first, bare, FIRST_BAR);
    yield startRow("npm start, next", next, bare, NEXT_BAR);
    const count = Math.ceil(LARGE / run.divisor);
    const name = `npm start, ${counted(count, "mixed")}, warm cache`;
    if (!run.isFull) {
      yield skippedRow(name, "with --full only");
      return;
    }
    writeArticles(join(folder, "large"), count, "mixed");
    const cold = await startSite(folder, "large/articles", port);
    drawTheRest(folder, "large/articles", port);
    run.say(`${counted(count, "mixed")} without a cache: ${besides([cold])}`);
    const warm: MeasuredRun[] = [];
    const bareAgain: MeasuredRun[] = [];
    for (let turn = 0; turn < run.turns; turn += 1) {
      bareAgain.push(await startBare(folder));
      warm.push(await startSite(folder, "large/articles", port));
    }
    yield startRow(name, warm, bareAgain, LARGE_BAR);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function startRow(
  name: string,
  runs: readonly MeasuredRun[],
  bare: readonly MeasuredRun[],
  bar: number,
): Row {
  const ratios = runs.map(({ cpuSeconds }, turn) => cpuSeconds / (bare[turn]?.cpuSeconds ?? 0));
  const byClock = median(runs.map(({ seconds }, turn) => seconds / (bare[turn]?.seconds ?? 0)));
  return measuredRow(`${name}, CPU until it answers / bare wrangler dev`, ratios, {
    unit: "x",
    bar: atMost(bar),
    beside: `by the clock ${shortNumber(byClock)} x; ${besides(runs)}; bare ${besides(bare)}`,
  });
}

function forgetEverything(folder: string): void {
  for (const made of ["build/values", "build/cache", "build/release.bin", ".wrangler"]) {
    rmSync(join(folder, made), { recursive: true, force: true });
  }
}

/** What follows when the site answers: the start is ended then, and with it what it left for later. */
function drawTheRest(folder: string, sources: string, port: number): void {
  const environment = { OFFPRINT_SOURCES: sources, OFFPRINT_URL: `http://localhost:${port}` };
  execFileSync("npm", ["run", "bundle"], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: "ignore",
  });
}

async function startBare(folder: string): Promise<MeasuredRun> {
  const port = await unusedPort();
  const args = ["dev", "--config", "build/floor.json", "--port", String(port)];
  const environment = { WRANGLER_SEND_METRICS: "false" };
  const command = join(folder, "node_modules/.bin/wrangler");
  const path = `/like/200.2.${btoa("{}")}`;
  return timeToAnswer({ command, args, folder, environment, port, path });
}

async function startSite(folder: string, sources: string, port: number): Promise<MeasuredRun> {
  const args = ["start", "--", "--port", String(port)];
  const environment = { OFFPRINT_SOURCES: sources };
  return timeToAnswer({ command: "npm", args, folder, environment, port, path: "/healthz" });
}
