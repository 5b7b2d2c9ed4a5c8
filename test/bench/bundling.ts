import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MeasuredRun } from "./measured-run.ts";
import { measureRun } from "./measured-run.ts";
import { median } from "./median.ts";
import type { Peer } from "./peers.ts";
import { installedPeers } from "./peers.ts";
import { writeArticles } from "./written-articles.ts";

/*
 * What bundling generated articles of 5 KB in 20 categories takes, beside other generators with the same files, in turns.
 */

const CHANGED_FILES = 10;
/** Hugo and Jekyll draw no share cards. */
const NO_CARDS = "0";
const DEFAULT_CARDS = "2000";
/** Below, starting takes most of the time. */
const LARGE = 100_000;
/** Jekyll takes minutes for ten times as many, and hours for a hundred times. */
const MOST_ARTICLES_FOR_JEKYLL = 1000;
const MOST_ARTICLES_FOR_PATIENT_JEKYLL = 10_000;

/** One row of the table. */
export interface Bundling {
  readonly name: string;
  readonly run: MeasuredRun;
  readonly ratio: Ratio | null;
}

interface Ratio {
  readonly what: string;
  readonly value: number;
  /** The least that it may be; null where nothing was promised. */
  readonly bar: number | null;
}

/**
 * Measures one number of articles.
 *
 * @param isFull whether peers that take minutes run too
 */
export async function measureBundling(
  articles: number,
  turns: number,
  isFull: boolean,
  say: (line: string) => void,
): Promise<readonly Bundling[]> {
  const root = mkdtempSync(join(tmpdir(), "offprint-bundling-"));
  try {
    writeArticles(root, articles, "mixed");
    say(`${articles} articles written`);
    const mostForJekyll = isFull ? MOST_ARTICLES_FOR_PATIENT_JEKYLL : MOST_ARTICLES_FOR_JEKYLL;
    const peers = installedPeers().filter(
      ({ name }) => name === "Hugo" || articles <= mostForJekyll,
    );
    for (const peer of peers) peer.prepare(root, join(root, peer.name));
    const full: MeasuredRun[] = [];
    const theirs = new Map<Peer["name"], MeasuredRun[]>();
    for (let turn = 0; turn < turns; turn += 1) {
      full.push(await bundle(root, NO_CARDS, "no-cache"));
      for (const peer of peers) {
        const runs = theirs.get(peer.name) ?? [];
        // One turn of minutes says enough.
        if (runs.length > 0 && peer.name === "Jekyll") continue;
        runs.push(await runPeer(peer, join(root, peer.name)));
        theirs.set(peer.name, runs);
      }
      say(`turn ${turn + 1} of ${turns}: ${full.at(-1)?.seconds.toFixed(1) ?? ""} s`);
    }
    const whole = middle(full);
    const again = middle(await repeated(turns, async () => bundle(root, NO_CARDS, "cache")));
    const changed = middle(
      await repeated(turns, async () => {
        changeFiles(root);
        return bundle(root, NO_CARDS, "cache");
      }),
    );
    const release = readFileSync(join(root, "build/release.bin"));
    await bundle(root, NO_CARDS, "no-cache");
    const isSame = release.equals(readFileSync(join(root, "build/release.bin")));
    if (!isSame) throw new Error("The incremental release is not the one of a full rebuild");
    rmSync(join(root, "build/values"), { recursive: true });
    const withCards = await bundle(root, DEFAULT_CARDS, "no-cache");
    const label = articles.toLocaleString("en-US");
    return [
      { name: `${label}: bundled`, run: whole, ratio: null },
      ...[...theirs].flatMap(([name, runs]) => peerRows(label, name, middle(runs), whole)),
      { name: `${label}: nothing changed`, run: again, ratio: null },
      {
        name: `${label}: 10 files changed`,
        run: changed,
        ratio: {
          what: "full time / this",
          value: whole.seconds / changed.seconds,
          bar: articles >= LARGE ? 8 : null,
        },
      },
      { name: `${label}: with 2,000 share cards`, run: withCards, ratio: null },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const BARS: Readonly<Record<string, { readonly speed: number; readonly memory?: number }>> = {
  "10,000 Hugo": { speed: 2.5 },
  "100,000 Hugo": { speed: 4, memory: 10 },
  "10,000 Jekyll": { speed: 100 },
};

function peerRows(
  label: string,
  name: Peer["name"],
  run: MeasuredRun,
  ours: MeasuredRun,
): readonly Bundling[] {
  const bars = BARS[`${label} ${name}`];
  const rows: Bundling[] = [
    {
      name: `${label}: ${name}`,
      run,
      ratio: {
        what: "its time / ours",
        value: run.seconds / ours.seconds,
        bar: bars?.speed ?? null,
      },
    },
  ];
  if (bars?.memory !== undefined) {
    const value = run.megabytes / ours.megabytes;
    rows.push({
      name: `${label}: ${name}, memory`,
      run,
      ratio: { what: "its memory / ours", value, bar: bars.memory },
    });
  }
  return rows;
}

/** Adds a paragraph to files that lie apart. */
function changeFiles(root: string): void {
  const names = readdirSync(join(root, "articles")).toSorted();
  const step = Math.floor(names.length / CHANGED_FILES);
  for (let number = 0; number < CHANGED_FILES; number += 1) {
    appendFileSync(join(root, "articles", names[number * step] ?? ""), "<p>又及。</p>\n");
  }
}

async function bundle(
  root: string,
  cards: string,
  cache: "cache" | "no-cache",
): Promise<MeasuredRun> {
  if (cache === "no-cache") rmSync(join(root, "build"), { recursive: true, force: true });
  const script = join(import.meta.dirname, "bundle-once.ts");
  return measureRun(process.execPath, [script, root, cards, cache], root);
}

async function runPeer(peer: Peer, site: string): Promise<MeasuredRun> {
  for (const output of ["public", "_site"]) {
    rmSync(join(site, output), { recursive: true, force: true });
  }
  return measureRun(peer.command, peer.arguments, site);
}

async function repeated(
  turns: number,
  work: () => Promise<MeasuredRun>,
): Promise<readonly MeasuredRun[]> {
  const runs: MeasuredRun[] = [];
  for (let turn = 0; turn < turns; turn += 1) runs.push(await work());
  return runs;
}

function middle(runs: readonly MeasuredRun[]): MeasuredRun {
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
    megabytes: median(runs.map(({ megabytes }) => megabytes)),
  };
}
