import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workflowFile } from "../../scripts/init/workflow-file.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { BenchRun } from "./bench-run.ts";
import { counted } from "./bench-run.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { measureRun } from "./measured-run.ts";
import { median } from "./median.ts";
import { bundle, sizeOfFolder } from "./our-bundle.ts";
import type { Peer } from "./peers.ts";
import { installedPeer } from "./peers.ts";
import type { Bar, Row } from "./row.ts";
import { atLeast, atMost, tryRow, measuredRow, shortNumber, skippedRow } from "./row.ts";
import { writeArticles } from "./written-articles.ts";

/*
 * What bundling a folder takes, beside Hugo with the same files, in turns; and what it takes again, when little or nothing
 * has changed.
 */

const LAB_GENERATOR = join(import.meta.dirname, "../../../shared/lab/gen-corpus.mjs");
const USUAL = 20_000;
const LARGE = 100_000;
const CHANGED_FILES = 10;
const DEFAULT_CARDS = 2000;
const LEAST_SPEED_MIXED = 1.5;
const LEAST_SPEED_PLAIN = 3;
const LEAST_MEMORY = 10;
const MOST_SECONDS_CHANGED = 1;
const MOST_SECONDS_UNCHANGED = 0.7;
const MOST_KEPT_MEGABYTES = 20;

/** A folder of articles that both bundle. */
interface Corpus {
  readonly articles: number;
  readonly texts: string;
  readonly write: (root: string, articles: number) => void;
  readonly speed: Bar | null;
}

const MIXED: Corpus = {
  articles: USUAL,
  texts: "mixed",
  write: (root, articles) => {
    writeArticles(root, articles, "mixed");
  },
  speed: atLeast(LEAST_SPEED_MIXED),
};

