import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";

export interface WranglerRun {
  readonly exitCode: number;
  /** What it printed, both streams. */
  readonly output: string;
  /** The version that it made or deployed; null where it says none. */
  readonly versionId: string | null;
  readonly previewUrl: string | null;
}

/** @param environment besides this process's own */
export type RunWrangler = (
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
) => Promise<WranglerRun>;

/** A line of the file that `WRANGLER_OUTPUT_FILE_PATH` names. */
const outputLine = v.looseObject({
  version_id: v.nullish(v.string()),
  preview_url: v.nullish(v.string()),
});

/**
 * Runs wrangler without questions.
 *
 * @param environment besides this process's own
 */
export async function runWrangler(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<WranglerRun> {
  const folder = await mkdtemp(join(tmpdir(), "offprint-wrangler-"));
  const outputFile = join(folder, "output.ndjson");
  try {
    const run = await collect(args, cwd, {
      ...environment,
      CI: "1",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      WRANGLER_HIDE_BANNER: "true",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_OUTPUT_FILE_PATH: outputFile,
    });
    const lines = (await readFile(outputFile, "utf8").catch(() => "")).split("\n").filter(Boolean);
    const said = lines.map((line) => v.parse(outputLine, JSON.parse(line)));
    return {
      ...run,
      versionId: lastOf(said.map(({ version_id }) => version_id)),
      previewUrl: lastOf(said.map(({ preview_url }) => preview_url)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function lastOf(values: readonly (string | null | undefined)[]): string | null {
  return values.findLast((value) => value !== null && value !== undefined) ?? null;
}

async function collect(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<Pick<WranglerRun, "exitCode" | "output">> {
  const wrangler = spawn("wrangler", args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
    env: { ...process.env, ...environment },
  });
  let output = "";
  const collectText = (text: string): void => {
    output += text;
  };
  // Alone it would go on, and nobody would say what came of it.
  const passOn = (signal: NodeJS.Signals): void => {
    wrangler.kill(signal);
  };
  process.on("SIGINT", passOn).on("SIGTERM", passOn);
  wrangler.once("close", () => {
    process.off("SIGINT", passOn).off("SIGTERM", passOn);
  });
  wrangler.stdout.setEncoding("utf8").on("data", collectText);
  wrangler.stderr.setEncoding("utf8").on("data", collectText);
  return new Promise((settle) => {
    wrangler.once("error", (error) => {
      settle({
        exitCode: 1,
        output: `Cannot start wrangler: ${error.message}; run it by npm, after npm ci`,
      });
    });
    wrangler.once("close", (code) => {
      settle({ exitCode: code ?? 1, output });
    });
  });
}
