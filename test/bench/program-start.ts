import { join } from "node:path";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { BenchRun } from "./bench-run.ts";
import { measureRun } from "./measured-run.ts";
import { median } from "./median.ts";
import { packedProgram } from "./packed-program.ts";
import type { Row } from "./row.ts";
import { atMost, measuredRow, tryRow } from "./row.ts";

const ROOT = join(import.meta.dirname, "../..");
const BAR_MILLISECONDS = 150;
/** The kernel counts in hundredths of a second. */
const STARTS = 10;

/** What the packed program takes to say how it is used, beside Node with nothing to do. */
export async function* measureProgramStart({ turns }: BenchRun): AsyncGenerator<Row> {
  yield await tryRow("offprint --help", async () => {
    const program = await packedProgram();
    const bare = await startsOf(["--eval", ""], turns);
    const ours = await startsOf([program, "--help"], turns);
    return measuredRow("offprint --help", ours, {
      unit: "ms CPU",
      bar: atMost(BAR_MILLISECONDS),
      beside: `bare Node ${Math.round(median(bare))} ms`,
    });
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
