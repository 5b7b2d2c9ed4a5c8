/** Keeps what a published version makes of the site of the upgrades' test, and the Worker that serves it. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import * as v from "valibot";
import { runCommand } from "../../scripts/terminal/run-command.ts";

const ROOT = join(import.meta.dirname, "../..");
const FIXTURES = join(ROOT, "test/fixtures/upgrades");
/** 2026-11-01, in milliseconds since 1970: before the test's clock begins, and the same whenever this is run. */
const CLOCK = 1_793_491_200_000;
const KEPT = [
  ["build/release.bin", "release.bin"],
  ["build/values", "values"],
  ["build/assets", "assets"],
] as const;

/** The program that bundles, of the versions since 0.2.0 and of 0.1.0. */
const PROGRAMS = [["scripts/offprint.ts", "bundle"], ["scripts/bundle.ts"]] as const;
const WORKER = `export { createApp } from "./src/http/app.ts"; export { Manifest } from "./src/store/manifest.ts";`;

const USAGE = `Usage: npm run keep-release -- --from CHECKOUT [--help]

Keeps what a version makes of test/fixtures/upgrades/site, and the Worker that serves it, for the test of upgrades.

  --from CHECKOUT  that version's own, with its packages; its articles are replaced`;

await runCommand({
  name: "npm run keep-release --",
  usage: USAGE,
  options: {
    from: {
      type: "string",
      schema: v.pipe(
        v.optional(v.string(), ""),
        v.nonEmpty("name the version's checkout: --from CHECKOUT"),
      ),
    },
  },
  run: async ({ from }) => {
    await keepRelease(resolve(from));
    return 0;
  },
});

async function keepRelease(folder: string): Promise<void> {
  const { version } = v.parse(
    v.object({ version: v.string() }),
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
  );
  for (const own of ["articles", "build"]) {
    rmSync(join(folder, own), { recursive: true, force: true });
  }
  cpSync(join(FIXTURES, "site"), folder, { recursive: true });
  const clock = `data:text/javascript,Date.now=()=>${CLOCK}`;
  const program = PROGRAMS.find(([file]) => existsSync(join(folder, file))) ?? [];
  const { status } = spawnSync(process.execPath, ["--import", clock, ...program], {
    cwd: folder,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`Version ${version} did not bundle the site`);
  const kept = join(FIXTURES, version);
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  for (const [from, to] of KEPT) cpSync(join(folder, from), join(kept, to), { recursive: true });
  await build({
    stdin: { contents: WORKER, resolveDir: folder },
    outfile: join(kept, "worker.js"),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
  });
}
