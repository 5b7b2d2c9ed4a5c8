import { appendFileSync, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchRun } from "./bench-run.ts";
import { counted } from "./bench-run.ts";
import { besides, runPeer } from "./bundling.ts";
import { OtherWork, describeMachine } from "./machine.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { bundle, sizeOfFolder } from "./our-bundle.ts";
import type { Peer } from "./peers.ts";
import { installedPeer } from "./peers.ts";
import type { Row } from "./row.ts";
import { atMost, tryRow, measuredRow, skippedRow } from "./row.ts";
import { drawSpeed } from "./speed-page.ts";
import type { SpeedPoint } from "./speed-points.ts";
import { writeSpeedPoints } from "./speed-points.ts";
import { writeArticles } from "./written-articles.ts";

/*
 * How cost grows with the number of articles: one cold run of each size, of ours and of other generators as far as they go in
 * some minutes. What it finds is kept in docs/speed.json, from which docs/speed.svg is drawn.
 */

const SIZES = [1000, 10_000];
const FULL_SIZE = 100_000;
const MILLION = 1_000_000;
/** Jekyll takes five minutes for 10,000; Hugo 6 GB of memory for 100,000. */
const MOST_ARTICLES = { Hugo: 100_000, Jekyll: 1000 } as const;
const MOST_ARTICLES_IN_FULL = { ...MOST_ARTICLES, Jekyll: 10_000 };
const CHANGED_FILES = 40;
const MOST_MEGABYTES = 3000;
const MOST_SECONDS_CHANGED = 4;
const DIGITS = 4;
/** Of articles, cache and values, and as much again. */
const BYTES_PER_ARTICLE = 40_000;

/** Measures each size once. */
export async function* measureSizes(run: BenchRun): AsyncGenerator<Row> {
  const otherWork = new OtherWork();
  const machine = describeMachine();
  const points: SpeedPoint[] = [];
  const large = [...(run.isFull ? [FULL_SIZE] : []), ...(run.hasMillion ? [MILLION] : [])];
  for (const size of [...SIZES, ...large]) {
    const count = Math.ceil(size / run.divisor);
    const root = mkdtempSync(join(tmpdir(), "offprint-sizes-"));
    try {
      const { bavail, bsize } = statfsSync(root);
      if (bavail * bsize < count * BYTES_PER_ARTICLE) {
        yield skippedRow(
          counted(count, "mixed, once"),
          `${tmpdir()} has ${Math.round((bavail * bsize) / 1e9)} GB, and it may take ${Math.round((count * BYTES_PER_ARTICLE) / 1e9)}`,
        );
        continue;
      }
      writeArticles(root, count, "mixed");
      run.say(`${counted(count, "mixed")} articles written`);
      yield* measureSize(root, count, size === MILLION, run, points);
      for (const name of ["Hugo", "Jekyll"] as const) {
        const most = (run.isFull ? MOST_ARTICLES_IN_FULL : MOST_ARTICLES)[name];
        if (size <= most) yield await measurePeer(name, root, count, points);
      }
    } finally {
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  if (run.divisor > 1) return;
  writeSpeedPoints({ machine, load: otherWork.describe(), points });
  drawSpeed();
}

async function* measureSize(
  root: string,
  count: number,
  isMillion: boolean,
  run: BenchRun,
  points: SpeedPoint[],
): AsyncGenerator<Row> {
  const name = counted(count, "mixed, once");
  yield await tryRow(name, async () => {
    const cold = await bundle(root, run);
    const stored = sizeOfFolder(join(root, "build/values"));
    points.push(pointOf("Offprint", count, cold, stored));
    return sizeRow(name, cold, stored, isMillion);
  });
  if (!isMillion) return;
  const changed = `${name}, then ${CHANGED_FILES} changed`;
  yield await tryRow(changed, async () => {
    const files = readdirSync(join(root, "articles")).toSorted();
    for (let number = 0; number < CHANGED_FILES; number += 1) {
      const file = files[Math.floor((number * files.length) / CHANGED_FILES)] ?? "";
      appendFileSync(join(root, "articles", file), "<p>又及。</p>\n");
    }
    const again = await bundle(root, run, { keepsCache: true });
    return measuredRow(changed, [again.cpuSeconds], {
      unit: "s CPU",
      bar: atMost(MOST_SECONDS_CHANGED),
      beside: besides([again]),
    });
  });
}

async function measurePeer(
  name: Peer["name"],
  root: string,
  count: number,
  points: SpeedPoint[],
): Promise<Row> {
  const row = `${counted(count, "mixed, once")}, ${name}`;
  const peer = installedPeer(name);
  if (peer === null) return skippedRow(row, `${name} is not installed (Debian's package)`);
  return tryRow(row, async () => {
    const site = join(root, name);
    peer.prepare(root, site);
    const cold = await runPeer(peer, site);
    const stored = sizeOfFolder(join(site, name === "Hugo" ? "public" : "_site"));
    points.push(pointOf(name, count, cold, stored));
    return sizeRow(row, cold, stored, false);
  });
}

type Stored = ReturnType<typeof sizeOfFolder>;

function pointOf(
  program: SpeedPoint["program"],
  articles: number,
  run: MeasuredRun,
  stored: Stored,
): SpeedPoint {
  return {
    program,
    articles,
    cpuSeconds: kept(run.cpuSeconds),
    seconds: kept(run.seconds),
    megabytes: kept(run.megabytes),
    files: stored.files,
    storedMegabytes: kept(stored.megabytes),
  };
}

/** As many digits as say something. */
function kept(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

function sizeRow(name: string, cold: MeasuredRun, stored: Stored, isMillion: boolean): Row {
  const beside = `${besides([cold])}; ${stored.files} files of ${Math.round(stored.megabytes)} MB`;
  return isMillion
    ? measuredRow(name, [cold.megabytes], {
        unit: "MB",
        bar: atMost(MOST_MEGABYTES),
        beside: `${Math.round(cold.cpuSeconds)} s CPU, ${beside}`,
      })
    : measuredRow(name, [cold.cpuSeconds], { unit: "s CPU", beside });
}
