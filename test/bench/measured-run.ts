import { spawn } from "node:child_process";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { cpuSecondsOf, peakMegabytes, treeUsage } from "./process-tree.ts";

/** What a program took, with all that it started. */
export interface MeasuredRun {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most memory that all of them had at a time. */
  readonly megabytes: number;
}

/** A program to run to its end. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const SAMPLE_MILLISECONDS = 50;

/**
 * Runs a program to its end; throws with what it said if it fails. CPU time is what the kernel adds to this process when it
 * has waited for a child, so nothing else may be measured meanwhile. Memory is sampled. Linux only.
 */
export async function measureRun(program: Program): Promise<MeasuredRun> {
  const { command, args, folder, environment = {} } = program;
  const before = cpuSecondsOf("self").ended;
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (text: Buffer) => {
    errors += text.toString();
  });
  let megabytes = 0;
  const timer = setInterval(() => {
    const pid = child.pid ?? 0;
    megabytes = Math.max(megabytes, peakMegabytes(pid), treeUsage(pid).megabytes);
  }, SAMPLE_MILLISECONDS);
  const ending = await new Promise<number | NodeJS.Signals | null>((settle, fail) => {
    child.once("error", fail);
    child.once("close", (exitCode, signal) => {
      settle(exitCode ?? signal);
    });
  }).finally(() => {
    clearInterval(timer);
  });
  if (ending !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${ending}: ${errors}`);
  return {
    seconds: (performance.now() - startedAt) / MILLISECONDS_PER_SECOND,
    cpuSeconds: cpuSecondsOf("self").ended - before,
    megabytes,
  };
}
