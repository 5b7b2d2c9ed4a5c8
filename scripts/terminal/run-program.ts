import { spawn } from "node:child_process";

export interface Program {
  /** A program on the PATH, to which npm adds the programs that it installed. */
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables that are added to this process's own. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ProgramRun {
  readonly exitCode: number;
  /** What it printed on both streams. */
  readonly output: string;
}

/** Runs a program to its end, with no standard input. A program that cannot be started has exit code 1. */
export async function runProgram({ name, args, cwd, environment }: Program): Promise<ProgramRun> {
  const child = spawn(name, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
    env: { ...process.env, ...environment },
  });
  let output = "";
  const collect = (text: string): void => {
    output += text;
  };
  child.stdout.setEncoding("utf8").on("data", collect);
  child.stderr.setEncoding("utf8").on("data", collect);
  // Otherwise the child would go on after this process ended, and its result would be lost.
  const passOn = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on("SIGINT", passOn).on("SIGTERM", passOn);
  return new Promise<ProgramRun>((settle) => {
    child.once("error", (error) => {
      const why = `Cannot start ${name}: ${error.message}; run it by npm, after npm ci`;
      settle({ exitCode: 1, output: why });
    });
    child.once("close", (code) => {
      settle({ exitCode: code ?? 1, output });
    });
  }).finally(() => {
    process.off("SIGINT", passOn).off("SIGTERM", passOn);
  });
}
