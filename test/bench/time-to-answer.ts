import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { spawn } from "node:child_process";
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { MeasuredRun } from "./measured-run.ts";
import { treeUsage } from "./process-tree.ts";

const POLL_MILLISECONDS = 3;
const PATIENCE_MILLISECONDS = 300_000;

export interface Server {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly port: number;
  readonly path: string;
}

/**
 * Starts a server, and ends it when it has answered 200: what it and all that it started had taken by then. Linux only.
 */
export async function timeToAnswer(server: Server): Promise<MeasuredRun> {
  const { command, args, folder, environment = {}, port, path } = server;
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that everything it started ends with it.
    detached: true,
  });
  let output = "";
  const collect = (text: string): void => {
    output += text;
  };
  child.stdout.setEncoding("utf8").on("data", collect);
  child.stderr.setEncoding("utf8").on("data", collect);
  const ended = new Promise<void>((settle) => {
    child.once("close", () => {
      settle();
    });
  });
  try {
    while (!(await answers(port, path))) {
      const waited = performance.now() - startedAt;
      if (waited > PATIENCE_MILLISECONDS || child.exitCode !== null) {
        throw new Error(`${command} ${args.join(" ")} does not answer:\n${output}`);
      }
      await sleep(POLL_MILLISECONDS);
    }
    const seconds = (performance.now() - startedAt) / MILLISECONDS_PER_SECOND;
    return { seconds, ...treeUsage(child.pid ?? 0) };
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    await ended;
  }
}

async function answers(port: number, path: string): Promise<boolean> {
  return new Promise((settle) => {
    get({ port, path, host: "localhost" }, (response) => {
      response.resume();
      settle(response.statusCode === 200);
    }).once("error", () => {
      settle(false);
    });
  });
}
