import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { unusedPort } from "../end-to-end/running-site.ts";
import { bundleWorkers, siteModules, workerdConfig } from "./bundled-workers.ts";
import { SITE, makeArticles, planGenerated } from "./generated-site.ts";
import type { BenchRun } from "./bench-run.ts";
import { median } from "./median.ts";
import type { Row } from "./row.ts";
import { atMost, measuredRow } from "./row.ts";
import { timeToAnswer } from "./time-to-answer.ts";

const ROOT = join(import.meta.dirname, "../..");
const USUAL_SIZE = 10_000;
const FULL_SIZE = 100_000;
const CATEGORIES = 2000;
/** 2026-01-01. */
const FIRST_SECOND = 1_767_225_600;
const DAYS = 300;
const BYTES_PER_KILOBYTE = 1000;
const SIZE_BAR_KILOBYTES = 250;
const START_BAR_MILLISECONDS = 50;
const STARTS_PER_TURN = 5;

const ENTRY = `
import worker from "./site/worker.js";
export default { fetch: (request, env, context) => worker.fetch(request, { RELEASES: {} }, context) };
`;

/** Measures the bundle that a deploy would upload, and how much later it answers than a constant when it starts. */
export async function* measureWorker(run: BenchRun): AsyncGenerator<Row> {
  const { turns, isFull, divisor } = run;
  const articles = Math.ceil((isFull ? FULL_SIZE : USUAL_SIZE) / divisor);
  const folder = mkdtempSync(join(tmpdir(), "offprint-worker-"));
  try {
    const made = makeArticles({
      first: 0,
      count: articles,
      categories: CATEGORIES,
      startSeconds: FIRST_SECOND,
      days: DAYS,
    });
    const release = planGenerated([...made], SITE);
    await bundleWorkers(folder, release.manifestAfter({ previous: null, now: FIRST_SECOND }));
    const kilobytes = (name: string): number =>
      gzipSync(readFileSync(join(folder, name)), { level: 9 }).byteLength / BYTES_PER_KILOBYTE;
    const modules = siteModules(folder);
    const size = (extension: string): number =>
      modules
        .filter((name) => name.endsWith(extension))
        .map(kilobytes)
        .reduce((sum, value) => sum + value, 0);
    writeFileSync(join(folder, "entry.mjs"), ENTRY);
    const [site, floor]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < turns * STARTS_PER_TURN; turn += 1) {
      floor.push(
        await startWorkerd(folder, ["floor/floor-worker.js"], `/like/200.2.${btoa("{}")}`),
      );
      site.push(await startWorkerd(folder, ["entry.mjs", ...modules], "/healthz"));
    }
    const label = `${articles.toLocaleString("en-US")} articles`;
    yield measuredRow(`code, gzip, ${label}`, [size(".js")], { unit: "KB" });
    yield measuredRow(`manifest, gzip, ${label}`, [size(".bin")], { unit: "KB" });
    yield measuredRow(`Worker, gzip, ${label}`, [size(".js") + size(".bin")], {
      unit: "KB",
      bar: atMost(SIZE_BAR_KILOBYTES),
    });
    const later = (median(site) - median(floor)) * MILLISECONDS_PER_SECOND;
    yield measuredRow("start and first answer, later than a constant's", [later], {
      unit: "ms",
      bar: atMost(START_BAR_MILLISECONDS),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startWorkerd(
  folder: string,
  modules: readonly string[],
  path: string,
): Promise<number> {
  const port = await unusedPort();
  const config = join(folder, "start.capnp");
  writeFileSync(config, workerdConfig([{ name: "worker", port, modules }]));
  const command = join(ROOT, "node_modules/.bin/workerd");
  return (await timeToAnswer({ command, args: ["serve", config], folder, port, path })).seconds;
}
