import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Manifest } from "../../src/store/manifest.ts";
import type { BundleInput } from "../bundle/bundle-site.ts";
import { bundleSite } from "../bundle/bundle-site.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostic, hasError } from "../diagnostics/diagnostic.ts";
import { lacksSource } from "../read/files/find-articles.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import { LocalKv, hasLocalKv } from "./local-kv.ts";
import { REAL_IO } from "../terminal/io.ts";
import { describeTrouble } from "../terminal/machine-trouble.ts";
import { flag } from "../terminal/options.ts";
import type { PlannedRelease } from "../bundle/plan-release.ts";
import { createProgress } from "../terminal/progress.ts";
import { withCache } from "../read/cache/with-cache.ts";
import { readSettings } from "../config/settings.ts";
import { describeScheduled } from "../read/scheduled.ts";
import { withLock } from "../terminal/with-lock.ts";
import { writeIfChanged } from "../bundle/write-if-changed.ts";
import { writeValues } from "../bundle/write-values.ts";

const USAGE = `Usage: npm run bundle -- [--no-cache] [--help]

Reads the articles named in wrangler.toml and writes
  build/release.bin   the manifest of the release, which the Worker carries
  build/values/       what belongs into KV, a file for each key
  build/assets/       images that stand beside the articles
  build/cache/        what was read from each article, for the next time; may be deleted
--no-cache reads all articles anew.
Articles with an error are left out and named. Exit code: 0 bundled, 1 not bundled, 2 errors in options or settings.

Environment
  OFFPRINT_SOURCES   source folders, with commas between, instead of those in wrangler.toml
  OFFPRINT_URL       the origin that documents name, instead of the one in wrangler.toml`;

const ROOT = join(import.meta.dirname, "../..");
const BUILD = join(ROOT, "build");
const CACHE = join(BUILD, "cache");
const RELEASE_FILE = join(BUILD, "release.bin");
const CONFIG = "wrangler.toml";
/** Where `wrangler dev` is found unless it is told otherwise. */
const LOCAL_ORIGIN = "http://localhost:8787";
const EXIT_NOT_BUNDLED = 1;
const EXIT_USAGE = 2;

/** wrangler says for which of its commands `[build]` runs; missing where nobody but us does. */
const wranglerCommand = process.env["WRANGLER_COMMAND"] ?? null;

/** `npm run bundle`. */
export const BUNDLE_COMMAND = {
  name: "npm run bundle --",
  usage: USAGE,
  options: { "no-cache": flag },
  run: async (options: { readonly "no-cache": boolean }) =>
    main(options["no-cache"]).catch(keepServing),
} as const;

/** A build that fails makes `wrangler dev` hold back every request: it goes on with the release that it has. */
function keepServing(error: unknown): number {
  if (!hasReleaseToServe()) throw error;
  console.error(describeTrouble(error) ?? error);
  return 0;
}

function hasReleaseToServe(): boolean {
  return wranglerCommand === "dev" && existsSync(RELEASE_FILE);
}

async function main(ignoresCache: boolean): Promise<number> {
  if (wranglerCommand !== null && !["dev", "types"].includes(wranglerCommand)) {
    console.error(
      `Not by "wrangler ${wranglerCommand}": the articles would not be in KV; run npm run deploy (npm run deploy -- --preview for a version on its own address)`,
    );
    return EXIT_NOT_BUNDLED;
  }
  const settings = readSettings(await readFile(join(ROOT, CONFIG), "utf8"), CONFIG, {
    OFFPRINT_SOURCES: process.env["OFFPRINT_SOURCES"],
    OFFPRINT_URL:
      process.env["OFFPRINT_URL"] ?? (wranglerCommand === "dev" ? LOCAL_ORIGIN : undefined),
  });
  if (!settings.ok) {
    console.error(settings.failure.map(formatDiagnostic).join("\n"));
    return hasReleaseToServe() ? 0 : EXIT_USAGE;
  }
  return withLock(join(BUILD, "bundle.lock"), async () =>
    withCache(CACHE, REAL_IO.warn, async (cacheFolder) =>
      bundle({ settings: settings.value, cacheFolder, ignoresCache }),
    ),
  );
}

type BundleOptions = Pick<BundleInput, "settings" | "cacheFolder" | "ignoresCache">;

async function bundle(options: BundleOptions): Promise<number> {
  if (wranglerCommand !== "dev" && !hasLocalKv()) return bundleInto(null, options);
  const localKv = await LocalKv.prepare(KV_BINDING);
  try {
    return await bundleInto(localKv, options);
  } finally {
    await localKv.close();
  }
}

async function bundleInto(localKv: LocalKv | null, options: BundleOptions): Promise<number> {
  const startedAt = performance.now();
  const now = Math.floor(Date.now() / MILLISECONDS_PER_SECOND);
  const { release, skipped, diagnostics } = await bundleSite({
    ...options,
    root: ROOT,
    assets: join(BUILD, "assets"),
    now,
    startedAt: Date.now(),
    environment: process.env,
    progress: createProgress("articles read", process.stderr, () => performance.now()),
  });
  if (diagnostics.length > 0) console.error(diagnostics.map(formatDiagnostic).join("\n"));
  if (lacksSource(diagnostics)) return hasReleaseToServe() ? 0 : EXIT_USAGE;

  const manifest = release.manifestAfter({ previous: await previousRelease(), now });
  await mkdir(join(BUILD, "watched"), { recursive: true });
  const folder = join(BUILD, "values");
  await writeValues(folder, release.values);
  // From the files: a share card is not drawn twice.
  const written = release.values.map(({ key }) => ({
    key,
    encode: async () => readFile(join(folder, key)),
  }));
  await localKv?.fill(written);
  // Last: what the manifest names has to be there before anybody reads it.
  await writeIfChanged(RELEASE_FILE, manifest);
  console.log(summary(release, manifest, diagnostics, performance.now() - startedAt));
  const toCome = describeScheduled(skipped);
  if (toCome !== null) console.log(toCome);
  return 0;
}

/** The release that was bundled before, for the moments at which feeds changed. */
async function previousRelease(): Promise<Manifest | null> {
  const bytes = await readFile(RELEASE_FILE).catch(() => null);
  if (bytes === null) return null;
  const manifest = Manifest.open(bytes);
  return manifest.ok ? manifest.value : null;
}

function summary(
  release: PlannedRelease,
  bytes: Uint8Array,
  diagnostics: readonly Diagnostic[],
  milliseconds: number,
): string {
  const manifest = Manifest.open(bytes);
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  const { articleCount, release: id } = manifest.value;
  const scopes = manifest.value.scopes();
  const categories = scopes.filter(({ scope }) => scope.kind === "category").length;
  const errors = diagnostics.filter((diagnostic) => hasError([diagnostic])).length;
  const packs = Object.values(release.maps).flat().length;
  return [
    `Bundled ${articleCount} articles in ${categories} categories in ${(milliseconds / MILLISECONDS_PER_SECOND).toFixed(1)} s:`,
    `release ${id}, ${packs} packs, ${release.prerenderedFeeds.length} prerendered feeds;`,
    `${errors} errors, ${diagnostics.length - errors} warnings`,
  ].join(" ");
}
