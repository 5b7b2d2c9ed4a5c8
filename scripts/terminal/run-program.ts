import { spawn } from "node:child_process";
import { errorDetail } from "./error-detail.ts";

/** A program for Node. A shell never sees its arguments, which on Windows would read `&`, `%` and `"` as its own. */
export interface Program {
  /** How people call it. */
  readonly name: string;
  /** The file that Node runs. */
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables that are added to this process's own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ProgramRun {
  readonly exitCode: number;
  /** What it printed on both streams. */
  readonly output: string;
}

/** What of this process a program depends on; in tests it is a fake. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly spawn: typeof spawn;
  readonly signals: {
    on(signal: NodeJS.Signals, handle: (signal: NodeJS.Signals) => void): unknown;
    off(signal: NodeJS.Signals, handle: (signal: NodeJS.Signals) => void): unknown;
  };
}

const THIS_HOST: Host = { platform: process.platform, spawn, signals: process };

/**
 * Whether a signal has to be passed on to a program. On Windows the console tells all its programs of Ctrl-C by itself, and
 * `kill` would end the program in the middle of its work, whatever the signal
 * (https://nodejs.org/api/process.html#signal-events).
 */
export function passesSignalsOn(platform: NodeJS.Platform): boolean {
  return platform !== "win32";
}

/**
 * Runs a program with no standard input, until it ends or `end` aborts. A program that cannot be started has exit code 1, and
 * so has one that a signal or `end` ended.
 */
export async function runProgram(
  { name, script, args, cwd, environment }: Program,
  end: AbortSignal,
  host = THIS_HOST,
): Promise<ProgramRun> {
  const child = host.spawn(process.execPath, [script, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    // Else a console opens on Windows where this process has none.
    windowsHide: true,
    env: { ...process.env, ...environment },
  });
  let output = "";
  const collect = (text: string): void => {
    output += text;
  };
  child.stdout.setEncoding("utf8").on("data", collect);
  child.stderr.setEncoding("utf8").on("data", collect);
  const kill = (): void => {
    // What hangs may not listen to anything else.
    child.kill("SIGKILL");
  };
  end.addEventListener("abort", kill);
  // Otherwise the child would go on after this process ended, and its result would be lost.
  const passOn = (signal: NodeJS.Signals): void => {
    if (passesSignalsOn(host.platform)) child.kill(signal);
  };
  host.signals.on("SIGINT", passOn);
  host.signals.on("SIGTERM", passOn);
  return new Promise<ProgramRun>((settle) => {
    child.once("error", (error) => {
      const why = `Cannot start ${name}: ${errorDetail(error)}; run npm ci first`;
      settle({ exitCode: 1, output: why });
    });
    child.once("exit", () => {
      // What the program has started itself may hold its streams open for ever.
      if (end.aborted) settle({ exitCode: 1, output });
    });
    child.once("close", (code) => {
      settle({ exitCode: code ?? 1, output });
    });
  }).finally(() => {
    end.removeEventListener("abort", kill);
    host.signals.off("SIGINT", passOn);
    host.signals.off("SIGTERM", passOn);
  });
}
