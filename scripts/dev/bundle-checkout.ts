import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { BundleInput, BundledSite } from "../bundle/bundled-site.ts";
import { bundleSite } from "../bundle/bundle-site.ts";
import { writeIfChanged } from "../bundle/write-if-changed.ts";
import { writeValues } from "../bundle/write-values.ts";
import { findConfigFile } from "../config/config-file.ts";
import type { Settings } from "../config/settings.ts";
import { readSettingsFile } from "../config/read-settings-file.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { withCache } from "../read/cache/with-cache.ts";
import { isThemeWrong } from "../look/read-theme.ts";
import { lacksSource } from "../read/files/source-folder.ts";
import { writeWorker } from "../bundle/write-worker.ts";
import type { IO } from "../terminal/io.ts";
import { withLock } from "../terminal/with-lock.ts";
import { MAY_DRAW_LATER } from "./follow-up.ts";
import { hasLocalKv, prepareLocalKv } from "./local-kv.ts";

type CheckoutInput = Pick<BundleInput, "root" | "ignoresCache"> & {
  /** Whether it is for `wrangler dev`: then its KV is filled, and documents name the address where it serves. */
  readonly isDev: boolean;
  readonly io: BundleInput["io"] & Pick<IO, "warn">;
};

/** A release that was bundled, and its manifest as it was written. */
export type CheckoutBundle = BundledSite & { readonly manifest: Manifest };

/** Where `wrangler dev` serves by default. */
const LOCAL_ORIGIN = "http://localhost:8787";

/**
 * Bundles the articles of a checkout into its folder `build`, and into the KV of `wrangler dev` if that was ever used. Fails
 * with diagnostics if the settings or `theme.css` are wrong or a source folder is missing.
 */
export async function bundleCheckout(
  input: CheckoutInput,
): Promise<Result<CheckoutBundle, readonly Diagnostic[]>> {
  const { root, isDev, io } = input;
  const path = findConfigFile(root);
  const read = readSettingsFile(join(root, path), path, {
    ...io.environment,
    OFFPRINT_URL: io.environment["OFFPRINT_URL"] ?? (isDev ? LOCAL_ORIGIN : undefined),
  });
  if (!read.ok) return read;
  const { settings, localNamespace } = read.value;
  const build = join(root, "build");
  const file = join(build, "release.bin");
  return withLock(join(build, "bundle.lock"), async () =>
    withCache(join(build, "cache"), io.warn, async (cacheFolder) => {
      await using localKv =
        isDev || hasLocalKv(root, localNamespace)
          ? await prepareLocalKv(root, localNamespace)
          : null;
      const assets = join(build, "assets");
      const previous = await readManifest(file).catch(() => null);
      const drawsLater =
        isDev && io.environment[MAY_DRAW_LATER] !== undefined && lacksCards(previous, settings);
      const site = await bundleSite({ ...input, settings, assets, cacheFolder, drawsLater });
      if (lacksSource(site.diagnostics) || isThemeWrong(site.diagnostics)) {
        return failed(site.diagnostics);
      }
      await writeWorker(root);
      const { release } = site;
      const now = Math.floor(io.now() / MILLISECONDS_PER_SECOND);
      const bytes = release.manifestAfter({ previous, now });
      await mkdir(join(build, "watched"), { recursive: true });
      const values = join(build, "values");
      // What was drawn of share cards until an edit came in between is not drawn again.
      await writeValues(values, release.values, site.toFollow === null);
      // Read from the files, so that no share card is drawn twice.
      const written = release.values.map(({ key }) => ({
        key,
        encode: async () => readFile(join(values, key)),
      }));
      await localKv?.fill(written);
      // The manifest is written last, when all values that it names are there.
      await writeIfChanged(file, bytes);
      return ok({ ...site, manifest: await readManifest(file) });
    }),
  );
}

/**
 * Whether a release may lack its share cards, and pictures that were not made: none has been there yet that had them, so that
 * nothing is taken away from what people see.
 */
function lacksCards(previous: Manifest | null, { cards }: Pick<Settings, "cards">): boolean {
  return previous === null || (cards > 0 && previous.cardsSince === null);
}

/** Reads a manifest; throws if there is none or it is damaged. */
async function readManifest(file: string): Promise<Manifest> {
  const manifest = Manifest.open(await readFile(file));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value;
}
