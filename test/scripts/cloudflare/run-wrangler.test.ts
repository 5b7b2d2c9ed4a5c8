import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { WranglerRun } from "../../../scripts/cloudflare/run-wrangler.ts";
import { runWrangler } from "../../../scripts/cloudflare/run-wrangler.ts";
import { MachineTrouble } from "../../../scripts/terminal/machine-trouble.ts";
import { REAL_IO } from "../../../scripts/terminal/io.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

/** Runs what a shell does in wrangler's place. */
async function run(script: string): Promise<WranglerRun> {
  writeFileSync(join(folder.path, "wrangler"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const environment = { PATH: `${folder.path}:/usr/bin:/bin`, CLOUDFLARE_ACCOUNT_ID: "0f" };
  return runWrangler({ args: ["deploy", "--tag=-a b"], cwd: folder.path, environment }, REAL_IO);
}

it("keeps both streams, the exit code, and what was said last of version and preview", async () => {
  const line = (id: string): string =>
    `echo '{"type":"deploy","version_id":"${id}","preview_url":null}' >> "$WRANGLER_OUTPUT_FILE_PATH"`;
  const preview = `echo '{"preview_url":"https://a.example"}' >> "$WRANGLER_OUTPUT_FILE_PATH"`;
  expect(
    await run(`echo out\necho err >&2\n${line("1")}\n${preview}\n${line("2")}\nexit 3`),
  ).toEqual({
    exitCode: 3,
    output: expect.stringMatching(/out\nerr\n|err\nout\n/) as string,
    versionId: "2",
    previewUrl: "https://a.example",
  });
});

it("hands over arguments and environment, and asks no questions", async () => {
  const { output } = await run(`echo "$1|$2|$CLOUDFLARE_ACCOUNT_ID|$CI|$NO_COLOR"\npwd`);
  expect(output).toBe(`deploy|--tag=-a b|0f|1|1\n${folder.path}\n`);
});

it("says where it can put nothing", async () => {
  vi.stubEnv("TMPDIR", join(folder.path, "gone"));
  await expect(run("exit 0")).rejects.toThrow(
    /^Cannot make a folder in ".*gone" \(ENOENT.*\); point TMPDIR to one that is there\. .* the live site is as it was$/,
  );
  await expect(run("exit 0")).rejects.toBeInstanceOf(MachineTrouble);
  vi.unstubAllEnvs();
});

it("says where there is no wrangler", async () => {
  const environment = { PATH: folder.path };
  const program = { args: ["deploy"], cwd: folder.path, environment };
  expect(await runWrangler(program, REAL_IO)).toEqual({
    exitCode: 1,
    output: expect.stringMatching(/^Cannot start wrangler: .*ENOENT; run it by npm/) as string,
    versionId: null,
    previewUrl: null,
  });
});
