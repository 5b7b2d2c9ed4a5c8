import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { versions } from "node:process";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { decodedScopePath, feedPath } from "../../src/domain/links.ts";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { plainPath } from "../../src/domain/plain-path.ts";
import { isAnswered } from "../../src/domain/routes.ts";
import { SITE_SCOPE } from "../../src/domain/scope.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { defaultArticlesPerPack } from "../../src/store/pack-limits.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import { cardDiagnostics } from "../check/card-diagnostics.ts";
import { podcastShow } from "../check/podcast-show.ts";
import { createCardCoverage } from "../cards/card-coverage.ts";
import { fontSlices } from "../cards/card-fonts.ts";
import { createCardDrawer } from "../cards/draw-card.ts";
import { createPictureCardDrawer } from "../cards/draw-picture-card.ts";
import { makePictureCards } from "./make-picture-cards.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { inLineOrder } from "../diagnostics/diagnostic.ts";
import { sourceFromRoot } from "../read/files/jekyll-site.ts";
import { readWithPictures } from "../pictures/read-with-pictures.ts";
import type { KnownPictures } from "../read/files/find-local-picture.ts";
import { copyLocalFiles } from "../read/files/copy-local-files.ts";
import type { PlannedRelease } from "./plan-release.ts";
import { planRelease } from "./plan-release.ts";
import type { IO } from "../terminal/io.ts";
import type { ReadingSite } from "../read/article/read-article.ts";
import type { ArticleReport, SkippedFile } from "../read/read-articles.ts";
import { findLines } from "../read/find-lines.ts";
import { readArticles } from "../read/read-articles.ts";
import { siteLook } from "../look/site-look.ts";
import { REMOVED_FILE, readRemoved } from "../removed/read-removed.ts";
import { ArticleCache } from "../read/cache/article-cache.ts";
import { keeping } from "../read/cache/with-cache.ts";
import { isNotFoundPage, siteWithNavigation } from "./site-with-navigation.ts";
import type { PinyinOf } from "./title-initial.ts";
import { loadProgram } from "../program/load-program.ts";
import type { RendererHashes } from "../program/renderer-hashes.ts";
import type { Settings } from "../config/settings.ts";
import type { BundledArticle } from "../read/article/store-article.ts";
import { withLock } from "../terminal/with-lock.ts";
import { withdrawArticles } from "../removed/withdraw-articles.ts";

const MOST_CACHES = 3;

export interface BundleInput {
  /** The site's folder; settings name folders relative to it. */
  readonly root: string;
  readonly settings: Settings;
  /** The folder into which images that lie beside the articles are copied. */
  readonly assets: string;
  /** The cache's folder, which may be deleted at any time; null for no cache. */
  readonly cacheFolder: string | null;
  /** Whether all articles are read anew. */
  readonly ignoresCache: boolean;
  /** Its clock decides which articles are scheduled, and which files changed too recently to be trusted. */
  readonly io: Pick<IO, "now" | "environment" | "progress" | "say">;
}

/** Articles as they were read, and the hashes of the code that will show them. */
interface ReadSite {
  readonly report: ArticleReport<BundledArticle>;
  readonly renderers: RendererHashes;
}

