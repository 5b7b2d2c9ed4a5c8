/**
 * `npm run bench`: what requests cost beside a constant, what bundling takes beside other generators, how soon the site
 * starts, and how large the Worker is; with the bars, and pass or miss for each.
 */
import { join } from "node:path";
import { flag, text, wholeNumber } from "../../scripts/terminal/option-kinds.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";
import type { BenchRun } from "./bench-run.ts";
import { measureBundling } from "./bundling.ts";
import { measureFreshCheckout } from "./fresh-checkout.ts";
import { OtherWork, describeMachine } from "./machine.ts";
import { measureProgramStart } from "./program-start.ts";
import { Report } from "./report.ts";
import { measureRoutes } from "./routes.ts";
import type { Row } from "./row.ts";
import { measureServing } from "./serving.ts";
import { measureSizes } from "./sizes.ts";
import { drawSpeed } from "./speed-page.ts";
import { measureStarting } from "./starting.ts";
import { measureWorker } from "./worker-size.ts";

const PARTS: Readonly<Record<string, (run: BenchRun) => AsyncGenerator<Row>>> = {
  serving: measureServing,
  routes: measureRoutes,
  bundling: measureBundling,
  fresh: measureFreshCheckout,
  starting: measureStarting,
  worker: measureWorker,
  program: measureProgramStart,
  sizes: measureSizes,
};

const USAGE = `Usage: npm run bench -- [options]

  --only names  ${Object.keys(PARTS).join(", ")}; with commas between
                (sizes, which writes docs/speed.json, only if it is named, or with --full)
  --route text  only routes with this in their names
  --turns n     of each, one after the other; the median counts (default 3)
  --full        100,000 articles too: an hour
  --million     of sizes, 1,000,000 too: another hour, and 40 GB of disk
  --divide n    an n-th of all articles, to try the bench itself, without bars
  --profile     keep a CPU profile of each bundling in build/profiles
  --chart       draw docs/speed.svg and the table in docs/speed.md from docs/speed.json, and measure nothing
  --help        this text

CPU time is that of a program and all that it starts. Hugo and Jekyll are measured where they are installed. Linux only: CPU time
and memory come from /proc. Exit code: 0 all bars are held, 1 one is missed, 2 errors in options, 3 something could not be
measured.`;

const EXIT_USAGE = 2;
const PROFILES = join(import.meta.dirname, "../../build/profiles");

await runCommand({
  name: "npm run bench --",
  usage: USAGE,
  options: {
    only: text,
    route: text,
    turns: wholeNumber(1, 1000, 3),
    full: flag,
    million: flag,
    divide: wholeNumber(1, 10_000, 1),
    profile: flag,
    chart: flag,
  },
  run: async ({ only, route, turns, full, million, divide, profile, chart }) => {
    if (chart) {
      drawSpeed();
      return 0;
    }
    const wanted =
      only?.split(",") ?? Object.keys(PARTS).filter((name) => full || name !== "sizes");
    const unknown = wanted.find((name) => !Object.hasOwn(PARTS, name));
    if (unknown !== undefined) {
      console.error(`--only is "${unknown}"; write some of ${Object.keys(PARTS).join(", ")}`);
      return EXIT_USAGE;
    }
    return measure(wanted, {
      turns,
      isFull: full,
      hasMillion: million,
      divisor: divide,
      route: route ?? "",
      profiles: profile ? PROFILES : null,
      say: console.error,
    });
  },
});

async function measure(parts: readonly string[], run: BenchRun): Promise<number> {
  const report = new Report(console.log);
  process.once("exit", () => {
    process.exitCode = report.complainIfUnfinished() ?? process.exitCode;
  });
  console.log(describeMachine());
  const otherWork = new OtherWork();
  for (const name of parts) {
    try {
      for await (const row of PARTS[name]?.(run) ?? []) report.add(judged(row, run));
    } catch (error) {
      // The other parts are measured all the same.
      report.add({ kind: "failed", name, why: `broke off: ${String(error)}` });
    }
  }
  const exitCode = report.finish();
  console.log(`${describeMachine()}\n${otherWork.describe()}`);
  return exitCode;
}

/** A part of the articles is held to no bar. */
function judged(row: Row, { divisor }: BenchRun): Row {
  return row.kind === "measured" && divisor > 1 ? { ...row, bar: null } : row;
}
