import { execFile } from "node:child_process";
import type { IO } from "../../terminal/io.ts";

const MAXIMUM_OUTPUT_BYTES = 1024 * 1024 * 1024;

interface GitOptions {
  /** Where it runs; paths that it takes and prints are relative to it. */
  readonly folder: string;
  readonly environment: IO["environment"];
  /** What it reads. */
  readonly input?: string;
}

/** Runs git, and gives what it prints with NUL behind each. Fails if git is missing, or does not end with 0. */
export async function runGit(
  args: readonly string[],
  { folder, environment, input = "" }: GitOptions,
): Promise<readonly string[]> {
  const options = {
    cwd: folder,
    maxBuffer: MAXIMUM_OUTPUT_BYTES,
    // Without this, git could block or be blocked by another git at work in the same folder.
    env: { ...environment, GIT_OPTIONAL_LOCKS: "0" },
  };
  return new Promise((settle, fail) => {
    const git = execFile("git", args, options, (error, output, said) => {
      if (error === null) settle(output.split("\0").filter((line) => line !== ""));
      else fail(new Error(said.trim() === "" ? error.message : said.trim(), { cause: error }));
    });
    // Where git ends before it has read everything, it says why itself.
    git.stdin?.on("error", () => undefined);
    git.stdin?.end(input);
  });
}
