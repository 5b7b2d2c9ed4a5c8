/**
 * `npm run bundle`: bundles the articles into a release, `build/release.bin`, which the Worker carries, and
 * `build/values`, whose files belong in KV. wrangler runs it as `[build]` for `wrangler dev`, whose local KV it then fills.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MILLISECONDS_PER_SECOND } from "../src/domain/moment.ts";
import { MAP_NAMES } from "../src/store/release-contents.ts";
import { projectIO } from "./config/project-io.ts";
import { formatDiagnostics } from "./diagnostics/format-diagnostics.ts";
import { noteFailedBundle } from "./dev/failed-bundle.ts";
import { describeScheduled } from "./read/scheduled.ts";
import { keepCompiledCode } from "./terminal/compiled-code.ts";
import { counted } from "./terminal/counted.ts";
import { describeTrouble } from "./terminal/machine-trouble.ts";
import { environmentOption, flag } from "./terminal/option-kinds.ts";
import { EXIT_USAGE, runCommand } from "./terminal/run-command.ts";

const USAGE = `Usage: npm run bundle -- [--no-cache] [--env name] [--help]

Reads the articles that the settings name, and writes
  build/release.bin   the manifest of the release, which the Worker carries
  build/values/       what belongs into KV, a file for each key
  build/assets/       images that stand beside the articles
  build/cache/        what was read from each article, for the next time; may be deleted
--no-cache reads all articles anew; --env takes the settings of one of wrangler's environments.
Articles with an error are skipped and named. Exit code: 0 bundled, 1 not bundled, 2 errors in options or
settings, or a folder of articles is missing or cannot be listed.

Environment
  CLOUDFLARE_ENV     the environment, where --env does not say it
  OFFPRINT_SOURCES   source folders, with commas between, instead of those in the settings
  OFFPRINT_URL       the origin that documents name, instead of the one in the settings`;

const ROOT = join(import.meta.dirname, "..");
const EXIT_NOT_BUNDLED = 1;

/** The command of wrangler that runs this as its `[build]`; null when wrangler does not run it. */
const WRANGLER_COMMAND = process.env["WRANGLER_COMMAND"] ?? null;

// Loading code takes half of the time that a small site needs, so code that is loaded from here on is kept compiled.
keepCompiledCode(join(ROOT, "build/compile-cache"));
await runCommand({
  name: "npm run bundle --",
  usage: USAGE,
  options: { "no-cache": flag, env: environmentOption },
  run: async ({ "no-cache": ignoresCache, env }) => bundle(ignoresCache, env).catch(keepServing),
});

async function bundle(ignoresCache: boolean, env: string | null): Promise<number> {
  if (WRANGLER_COMMAND !== null && !["dev", "types"].includes(WRANGLER_COMMAND)) {
    console.error(
      `Not by "wrangler ${WRANGLER_COMMAND}": the articles would not be in KV; run npm run deploy (npm run deploy -- --preview for a version on its own address)`,
    );
    return EXIT_NOT_BUNDLED;
  }
  const { bundleCheckout } = await import("./dev/bundle-checkout.ts");
  const startedAt = performance.now();
  const bundled = await bundleCheckout({
    root: ROOT,
    ignoresCache,
    isDev: WRANGLER_COMMAND === "dev",
    io: projectIO(ROOT, env),
  });
  const diagnostics = bundled.ok ? bundled.value.diagnostics : bundled.failure;
  const complaints = formatDiagnostics(diagnostics);
  if (complaints !== "") console.error(complaints);
  if (!bundled.ok) return hasReleaseToServe() ? goOn(complaints) : EXIT_USAGE;
  noteFailedBundle(ROOT, null);

  const { manifest, skipped } = bundled.value;
  const seconds = (performance.now() - startedAt) / MILLISECONDS_PER_SECOND;
  const scopes = manifest.scopes();
  const categories = scopes.filter(
    ({ scope, count }) => scope.kind === "category" && count > 0,
  ).length;
  const packs = MAP_NAMES.flatMap((map) => manifest.packs(map)).length;
  const prerendered = scopes.filter((scope) => scope.prerendered !== null).length;
  const errors = diagnostics.filter(({ level }) => level === "error").length;
  console.log(
    [
      `Bundled ${counted(manifest.articleCount, "article")} in ${counted(categories, "category", "categories")} in ${seconds.toFixed(1)} s:`,
      `release ${manifest.release}, ${counted(packs, "pack")}, ${counted(prerendered, "prerendered feed")};`,
      `${counted(errors, "error")}, ${counted(diagnostics.length - errors, "warning")}`,
    ].join(" "),
  );
  const scheduled = describeScheduled(skipped);
  if (scheduled !== null) console.log(scheduled);
  return 0;
}

/** After a failed build `wrangler dev` would hold back every request, so it goes on with the release that it has. */
function keepServing(error: unknown): number {
  if (!hasReleaseToServe()) throw error;
  console.error(describeTrouble(error) ?? error);
  return goOn(describeTrouble(error) ?? String(error));
}

/** Tells `npm start`, which says it once more when wrangler has reloaded. */
function goOn(why: string): number {
  noteFailedBundle(ROOT, why);
  return 0;
}

function hasReleaseToServe(): boolean {
  return WRANGLER_COMMAND === "dev" && existsSync(join(ROOT, "build/release.bin"));
}
