import { mkdtempDisposable, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { errorDetail } from "../terminal/error-detail.ts";
import { MachineTrouble } from "../terminal/machine-trouble.ts";
import type { IO } from "../terminal/io.ts";
import type { Program, ProgramRun } from "../terminal/run-program.ts";

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
async function makeFolder(): Promise<Awaited<ReturnType<typeof mkdtempDisposable>>> {
  try {
    return await mkdtempDisposable(join(tmpdir(), "offprint-wrangler-"));
  } catch (error) {
    throw new MachineTrouble(
      `Cannot make a folder in "${tmpdir()}" (${errorDetail(error)}); point TMPDIR to one that is there. wrangler was not run: the live site is as it was`,
    );
  }
}

/** Runs wrangler to its end, in a mode in which it asks no questions. */
export async function runWrangler(
  { args, cwd, environment }: Omit<Program, "name">,
  io: Pick<IO, "run">,
): Promise<WranglerRun> {
  await using folder = await makeFolder();
  const outputFile = join(folder.path, "output.ndjson");
  const run = await io.run({
    name: "wrangler",
    args,
    cwd,
    environment: {
      ...environment,
      CI: "1",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      WRANGLER_HIDE_BANNER: "true",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_OUTPUT_FILE_PATH: outputFile,
    },
  });
  const lines = (await readFile(outputFile, "utf8").catch(() => "")).split("\n").filter(Boolean);
  const said = lines.map((line) => v.parse(outputLine, JSON.parse(line)));
  return {
    ...run,
    versionId: said.findLast(({ version_id }) => version_id !== null)?.version_id ?? null,
    previewUrl: said.findLast(({ preview_url }) => preview_url !== null)?.preview_url ?? null,
  };
}
