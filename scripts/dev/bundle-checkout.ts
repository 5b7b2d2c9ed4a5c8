import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { BundleInput } from "../bundle/bundle-site.ts";
import { bundleSite } from "../bundle/bundle-site.ts";
import { writeIfChanged } from "../bundle/write-if-changed.ts";
import { writeValues } from "../bundle/write-values.ts";
import type { SettingsEnvironment } from "../config/settings.ts";
import { readSettings } from "../config/settings.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { withCache } from "../read/cache/with-cache.ts";
import { lacksSource } from "../read/files/find-articles.ts";
import type { SkippedFile } from "../read/read-articles.ts";
import { withLock } from "../terminal/with-lock.ts";
import { LocalKv, hasLocalKv } from "./local-kv.ts";

export interface CheckoutInput extends Pick<
  BundleInput,
  "root" | "ignoresCache" | "now" | "progress"
> {
  readonly environment: BuildEnvironment;
}

interface BuildEnvironment extends SettingsEnvironment {
  /** For which of its commands wrangler runs `[build]`; missing where nobody but us runs it. */
  readonly WRANGLER_COMMAND?: string | undefined;
}

/** What lies in `build` after a bundling. */
export interface CheckoutBundle {
  readonly manifest: Manifest;
  readonly packCount: number;
  readonly prerenderedFeedCount: number;
  readonly skipped: readonly SkippedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Why nothing was bundled. */
export type BundleFailure =
  | { readonly reason: "wrangler-command"; readonly command: string }
  | { readonly reason: "settings"; readonly diagnostics: readonly Diagnostic[] };

const CONFIG = "wrangler.toml";
const RELEASE_FILE = "build/release.bin";
/** Where `wrangler dev` is found unless it is told otherwise. */
const LOCAL_ORIGIN = "http://localhost:8787";

/** Bundles the articles of a checkout into its `build`, and into the KV of `wrangler dev` where that is used here. */
export async function bundleCheckout(
  input: CheckoutInput,
): Promise<Result<CheckoutBundle, BundleFailure>> {
  const { root, ignoresCache, now, progress, environment } = input;
  const command = environment.WRANGLER_COMMAND;
  if (command !== undefined && !["dev", "types"].includes(command)) {
    return failed({ reason: "wrangler-command", command });
  }
  const isDev = command === "dev";
  const settings = readSettings(await readFile(join(root, CONFIG), "utf8"), CONFIG, {
    OFFPRINT_SOURCES: environment.OFFPRINT_SOURCES,
    OFFPRINT_URL: environment.OFFPRINT_URL ?? (isDev ? LOCAL_ORIGIN : undefined),
  });
  if (!settings.ok) return failed({ reason: "settings", diagnostics: settings.failure });

  const build = join(root, "build");
  return withLock(join(build, "bundle.lock"), async () =>
    withCache(join(build, "cache"), async (cacheFolder) => {
      const localKv = isDev || hasLocalKv(root) ? await LocalKv.prepare(root, KV_BINDING) : null;
      try {
        return await bundleInto(localKv, {
          root,
          settings: settings.value,
          assets: join(build, "assets"),
          cacheFolder,
          ignoresCache,
          now,
          progress,
        });
      } finally {
        await localKv?.close();
      }
    }),
  );
}

/** A build that fails makes `wrangler dev` hold back every request; where this is so it can go on with what it has. */
export function hasReleaseToServe(root: string, environment: BuildEnvironment): boolean {
  return environment.WRANGLER_COMMAND === "dev" && existsSync(join(root, RELEASE_FILE));
}

async function bundleInto(
  localKv: LocalKv | null,
  input: BundleInput,
): Promise<Result<CheckoutBundle, BundleFailure>> {
  const { root, now } = input;
  const { release, skipped, diagnostics } = await bundleSite(input);
  if (lacksSource(diagnostics)) return failed({ reason: "settings", diagnostics });

  const previous = await readManifest(root).catch(() => null);
  const bytes = release.manifestAfter({ previous, now });
  await mkdir(join(root, "build/watched"), { recursive: true });
  const folder = join(root, "build/values");
  await writeValues(folder, release.values);
  // From the files: a share card is not drawn twice.
  const written = release.values.map(({ key }) => ({
    key,
    encode: async () => readFile(join(folder, key)),
  }));
  await localKv?.fill(written);
  // Last: what the manifest names has to be there before anybody reads it.
  await writeIfChanged(join(root, RELEASE_FILE), bytes);
  return ok({
    manifest: await readManifest(root),
    packCount: Object.values(release.maps).flat().length,
    prerenderedFeedCount: release.prerenderedFeeds.length,
    skipped,
    diagnostics,
  });
}

/** Of the release that was bundled last: the next one carries on the moments at which its feeds changed. */
async function readManifest(root: string): Promise<Manifest> {
  const manifest = Manifest.open(await readFile(join(root, RELEASE_FILE)));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value;
}
