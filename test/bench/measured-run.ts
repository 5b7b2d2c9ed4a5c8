import { spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { Readable } from "node:stream";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { peakMegabytes, treeUsage } from "./process-tree.ts";

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
const SECONDS_PER_MINUTE = 60;

/**
 * A shell of its own waits for the program and says what it took. This process waits for all that it ever started, so what the
 * kernel adds to it may be another's: a server that an earlier part of the bench has just ended was counted as bundling once.
 */
const AND_SAY_TIMES = '"$@" 3>&-; code=$?; times >&3; exit $code';
const TIMES_CHANNEL = 3;

/** Runs a program to its end; throws with what it said if it fails. Memory is sampled. Linux only. */
export async function measureRun(program: Program): Promise<MeasuredRun> {
  const { command, args, folder, environment = {} } = program;
  const startedAt = performance.now();
  const child = spawn("sh", ["-c", AND_SAY_TIMES, "sh", command, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const [errors, times] = [textOf(child.stderr), textOf(child.stdio[TIMES_CHANNEL])];
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
  if (ending !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${ending}: ${errors()}`);
  }
  return {
    seconds: (performance.now() - startedAt) / MILLISECONDS_PER_SECOND,
    cpuSeconds: secondsOfChildren(times()),
    megabytes,
  };
}

/** Collects what is written to a pipe. */
function textOf(pipe: Readable | Writable | null | undefined): () => string {
  let text = "";
  if (pipe instanceof Readable) {
    pipe.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
  }
  return () => text;
}

/** POSIX, `times`: the second line has user and system time of the children, such as `0m1.25s 0m0.07s`. */
function secondsOfChildren(times: string): number {
  const [, children = ""] = times.split("\n");
  const [user, system] = Array.from(
    children.matchAll(/(\d+)m([\d.]+)s/g),
    ([, minutes, seconds]) => {
      return Number(minutes) * SECONDS_PER_MINUTE + Number(seconds);
    },
  );
  if (user === undefined || system === undefined) {
    throw new Error(`The shell said no times but ${JSON.stringify(times)}`);
  }
  return user + system;
}
