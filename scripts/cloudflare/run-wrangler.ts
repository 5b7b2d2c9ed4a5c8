import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { seconds } from "../terminal/break-silence.ts";
import { errorDetail } from "../terminal/error-detail.ts";
import { MachineTrouble } from "../terminal/machine-trouble.ts";
import type { IO } from "../terminal/io.ts";
import type { Program, ProgramRun } from "../terminal/run-program.ts";
import { wranglerScript } from "../terminal/wrangler-script.ts";

export interface WranglerCommand extends Omit<Program, "name" | "script"> {
  /** The settings of the Worker; null for a command that needs none. */
  readonly configFile: string | null;
}

export interface WranglerRun extends ProgramRun {
  /** The version that it uploaded or deployed; null if it names none. */
  readonly versionId: string | null;
  readonly previewUrl: string | null;
}

/** A line of the file that `WRANGLER_OUTPUT_FILE_PATH` names, into which wrangler writes its results as JSON. */
const outputLine = v.looseObject({
  version_id: v.nullish(v.string(), null),
  preview_url: v.nullish(v.string(), null),
});

/** A folder for wrangler's results, which goes when it is no longer used. */
async function makeFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  try {
    // Node has mkdtempDisposable since 24.4 only.
    const path = await mkdtemp(join(tmpdir(), "offprint-wrangler-"));
    return {
      path,
      [Symbol.asyncDispose]: async () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
    };
  } catch (error) {
    throw new MachineTrouble(
      `Cannot make a folder in "${tmpdir()}" (${errorDetail(error)}); point TMPDIR to one that is there. wrangler was not run: the live site is as it was`,
    );
  }
}

/** How long wrangler may take: a first deploy sends all pictures, on a slow line too. */
const LIMIT_MILLISECONDS = 1_800_000;
/** How long wrangler may take where it only looks something up. */
export const SHORT_LIMIT_MILLISECONDS = 60_000;

/**
 * Runs wrangler to its end, in a mode in which it asks no questions. What does not end within the limit is ended, and failed.
 *
 * wrangler finds nothing out by itself: its settings are named, or else empty, because it would look for a file in all folders
 * above too; and no environment of them is chosen, because they are those of one already. With `CLOUDFLARE_ENV` it would take
 * the Worker `name` for `name-staging`.
 */
export async function runWrangler(
  { args, cwd, configFile, environment }: WranglerCommand,
  io: Pick<IO, "run" | "startWait" | "environment">,
  limitMilliseconds = LIMIT_MILLISECONDS,
): Promise<WranglerRun> {
  await using folder = await makeFolder();
  const outputFile = join(folder.path, "output.ndjson");
  const emptyFile = join(folder.path, "wrangler.json");
  if (configFile === null) await writeFile(emptyFile, "{}");
  const program = {
    name: "wrangler",
    script: wranglerScript(),
    args: [...args, "--config", configFile ?? emptyFile, "--env="],
    cwd,
    environment: {
      ...io.environment,
      ...environment,
      CI: "1",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      WRANGLER_HIDE_BANNER: "true",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_OUTPUT_FILE_PATH: outputFile,
    },
  };
  const command = args.filter((arg) => /^[a-z]+$/.test(arg)).join(" ");
  using wait = io.startWait(`wrangler ${command}`, limitMilliseconds);
  const run = await io.run(program, wait.signal);
  const late = `\n[ERROR] It did not end within ${seconds(limitMilliseconds)}, and was ended`;
  const lines = (await readFile(outputFile, "utf8").catch(() => "")).split("\n").filter(Boolean);
  const said = lines.map((line) => v.parse(outputLine, JSON.parse(line)));
  return {
    exitCode: wait.signal.aborted ? 1 : run.exitCode,
    output: wait.signal.aborted ? run.output + late : run.output,
    versionId: said.findLast(({ version_id }) => version_id !== null)?.version_id ?? null,
    previewUrl: said.findLast(({ preview_url }) => preview_url !== null)?.preview_url ?? null,
  };
}