/** Another program's articles, so that nothing is tuned to those of our own. */
const LAB: Corpus = {
  ...MIXED,
  texts: "of gen-corpus.mjs",
  write: (root, articles) => {
    const out = join(root, "articles");
    execFileSync(process.execPath, [LAB_GENERATOR, "--n", String(articles), "--out", out], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  },
};

const PLAIN: Corpus = {
  articles: USUAL,
  texts: "plain",
  write: (root, articles) => {
    writeArticles(root, articles, "plain");
  },
  speed: null,
};

/** Measures cold runs of each kind of articles, and runs again over the largest folder. */
export async function* measureBundling(run: BenchRun): AsyncGenerator<Row> {
  yield* measureCorpus(MIXED, run);
  if (existsSync(LAB_GENERATOR)) yield* measureCorpus(LAB, run);
  else yield skippedRow(counted(USUAL, LAB.texts), `${LAB_GENERATOR} is not there`);
  const large = { ...PLAIN, articles: LARGE, speed: atLeast(LEAST_SPEED_PLAIN) };
  yield* measureCorpus(run.isFull ? large : PLAIN, run, measureAgain);
}

type Further = (root: string, name: string, run: BenchRun) => AsyncGenerator<Row>;

async function* measureCorpus(
  { articles, texts, write, speed }: Corpus,
  run: BenchRun,
  further: Further | null = null,
): AsyncGenerator<Row> {
  const count = Math.ceil(articles / run.divisor);
  const name = counted(count, texts);
  const root = mkdtempSync(join(tmpdir(), "offprint-bundling-"));
  try {
    write(root, count);
    run.say(`${name} articles written`);
    const hugo = installedPeer("Hugo");
    if (hugo !== null) hugo.prepare(root, join(root, hugo.name));
    const [ours, theirs]: [MeasuredRun[], MeasuredRun[]] = [[], []];
    for (let turn = 0; turn < run.turns; turn += 1) {
      ours.push(await bundle(root, run));
      if (hugo !== null) theirs.push(await runPeer(hugo, join(root, hugo.name)));
      run.say(`turn ${turn + 1} of ${run.turns}: ${describeRun(ours.at(-1))}`);
    }
    yield coldRow(`${name} cold`, ours);
    yield* besideHugo(name, ours, theirs, { speed, isLarge: articles === LARGE });
    if (further !== null) yield* further(root, name, run);
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

function coldRow(name: string, runs: readonly MeasuredRun[]): Row {
  const cpu = runs.map(({ cpuSeconds }) => cpuSeconds);
  return measuredRow(name, cpu, { unit: "s CPU", beside: besides(runs) });
}

/** Ratios are those of each turn, so that what else the machine does weighs on both. */
function* besideHugo(
  name: string,
  ours: readonly MeasuredRun[],
  theirs: readonly MeasuredRun[],
  { speed, isLarge }: { readonly speed: Bar | null; readonly isLarge: boolean },
): Generator<Row> {
  const ratioName = `${name} cold, Hugo's CPU / ours`;
  if (theirs.length === 0) {
    yield skippedRow(ratioName, "Hugo is not installed (Debian's package hugo)");
    return;
  }
  const ratios = (of: (run: MeasuredRun) => number): readonly number[] =>
    theirs.flatMap((run, turn) => {
      const own = ours[turn];
      return own === undefined ? [] : [of(run) / of(own)];
    });
  const byClock = median(ratios(({ seconds }) => seconds));
  yield measuredRow(
    ratioName,
    ratios(({ cpuSeconds }) => cpuSeconds),
    {
      unit: "x",
      bar: speed,
      beside: `by the clock ${shortNumber(byClock)} x; Hugo: ${shortNumber(median(theirs.map(({ cpuSeconds }) => cpuSeconds)))} s CPU, ${besides(theirs)}`,
    },
  );
  yield measuredRow(
    `${name} cold, Hugo's memory / ours`,
    ratios(({ megabytes }) => megabytes),
    {
      unit: "x",
      bar: isLarge ? atLeast(LEAST_MEMORY) : null,
    },
  );
}

async function* measureAgain(root: string, name: string, run: BenchRun): AsyncGenerator<Row> {
  const again = async (): Promise<MeasuredRun> => bundle(root, run, { keepsCache: true });
  yield await tryRow(`${name}, nothing changed`, async () =>
    againRow(`${name}, nothing changed`, await repeated(run.turns, again), MOST_SECONDS_UNCHANGED),
  );
  yield await tryRow(`${name}, ${CHANGED_FILES} changed`, async () => {
    const runs = await repeated(run.turns, async () => {
      changeFiles(root);
      return again();
    });
    return againRow(`${name}, ${CHANGED_FILES} changed`, runs, MOST_SECONDS_CHANGED);
  });
  yield keptRow(name, root);
  yield await tryRow(`${name}, the release of changed files`, async () => {
    const release = releaseIn(root);
    const cold = await bundle(root, run);
    if (release !== releaseIn(root)) {
      throw new Error("It is not the one that a full rebuild makes");
    }
    return coldRow(`${name}, made anew, the same release`, [cold]);
  });
  if (!run.isFull) return;
  yield await tryRow(`${name} cold with 2,000 share cards`, async () => {
    const cold = await bundle(root, run, { cards: DEFAULT_CARDS });
    return coldRow(`${name} cold with 2,000 share cards`, [cold]);
  });
}

/** What the workflow that `offprint init` writes has CI keep, apart from pictures that were made. */
function keptRow(name: string, root: string): Row {
  const path = /uses: actions\/cache@[^]*?path: (\S+)/.exec(workflowFile("main"))?.[1];
  if (path === undefined) throw new Error("The workflow keeps nothing, or says it otherwise");
  // Pictures lie in a folder; what is kept of them, beside it.
  const kept = sizeOfFolder(root, [path]);
  const cache = sizeOfFolder(join(root, "build/cache"));
  return measuredRow(`${name}, what CI keeps between runs, made pictures apart`, [kept.megabytes], {
    unit: "MB",
    bar: atMost(MOST_KEPT_MEGABYTES),
    beside: `${path}; the local cache has ${shortNumber(cache.megabytes)} MB`,
  });
}

/** The name of the release, which covers all that it consists of. */
function releaseIn(root: string): ContentHash {
  const manifest = Manifest.open(readFileSync(join(root, "build/release.bin")));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value.release;
}

function againRow(name: string, runs: readonly MeasuredRun[], most: number): Row {
  const cpu = runs.map(({ cpuSeconds }) => cpuSeconds);
  return measuredRow(name, cpu, { unit: "s CPU", bar: atMost(most), beside: besides(runs) });
}

/** Adds a paragraph to files that lie apart. */
function changeFiles(root: string): void {
  const names = readdirSync(join(root, "articles")).toSorted();
  const step = Math.floor(names.length / CHANGED_FILES);
  for (let number = 0; number < CHANGED_FILES; number += 1) {
    appendFileSync(join(root, "articles", names[number * step] ?? ""), "<p>又及。</p>\n");
  }
}

/** Runs a peer over a site that it has prepared, without what an earlier run left. */
export async function runPeer(peer: Peer, site: string): Promise<MeasuredRun> {
  for (const output of ["public", "_site"]) {
    rmSync(join(site, output), { recursive: true, force: true });
  }
  return measureRun({ command: peer.command, args: peer.arguments, folder: site });
}

async function repeated(
  turns: number,
  work: () => Promise<MeasuredRun>,
): Promise<readonly MeasuredRun[]> {
  const runs: MeasuredRun[] = [];
  for (let turn = 0; turn < turns; turn += 1) runs.push(await work());
  return runs;
}

/** Wall time and memory, medians. */
export function besides(runs: readonly MeasuredRun[]): string {
  const [seconds, megabytes] = [
    median(runs.map((run) => run.seconds)),
    median(runs.map((run) => run.megabytes)),
  ];
  return `${shortNumber(seconds)} s, ${shortNumber(megabytes)} MB`;
}

function describeRun(run: MeasuredRun | undefined): string {
  return run === undefined ? "" : `${shortNumber(run.cpuSeconds)} s CPU, ${besides([run])}`;
}
