/**
 * `node test/upgrades/keep-release.ts CHECKOUT`: keeps what a version makes of `test/fixtures/upgrades/site`, and the Worker that
 * serves it, for the test of upgrades. The checkout is that version's own, with its packages; its articles are replaced.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import * as v from "valibot";

const ROOT = join(import.meta.dirname, "../..");
const FIXTURES = join(ROOT, "test/fixtures/upgrades");
/** 2026-11-01, in milliseconds since 1970: before the test's clock begins, and the same whenever this is run. */
const CLOCK = 1_793_491_200_000;
const KEPT = [
  ["build/release.bin", "release.bin"],
  ["build/values", "values"],
  ["build/assets", "assets"],
] as const;

const [checkout] = process.argv.slice(2);
if (checkout === undefined) throw new Error("Name the checkout of the version");
keepRelease(resolve(checkout));

function keepRelease(folder: string): void {
  const { version } = v.parse(
    v.object({ version: v.string() }),
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
  );
  rmSync(join(folder, "articles"), { recursive: true, force: true });
  rmSync(join(folder, "build"), { recursive: true, force: true });
  cpSync(join(FIXTURES, "site"), folder, { recursive: true });
  const clock = `data:text/javascript,Date.now=()=>${CLOCK}`;
  run(process.execPath, ["--import", clock, "scripts/bundle.ts"], folder);
  const kept = join(FIXTURES, version);
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  for (const [from, to] of KEPT) cpSync(join(folder, from), join(kept, to), { recursive: true });
  const worker = `export { createApp } from "./src/http/app.ts"; export { Manifest } from "./src/store/manifest.ts";`;
  const options = ["--bundle", "--minify", "--format=esm", "--platform=node", "--loader=ts"];
  const output = `--outfile=${join(kept, "worker.js")}`;
  run(join(ROOT, "node_modules/.bin/esbuild"), [...options, output], folder, worker);
}

function run(program: string, args: readonly string[], cwd: string, input = ""): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, input, encoding: "utf8" });
  process.stderr.write(stdout + stderr);
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed`);
}
