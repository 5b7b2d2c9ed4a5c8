/**
 * `npm run bench`: what requests cost beside a constant, what bundling takes beside other generators, how soon the site
 * starts, and how large the Worker is; with the bars, and pass or miss for each.
 */
import { flag, text, wholeNumber } from "../../scripts/terminal/option-kinds.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";
import { measureBundling } from "./bundling.ts";
import { measureHelp } from "./help-time.ts";
import { READS_BAR, ROUTE_BAR_MILLISECONDS, measureRoutes } from "./routes.ts";
import { measureServing } from "./serving.ts";
import { measureStarting } from "./starting.ts";
import { measureWorker } from "./worker-size.ts";

const USAGE = `Usage: npm run bench -- [options]

  --only name   serving, routes, bundling, starting, worker or help
  --route text  only routes with this in their names
  --turns n     of each, one after the other; the median counts (default 3)
  --full        100,000 articles too, and peers that take minutes
  --help        this text

Hugo and Jekyll are measured where they are installed. Linux only: CPU time and memory come from /proc.`;

const EXIT_USAGE = 2;
const PARTS = ["serving", "routes", "bundling", "starting", "worker", "help"];
const SIZES = [1000, 10_000];
const FULL_SIZE = 100_000;
const NO_BAR = { bar: "", verdict: "" };

await runCommand({
  name: "npm run bench --",
  usage: USAGE,
  options: { only: text, route: text, turns: wholeNumber(1, 1000, 3), full: flag },
  run: async ({ only, route, turns, full }) => {
    if (only !== null && !PARTS.includes(only)) {
      console.error(`--only is "${only}"; write one of ${PARTS.join(", ")}`);
      return EXIT_USAGE;
    }
    await measureAll(turns, full, only, route ?? "");
    return 0;
  },
});

async function measureAll(
  turns: number,
  isFull: boolean,
  only: string | null,
  route: string,
): Promise<void> {
  const isWanted = (name: string): boolean => only === null || only === name;
  if (isWanted("serving")) await showServing(turns);
  if (isWanted("routes")) await showRoutes(isFull ? FULL_SIZE : 10_000, turns, route);
  if (isWanted("bundling")) {
    for (const size of isFull ? [...SIZES, FULL_SIZE] : SIZES) {
      await showBundling(size, turns, isFull);
    }
  }
  if (isWanted("starting")) await showStarting(turns, isFull);
  if (isWanted("worker")) await showWorker(turns, isFull);
  if (isWanted("help")) await showHelp(turns);
}

async function showServing(turns: number): Promise<void> {
  const rows = await measureServing(turns, say);
  show(
    rows.map(({ name, microseconds, floorMicroseconds, ratio, bar, reads, bytes }) => ({
      name,
      "CPU µs": Math.round(microseconds),
      "floor µs": Math.round(floorMicroseconds),
      ratio: rounded(ratio),
      ...verdict(bar, "<=", ratio),
      "KV reads": rounded(reads),
      bytes,
    })),
  );
}

async function showRoutes(articles: number, turns: number, only: string): Promise<void> {
  const rows = await measureRoutes(articles, turns, only, say);
  show(
    rows.map(({ name, coldMedian, coldWorst, warmMedian, warmWorst, reads, kilobytes }) => ({
      name,
      "cold ms": rounded(coldMedian),
      "cold, worst": rounded(coldWorst),
      "warm ms": rounded(warmMedian),
      "warm, worst": rounded(warmWorst),
      ...verdict(ROUTE_BAR_MILLISECONDS, "<=", Math.max(coldWorst, warmWorst)),
      "KV reads": reads,
      "reads' bar": verdict(READS_BAR, "<=", reads).verdict,
      KB: Math.round(kilobytes),
    })),
  );
}

async function showBundling(articles: number, turns: number, isFull: boolean): Promise<void> {
  const rows = await measureBundling(articles, turns, isFull, say);
  show(
    rows.map(({ name, run: { seconds, cpuSeconds, megabytes }, ratio }) => ({
      name,
      seconds: rounded(seconds),
      "CPU s": rounded(cpuSeconds),
      "peak MB": Math.round(megabytes),
      ratio: ratio === null ? "" : `${ratio.what} ${ratio.value.toFixed(2)}`,
      ...(ratio === null ? NO_BAR : verdict(ratio.bar, ">=", ratio.value)),
    })),
  );
}

async function showStarting(turns: number, isFull: boolean): Promise<void> {
  const rows = await measureStarting(turns, isFull, say);
  show(
    rows.map(({ name, seconds, bareSeconds, bar }) => ({
      name,
      seconds: rounded(seconds),
      "bare wrangler dev": rounded(bareSeconds),
      ratio: rounded(seconds / bareSeconds),
      ...verdict(bar, "<=", seconds / bareSeconds),
    })),
  );
}

async function showWorker(turns: number, isFull: boolean): Promise<void> {
  const rows = await measureWorker(isFull ? FULL_SIZE : 10_000, turns);
  show(
    rows.map(({ name, value, unit, bar }) => ({
      name,
      value: `${rounded(value)} ${unit}`,
      ...verdict(bar, "<=", value),
    })),
  );
}

async function showHelp(turns: number): Promise<void> {
  const rows = await measureHelp(turns);
  show(
    rows.map(({ name, milliseconds, bareMilliseconds, bar }) => ({
      name,
      "CPU ms": Math.round(milliseconds),
      "empty program": Math.round(bareMilliseconds),
      ...verdict(bar, "<=", milliseconds),
    })),
  );
}

function verdict(bar: number | null, sign: "<=" | ">=", value: number): typeof NO_BAR {
  if (bar === null) return NO_BAR;
  const isHeld = sign === "<=" ? value <= bar : value >= bar;
  return { bar: `${sign} ${bar}`, verdict: isHeld ? "pass" : "miss" };
}

function show(rows: readonly { readonly name: string }[]): void {
  console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])));
}

function say(line: string): void {
  console.error(line);
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
