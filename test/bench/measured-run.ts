import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** What a program took. */
export interface MeasuredRun {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

const SAMPLE_MILLISECONDS = 50;
const TICKS_PER_SECOND = 100;
const KILOBYTES_PER_MEGABYTE = 1000;

/** Runs a program to its end. CPU time and memory are the last that `/proc` told of it: Linux only. */
export async function measureRun(
  command: string,
  args: readonly string[],
  folder: string,
): Promise<MeasuredRun> {
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (text: Buffer) => {
    errors += text.toString();
  });
  let [cpuSeconds, megabytes] = [0, 0];
  const timer = setInterval(() => {
    try {
      const process = `/proc/${child.pid ?? 0}`;
      const fields = readFileSync(`${process}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      // proc_pid_stat(5): utime and stime are fields 14 and 15; field 3 is the first behind the name.
      const cpu = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
      const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`${process}/status`, "utf8"))?.[1];
      cpuSeconds = Math.max(cpuSeconds, cpu);
      megabytes = Math.max(megabytes, Number(peak ?? 0) / KILOBYTES_PER_MEGABYTE);
    } catch {
      // It has ended.
    }
  }, SAMPLE_MILLISECONDS);
  const exitCode = await new Promise<number | null>((settle, fail) => {
    child.once("error", fail);
    child.once("close", settle);
  });
  clearInterval(timer);
  if (exitCode !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${exitCode}: ${errors}`);
  }
  return {
    seconds: (performance.now() - startedAt) / MILLISECONDS_PER_SECOND,
    cpuSeconds,
    megabytes,
  };
}
