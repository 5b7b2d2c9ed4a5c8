import { rmSync } from "node:fs";
import { versions } from "node:process";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Settings } from "../config/settings.ts";
import { pictureFolder } from "../pictures/picture-folder.ts";
import { readWithPictures } from "../pictures/read-with-pictures.ts";
import type { ReadingSite } from "../read/article/read-article.ts";
import { ArticleCache } from "../read/cache/article-cache.ts";
import type { SeenFiles } from "../read/cache/unchanged-files.ts";
import { keeping } from "../read/cache/with-cache.ts";
import type { KnownPictures } from "../read/files/find-local-picture.ts";
import { sourceFromRoot } from "../read/files/jekyll-site.ts";
import type { ReadReport } from "../read/read-articles.ts";
import { readArticles } from "../read/read-articles.ts";
import { withLock } from "../terminal/with-lock.ts";
import type { BundleInput } from "./bundled-site.ts";
import { cacheFile } from "./cache-file.ts";

/**
 * Reads the articles of a site, those that are unchanged from the cache, and makes their pictures.
 *
 * @param code a hash of all code that decides what is read from an article
 * @param seen files that were looked at a moment ago
 */
export async function readSite(
  input: BundleInput,
  code: ContentHash,
  seen: SeenFiles,
): Promise<ReadReport> {
  return readWithPictures(
    async (pictures) => readWithCache(input, pictures, code, seen),
    pictureFolder(input),
    input.io,
  );
}

async function readWithCache(
  { cacheFolder, ignoresCache, io, ...site }: BundleInput,
  pictures: KnownPictures,
  code: ContentHash,
  seen: SeenFiles,
): Promise<ReadReport> {
  const startedAt = io.now();
  const now = Math.floor(startedAt / MILLISECONDS_PER_SECOND);
  const input = { ...site, now, pictures, progress: io.progress("articles read") };
  if (cacheFolder === null) return readArticles({ ...input, cache: null });
  // `npm run bundle` and a deploy may run at once. The lock lies beside the folder, which may be copied to another machine.
  return withLock(`${cacheFolder}.lock`, async () => {
    const basis = readingBasis(site.root, code, input.settings);
    const files = keeping(() => {
      const outcomes = cacheFile(cacheFolder, "articles", input.settings);
      if (ignoresCache) rmSync(outcomes, { force: true });
      return { outcomes, index: cacheFile(cacheFolder, "index", input.settings) };
    });
    const articles = ArticleCache.open(files, basis);
    const cache = { articles, startedAt, seen, environment: io.environment };
    return readArticles({ ...input, cache });
  });
}

/** A hash of everything except the file itself that decides what is read from it. */
function readingBasis(
  root: string,
  code: ContentHash,
  { site, splitNames, categoryNames, markdown, addresses, media, sources, files }: Settings,
): ContentHash {
  const { node, icu = "", tz = "" } = versions;
  const folders = {
    languages: [...files.languages],
    fromRoot: sources.map((source) => [source, sourceFromRoot(root, source)]),
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
