import { existsSync, rmSync } from "node:fs";
import { platform } from "node:os";
import { deserialize } from "node:v8";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import type { Settings } from "../config/settings.ts";
import { siteLook } from "../look/site-look.ts";
import { arePicturesMade } from "../pictures/made-before.ts";
import { pictureFolder, readStamps, tidyPictures } from "../pictures/picture-folder.ts";
import { keeping } from "../read/cache/with-cache.ts";
import { copyLocalFiles } from "../read/files/copy-local-files.ts";
import type { ReadPages } from "../read/read-pages.ts";
import { THIS_PROGRAM } from "../program/load-program.ts";
import type { LookedAgain, SearchInput } from "../read/source-state.ts";
import { lookAgain, sameSourceState } from "../read/source-state.ts";
import { withLock } from "../terminal/with-lock.ts";
import { bundleBasis } from "./bundle-basis.ts";
import { plannedBefore } from "./bundled-release.ts";
import type { BundleInput, BundledSite } from "./bundled-site.ts";
import { cacheFile } from "./cache-file.ts";
import { finishedDiagnostics } from "./finished-diagnostics.ts";
import type { KeptBundle } from "./kept-bundle.ts";
import { hashOfLook, keepBundle, readKeptBundle } from "./kept-bundle.ts";
import { programHashes } from "./program-hashes.ts";
import type { LookedBefore } from "./read-site.ts";

/** A bundled site, and what to keep of it; null where nobody could tell later whether anything has changed. */
interface SiteToKeep {
  readonly site: BundledSite;
  readonly kept: KeptBundle | null;
}

/**
 * Reads the articles of a site and lays out its release. Articles with an error are left out and get diagnostics. Where
 * nothing at all has changed since the last time, the release is that of the last time, and no article is looked at.
 */
export async function bundleSite(input: BundleInput): Promise<BundledSite> {
  const { cacheFolder, ignoresCache, settings, io } = input;
  if (cacheFolder === null) return (await bundleAnew(input)).site;
  const basis = await bundleBasis(input, await THIS_PROGRAM.hash());
  const file = keeping(() => {
    const path = cacheFile(cacheFolder, "bundle", settings);
    if (ignoresCache) {
      rmSync(path, { force: true });
      for (const kind of ["lists", "pages"] as const) {
        rmSync(cacheFile(cacheFolder, kind, settings), { force: true });
      }
    }
    return path;
  });
  const startedAt = io.now();
  const kept = await readKeptBundle(file, basis, io.say);
  const looked = kept === null ? null : lookAgain(kept.state, searched(input));
  const before =
    kept === null || looked === null ? null : await bundledBefore(kept, looked, startedAt, input);
  const again = looked === null ? null : { seen: looked, find: looked.find, startedAt };
  const { site, kept: next } = before ?? (await bundleAnew(input, again));
  if (next !== null && next !== kept) {
    await withLock(`${cacheFolder}.lock`, async () => {
      keepBundle(file, basis, next, io.say);
    });
  }
  return site;
}

/** The site as it was bundled the last time; null if anything of it is not as it was. */
async function bundledBefore(
  kept: KeptBundle,
  looked: LookedAgain,
  startedAt: number,
  input: BundleInput,
): Promise<SiteToKeep | null> {
  const { root, settings, assets } = input;
  const folder = pictureFolder(input);
  const state = await sameSourceState(kept.state, looked, {
    ...searched(input),
    pictures: { folder, stamps: readStamps(folder) },
    startedAt,
    readPages: async () => unlinkedPages(input, folder),
  });
  if (state === null || !kept.pictureCards.every((card) => existsSync(card))) return null;
  if (!arePicturesMade(kept.localFiles, folder)) return null;
  if (hashOfLook(await siteLook(root, settings, folder)) !== kept.look) return null;
  tidyPictures(kept.localFiles, folder, startedAt);
  let anew: Promise<SiteToKeep> | null = null;
  const again = async (): Promise<BundledSite> => (await (anew ??= bundleAnew(input))).site;
  let redirects: ReadonlyMap<string, Redirect> | null = null;
  const { beforeFiles, behindFiles } = kept.diagnostics;
  const site = {
    release: plannedBefore(
      kept.release,
      () => (redirects ??= deserialize(kept.redirects) as ReadonlyMap<string, Redirect>),
      async () => (await again()).release,
    ),
    skipped: kept.skipped,
    diagnostics: finishedDiagnostics(root, [
      ...beforeFiles,
      ...copyLocalFiles(kept.served, folder, assets),
      ...behindFiles,
    ]),
    toFollow: null,
    sources: async () => (await again()).sources(),
  };
  return { site, kept: state === kept.state ? kept : { ...kept, state } };
}

function searched({ root, settings: { sources, files } }: BundleInput): SearchInput {
  return { root, sources, files, trustsFolders: platform() !== "win32" };
}

/** The code that reads articles takes long to load, so it is loaded only if an article is to be looked at. */
async function bundleAnew(
  input: BundleInput,
  before: LookedBefore | null = null,
): Promise<SiteToKeep> {
  const [{ layOutSite }, { readSite }] = await Promise.all([
    import("./lay-out-site.ts"),
    import("./read-site.ts"),
  ]);
  const { renderers, reading } = await programHashes(input.cacheFolder);
  const { state, files, ...report } = await readSite(input, reading, before);
  const { site, kept } = await layOutSite({ report, files, renderers }, input);
  const isToKeep = site.toFollow === null && !showsOwnFile(input.settings);
  return { site, kept: state === null || !isToKeep ? null : { state, ...kept } };
}

/** Whether a podcast's picture is a file of the site: it is no article's, so that nobody would see that it changed. */
function showsOwnFile({ site: { podcast, url } }: Settings): boolean {
  return podcast?.image?.startsWith(`${url}/`) === true;
}

/** The site's own pages as they are when no article is known. */
async function unlinkedPages(
  { root, settings }: Pick<BundleInput, "root" | "settings">,
  folder: string,
): Promise<ReadPages> {
  if (settings.files.pages.length === 0) return { pages: [], diagnostics: [] };
  const { readPages } = await import("../read/read-pages.ts");
  const pictures = { folder, stamps: readStamps(folder) };
  return readPages({ root, ...settings, pictures, findArticle: () => null });
}
