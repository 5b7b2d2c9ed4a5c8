import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { versions } from "node:process";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Settings } from "../config/settings.ts";
import { pictureFolder, readStamps } from "../pictures/picture-folder.ts";
import { readWithPictures } from "../pictures/read-with-pictures.ts";
import type { ReadingSite } from "../read/article/read-article.ts";
import { ArticleCache } from "../read/cache/article-cache.ts";
import type { ReadBefore } from "../read/cache/unchanged-files.ts";
import { keeping } from "../read/cache/with-cache.ts";
import type { KnownPictures } from "../read/files/find-local-picture.ts";
import { sourceFromRoot } from "../read/files/jekyll-site.ts";
import { placesOfSources } from "../read/files/places-of-sources.ts";
import type { ReadReport } from "../read/read-articles.ts";
import { readArticles } from "../read/read-articles.ts";
import { withLock } from "../terminal/with-lock.ts";
import type { BundleInput, IndexedFiles } from "./bundled-site.ts";
import { cacheFile } from "./cache-file.ts";

/** What was looked at a moment ago, and since when. */
export type LookedBefore = Pick<ReadBefore, "seen" | "find" | "startedAt">;

/**
 * Reads the articles of a site, those that are unchanged from the cache, and makes their pictures unless that is left for later.
 *
 * @param code a hash of all code that decides what is read from an article
 * @param before what was looked at a moment ago; null if nothing
 */
export async function readSite(
  input: BundleInput,
  code: ContentHash,
  before: LookedBefore | null,
): Promise<ReadReport & { readonly files: IndexedFiles }> {
  const files = indexedFiles(input, code);
  const read = async (pictures: KnownPictures): Promise<ReadReport> =>
    readWithCache(input, pictures, code, files, before);
  const folder = pictureFolder(input);
  const report =
    input.drawsLater === true
      ? await read({ folder, stamps: readStamps(folder) })
      : await readWithPictures(read, folder, input.io);
  return { ...report, files: { ...files, outcomes: report.outcomes } };
}

function indexedFiles(
  { root, settings }: BundleInput,
  code: ContentHash,
): Omit<IndexedFiles, "outcomes"> {
  return {
    basis: contentHash([readingBasis(root, code, settings, false)]),
    sources: settings.sources.map((source) => ({
      folder: resolve(root, source),
      written: source.replace(/\/+$/, ""),
    })),
  };
}

async function readWithCache(
  { cacheFolder, ignoresCache, io, askElsewhere, absent, ...site }: BundleInput,
  pictures: KnownPictures,
  code: ContentHash,
  files: Omit<IndexedFiles, "outcomes">,
  before: LookedBefore | null,
): Promise<ReadReport> {
  const startedAt = before?.startedAt ?? io.now();
  const now = Math.floor(startedAt / MILLISECONDS_PER_SECOND);
  const input = { ...site, now, pictures, progress: io.progress("articles read") };
  if (cacheFolder === null) return readArticles({ ...input, cache: null });
  // `npm run bundle` and a deploy may run at once. The lock lies beside the folder, which may be copied to another machine.
  return withLock(`${cacheFolder}.lock`, async () => {
    const basis = readingBasis(site.root, code, input.settings, true);
    const kept = keeping(() => {
      const outcomes = cacheFile(cacheFolder, "articles", input.settings);
      if (ignoresCache) rmSync(outcomes, { force: true });
      return { outcomes, index: cacheFile(cacheFolder, "index", input.settings) };
    });
    const articles = ArticleCache.open(kept, basis);
    const cache = { articles, ...before, startedAt, environment: io.environment };
    const elsewhere = {
      ...(askElsewhere === undefined
        ? {}
        : { askElsewhere: async (unknown: number) => askElsewhere(files, unknown) }),
      ...(absent === undefined ? {} : { absent }),
    };
    return readArticles({ ...input, cache: { ...cache, ...elsewhere } });
  });
}

/**
 * A hash of everything except the file itself that decides what is read from it.
 *
 * @param namesSources whether source folders that are called otherwise, or lie elsewhere, make another one
 */
function readingBasis(
  root: string,
  code: ContentHash,
  { site, splitNames, categoryNames, markdown, addresses, media, sources, files }: Settings,
  namesSources: boolean,
): ContentHash {
  const { node, icu = "", tz = "" } = versions;
  const folders = {
    languages: [...files.languages],
    fromRoot: sources.map((source) => [
      namesSources ? source : placesOfSources(root, sources).get(resolve(root, source)),
      sourceFromRoot(root, source),
    ]),
  };
  const names = [
    ...categoryNames.renamed,
    ...(categoryNames.renamed.size === 0 ? [] : categoryNames.kept),
  ];
  const reading: ReadingSite = { url: site.url, timeZone: site.timeZone, language: site.language };
  return contentHash([
    code,
    JSON.stringify({
      node,
      icu,
      tz,
      reading,
      splitNames,
      names,
      markdown,
      addresses,
      folders,
      media: { ...media, referrers: [...media.referrers], httpsHosts: [...media.httpsHosts] },
    }),
  ]);
}
