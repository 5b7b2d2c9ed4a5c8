/**
 * `npm run bundle`, or `offprint bundle`: bundles the articles into a release, `build/release.bin`, which the Worker carries,
 * and `build/values`, whose files belong in KV. wrangler runs it as `[build]` for `wrangler dev`, whose local KV it then fills.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findConfigFile } from "./config/config-file.ts";
import { MILLISECONDS_PER_SECOND } from "../src/domain/moment.ts";
import { projectIO } from "./config/project-io.ts";
import { ROOT_MEANING, rootOption } from "./config/root-option.ts";
import { formatDiagnostics } from "./diagnostics/format-diagnostics.ts";
import { describeBundle } from "./dev/describe-bundle.ts";
import { describeToFollow } from "./dev/describe-to-follow.ts";
import { leaveWord } from "./dev/word-from-bundle.ts";
import { describeScheduled } from "./read/scheduled.ts";
import { keepCompiledCode } from "./terminal/compiled-code.ts";
import { describeTrouble } from "./terminal/machine-trouble.ts";
import { environmentOption, flag } from "./terminal/option-kinds.ts";
import { EXIT_USAGE, runCommand } from "./terminal/run-command.ts";

const USAGE = `Usage: npm run bundle -- [options]
   or: npx offprint bundle [options]

Reads the articles that the settings name, and writes
  build/worker.js     the Worker
  build/release.bin   the manifest of the release, which the Worker carries
  build/values/       what belongs into KV, a file for each key
  build/assets/       images that stand beside the articles
  build/cache/        what was read from each article, for the next time; may be deleted

  --no-cache         reads all articles anew
  --env name         the settings of one of wrangler's environments
  --root dir         ${ROOT_MEANING}
  --help             this text

Articles with an error are skipped and named. Exit code: 0 bundled, 1 not bundled, 2 errors in options or
settings, or a folder of articles is missing or cannot be listed.

Environment
  CLOUDFLARE_ENV     the environment, where --env does not say it
  OFFPRINT_SOURCES   source folders, with commas between, instead of those in the settings
  OFFPRINT_URL       the origin that documents name, instead of the one in the settings`;

const EXIT_NOT_BUNDLED = 1;

/** The command of wrangler that runs this as its `[build]`; null when wrangler does not run it. */
const WRANGLER_COMMAND = process.env["WRANGLER_COMMAND"] ?? null;

interface BundleOptions {
  readonly "no-cache": boolean;
  readonly env: string | null;
  readonly root: string;
}

/** Bundles a site. */
export async function bundle(args: readonly string[]): Promise<void> {
  await runCommand(
    {
      name: "npm run bundle --",
      usage: USAGE,
      options: { "no-cache": flag, env: environmentOption, root: rootOption },
      run: async (options) =>
        bundleRoot(options).catch((error: unknown) => keepServing(options.root, error)),
    },
    args,
  );
}

async function bundleRoot({ "no-cache": ignoresCache, env, root }: BundleOptions): Promise<number> {
  if (WRANGLER_COMMAND !== null && !["dev", "types"].includes(WRANGLER_COMMAND)) {
    console.error(
      `Not by "wrangler ${WRANGLER_COMMAND}": the articles would not be in KV; run npm run deploy (npm run deploy -- --preview for a version on its own address)`,
    );
    return EXIT_NOT_BUNDLED;
  }
  // Loading code takes half of the time that a small site needs, so code that is loaded from here on is kept compiled.
  if (existsSync(join(root, findConfigFile(root)))) {
    keepCompiledCode(join(root, "build/compile-cache"));
  }
  const { bundleCheckout } = await import("./dev/bundle-checkout.ts");
  const startedAt = performance.now();
  const bundled = await bundleCheckout({
    root,
    ignoresCache,
    isDev: WRANGLER_COMMAND === "dev",
    io: projectIO(root, env),
  });
  const diagnostics = bundled.ok ? bundled.value.diagnostics : bundled.failure;
  const complaints = formatDiagnostics(diagnostics);
  if (complaints !== "") console.error(complaints);
  if (!bundled.ok) return hasReleaseToServe(root) ? goOn(root, complaints) : EXIT_USAGE;
  leaveWord(root, "failed", null);

  const seconds = (performance.now() - startedAt) / MILLISECONDS_PER_SECOND;
  console.log(describeBundle(bundled.value, seconds));
  const scheduled = describeScheduled(bundled.value.skipped);
  if (scheduled !== null) console.log(scheduled);
  const { toFollow } = bundled.value;
  leaveWord(root, "unfinished", toFollow === null ? null : describeToFollow(toFollow));
  return 0;
}

/** After a failed build `wrangler dev` would hold back every request, so it goes on with the release that it has. */
function keepServing(root: string, error: unknown): number {
  if (!hasReleaseToServe(root)) throw error;
  console.error(describeTrouble(error) ?? error);
  return goOn(root, describeTrouble(error) ?? String(error));
}

/** Tells `npm start`, which says it once more when wrangler has reloaded. */
function goOn(root: string, why: string): number {
  leaveWord(root, "failed", why);
  return 0;
}

function hasReleaseToServe(root: string): boolean {
  return WRANGLER_COMMAND === "dev" && existsSync(join(root, "build/release.bin"));
}