/** A release, and what it was made of. */
export interface BundledSite {
  /** All articles as read, including those that `removed.txt` names. */
  readonly read: ReadSite;
  readonly release: PlannedRelease;
  readonly articles: readonly BundledArticle[];
  /** Old paths, percent-decoded and as they are stored, and where they lead. */
  readonly redirects: ReadonlyMap<string, Redirect>;
  readonly skipped: readonly SkippedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the articles of a site and lays out its release. Articles with an error are left out and get diagnostics. */
export async function bundleSite(input: BundleInput): Promise<BundledSite> {
  const [report, { renderers }] = await Promise.all([
    readWithPictures(
      async (pictures) => readWithCache(input, pictures),
      pictureFolder(input),
      input.io,
    ),
    loadProgram(),
  ]);
  return layOutSite({ report, renderers }, input);
}

/** Lays out the release of articles that have been read, without those that `removed.txt` names now. */
export async function layOutSite(
  read: ReadSite,
  input: Pick<BundleInput, "root" | "settings" | "assets" | "cacheFolder">,
): Promise<BundledSite> {
  const { root, settings, assets } = input;
  const removed = await readRemoved(join(root, REMOVED_FILE));
  const { report, gone } = withdrawArticles(read.report, removed, settings.hosts);
  const { articles, pages, diagnostics } = report;
  const pictures = pictureFolder(input);
  const look = await siteLook(root, settings, pictures);
  const show = podcastShow(root, { ...settings, site: look.site }, articles);
  const slices = fontSlices();
  const redirects = redirectsOf(articles, gone, settings);
  const release = planRelease({
    site: siteWithNavigation(show.site, articles, pages),
    pages: pages.filter((page) => !isNotFoundPage(page)),
    categoryTitles: settings.categoryTitles,
    categoryNames: settings.categoryNames,
    articles,
    redirects,
    prerenderedFeeds: settings.prerenderedFeeds,
    articlesPerPack:
      settings.articlesPerPack === "auto"
        ? defaultArticlesPerPack(articles.length)
        : settings.articlesPerPack,
    cards: settings.cards,
    drawCard: createCardDrawer(slices),
    pinyinOf: await loadPinyin(articles),
    renderers: read.renderers,
  });
  const pictureCards = await makePictureCards({
    site: look.site,
    articles,
    count: settings.cards,
    pictures,
    folder: `${pictures}-cards`,
    draw: createPictureCardDrawer(slices),
  });
  return {
    read,
    release,
    articles,
    redirects,
    skipped: report.skipped,
    diagnostics: inLineOrder(
      findLines(root, [
        ...diagnostics,
        ...copyLocalFiles(
          [...articles, ...pages, ...look.files, ...show.files, ...pictureCards],
          pictures,
          assets,
        ),
        ...look.diagnostics,
        ...show.diagnostics,
        ...cardDiagnostics(articles, settings, createCardCoverage(slices)),
      ]),
    ),
  };
}

/** The folder that keeps what is made of pictures, which is far more work than the rest. */
function pictureFolder({
  cacheFolder,
  assets,
}: Pick<BundleInput, "cacheFolder" | "assets">): string {
  return cacheFolder === null ? `${assets}-made` : join(cacheFolder, "pictures");
}

async function readWithCache(
  { cacheFolder, ignoresCache, io, ...site }: BundleInput,
  pictures: KnownPictures,
): Promise<ArticleReport<BundledArticle>> {
  const startedAt = io.now();
  const now = Math.floor(startedAt / MILLISECONDS_PER_SECOND);
  const input = { ...site, now, pictures, progress: io.progress("articles read") };
  if (cacheFolder === null) return readArticles({ ...input, cache: null });
  // `npm run bundle` and a deploy may run at once. The lock lies beside the folder, which may be copied to another machine.
  return withLock(`${cacheFolder}.lock`, async () => {
    const basis = await readingBasis(site.root, input.settings);
    const file = keeping(() => {
      const path = cacheFile(cacheFolder, input.settings);
      if (ignoresCache) rmSync(path, { force: true });
      return path;
    });
    const articles = ArticleCache.open(file, basis);
    return readArticles({ ...input, cache: { articles, startedAt, environment: io.environment } });
  });
}

/**
 * The cache's file for the site's address: articles name that address, so `npm start` and a deploy read them differently.
 * Only the three newest files are kept.
 */
function cacheFile(folder: string, { site }: Settings): string {
  const file = join(folder, `articles-${contentHash([site.url])}`);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const others = names
    .filter((name) => name.startsWith("articles-"))
    .map((name) => join(folder, name))
    .filter((other) => other !== file)
    .map((other) => ({ other, usedAt: statSync(other).mtimeMs }))
    .toSorted((a, b) => b.usedAt - a.usedAt);
  for (const { other } of others.slice(MOST_CACHES - 1)) rmSync(other);
  return file;
}

/** A hash of everything except the file itself that decides what is read from it. */
async function readingBasis(
  root: string,
  { site, splitNames, categoryNames, markdown, addresses, media, sources, files }: Settings,
): Promise<ContentHash> {
  const { node, icu = "" } = versions;
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
    (await loadProgram()).reading,
    JSON.stringify({
      node,
      icu,
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

function redirectsOf(
  articles: readonly BundledArticle[],
  withdrawn: readonly string[],
  { categoryNames, feedPaths }: Pick<Settings, "categoryNames" | "feedPaths">,
): ReadonlyMap<string, Redirect> {
  const redirects = new Map<string, Redirect>();
  const add = (path: string, redirect: Redirect): void => {
    redirects.set(plainPath(path), redirect);
  };
  for (const path of withdrawn) add(path, { kind: "gone" });
  // Later entries overwrite earlier ones, so an existing article beats a path that is said to be gone.
  for (const { id, redirects: paths, guessedRedirects } of articles) {
    for (const path of [...paths, ...guessedRedirects]) add(path, { kind: "article", id });
  }
  for (const path of feedPaths) {
    if (!isAnswered(path)) add(path, { kind: "path", path: feedPath(SITE_SCOPE, formatOf(path)) });
  }
  for (const [from, name] of categoryNames.renamed) {
    const path = decodedScopePath({ kind: "category", name: from });
    add(path, { kind: "scope", scope: { kind: "category", name } });
  }
  return redirects;
}

/** The format that a feed's file most likely had. */
function formatOf(path: string): FeedFormat {
  if (path.endsWith(".json")) return "json";
  return /atom/i.test(path) ? "atom" : "rss";
}

/** The dictionary of Chinese readings. It takes as long as a hundred articles, so it is loaded only where a title may need it. */
async function loadPinyin(articles: readonly BundledArticle[]): Promise<PinyinOf> {
  const isHan = (name: string): boolean => /\p{Script=Han}/u.test(name);
  if (!articles.some(({ categories, tags }) => categories.some(isHan) || tags.some(isHan))) {
    return String;
  }
  const { pinyin } = await import("pinyin-pro");
  return (text) => pinyin(text, { toneType: "none" });
}
