import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { BenchRun } from "./bench-run.ts";
import { measureRun } from "./measured-run.ts";
import type { Row } from "./row.ts";
import { tryRow, measuredRow, skippedRow } from "./row.ts";

const ROOT = join(import.meta.dirname, "../..");
const PACKAGE = v.object({ bin: v.optional(v.record(v.string(), v.string()), {}) });
/** The kernel counts in hundredths of a second. */
const STARTS = 10;

/** What the program takes to say how it is used, beside Node with nothing to do. */
export async function* measureProgramStart(run: BenchRun): AsyncGenerator<Row> {
  const { bin } = v.parse(PACKAGE, JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
  const program = bin["offprint"];
  const name = "offprint --help";
  if (program === undefined || !existsSync(join(ROOT, program))) {
    yield skippedRow(name, "package.json names no program offprint, or one that is not built");
    return;
  }
  yield await tryRow(name, async () => {
    const ours = await startsOf([join(ROOT, program), "--help"], run.turns);
    const bare = await startsOf(["--eval", ""], run.turns);
    return measuredRow(name, ours, {
      unit: "ms CPU",
      beside: `bare Node ${Math.round(bare[0] ?? 0)}`,
    });
  });
}

async function startsOf(args: readonly string[], turns: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    let sum = 0;
    for (let start = 0; start < STARTS; start += 1) {
      const run = await measureRun({ command: process.execPath, args, folder: ROOT });
      sum += run.cpuSeconds;
    }
    times.push((1000 * sum) / STARTS);
  }
  return times;
}
