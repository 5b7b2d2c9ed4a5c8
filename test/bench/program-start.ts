import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { BenchRun } from "./bench-run.ts";
import { measureRun } from "./measured-run.ts";
import { median } from "./median.ts";
import type { Row } from "./row.ts";
import { measuredRow, tryRow } from "./row.ts";

const ROOT = join(import.meta.dirname, "../..");
const SOURCE = "scripts/offprint.ts";
const PACKAGE = v.object({ bin: v.optional(v.record(v.string(), v.string()), {}) });
/** The kernel counts in hundredths of a second. */
const STARTS = 10;

/** What the program takes to say how it is used, compiled where that was built, beside Node with nothing to do. */
export async function* measureProgramStart({ turns }: BenchRun): AsyncGenerator<Row> {
  const { bin } = v.parse(PACKAGE, JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
  const compiled = bin["offprint"];
  const isCompiled = compiled !== undefined && existsSync(join(ROOT, compiled));
  const program = isCompiled ? compiled : SOURCE;
  yield await tryRow("offprint --help", async () => {
    const bare = await startsOf(["--eval", ""], turns);
    const ours = await startsOf([join(ROOT, program), "--help"], turns);
    const beside = `${program}; bare Node ${Math.round(median(bare))} ms`;
    return measuredRow("offprint --help", ours, { unit: "ms CPU", beside });
  });
}

/** CPU milliseconds of one start, for each turn. */
async function startsOf(args: readonly string[], turns: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    let sum = 0;
    for (let start = 0; start < STARTS; start += 1) {
      sum += (await measureRun({ command: process.execPath, args, folder: ROOT })).cpuSeconds;
    }
    times.push((MILLISECONDS_PER_SECOND * sum) / STARTS);
  }
  return times;
}
