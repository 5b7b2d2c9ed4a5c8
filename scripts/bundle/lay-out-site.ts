import { join } from "node:path";
import { serialize } from "node:v8";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { decodedScopePath, feedPath } from "../../src/domain/links.ts";
import { plainPath } from "../../src/domain/plain-path.ts";
import { isAnswered } from "../../src/domain/routes.ts";
import { SITE_SCOPE } from "../../src/domain/scope.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { defaultArticlesPerPack } from "../../src/store/pack-limits.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import { createCardCoverage } from "../cards/card-coverage.ts";
import { fontSlices } from "../cards/card-fonts.ts";
import { createCardDrawer } from "../cards/draw-card.ts";
import { createPictureCardDrawer } from "../cards/draw-picture-card.ts";
import { cardDiagnostics } from "../check/card-diagnostics.ts";
import { podcastShow } from "../check/podcast-show.ts";
import type { Settings } from "../config/settings.ts";
import { unmadePictures } from "../pictures/made-before.ts";
import { pictureFolder } from "../pictures/picture-folder.ts";
import { siteLook } from "../look/site-look.ts";
import type { BundledArticle } from "../read/article/store-article.ts";
import { keeping } from "../read/cache/with-cache.ts";
import { copyLocalFiles } from "../read/files/copy-local-files.ts";
import type { FilesOfArticle, UnmadePictures } from "../read/files/plan-served-files.ts";
import { THIS_PROGRAM } from "../program/load-program.ts";
import { dueMoments } from "../read/scheduled.ts";
import { REMOVED_FILE, readRemoved } from "../removed/read-removed.ts";
import { withdrawArticles } from "../removed/withdraw-articles.ts";
import type { BundleInput, BundledSite, ReadSite } from "./bundled-site.ts";
import { plannedAnew } from "./bundled-release.ts";
import { runtimeOf } from "./bundle-basis.ts";
import { cacheFile } from "./cache-file.ts";
import { finishedDiagnostics } from "./finished-diagnostics.ts";
import type { KeptBundle } from "./kept-bundle.ts";
import type { KeptLists } from "./kept-lists.ts";
import { NO_KEPT_LISTS, openKeptLists } from "./kept-lists.ts";
import { hashOfLook } from "./kept-bundle.ts";
import { makePictureCards } from "./make-picture-cards.ts";
import { planRelease } from "./plan-release.ts";
import { isNotFoundPage, siteWithNavigation } from "./site-with-navigation.ts";
import type { PinyinOf } from "./title-initial.ts";

/** A site that was bundled, and all that is to be kept of it besides the state of its files. */
export interface LaidOutSite {
  readonly site: BundledSite;
  readonly kept: Omit<KeptBundle, "state">;
}

/** Lays out the release of articles that have been read, without those that `removed.txt` names now. */
export async function layOutSite(
  read: ReadSite,
  input: Pick<BundleInput, "root" | "settings" | "assets" | "cacheFolder" | "drawsLater" | "io">,
): Promise<LaidOutSite> {
  const { root, assets, drawsLater = false } = input;
  const settings = drawsLater ? { ...input.settings, cards: 0 } : input.settings;
  const removed = await readRemoved(join(root, REMOVED_FILE));
  const { report, gone } = withdrawArticles(read.report, removed, settings.hosts);
  const { articles, pages, skipped, diagnostics: beforeFiles } = report;
  const pictures = pictureFolder(input);
  const look = await siteLook(root, settings, pictures);
  const show = podcastShow(root, { ...settings, site: look.site }, articles);
  const slices = fontSlices();
  const redirects = redirectsOf(articles, gone, settings);
  const planned = planRelease({
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
    keptLists: await keptListsOf(input),
    ...(settings.publishHook === null
      ? {}
      : { onTime: { hook: settings.publishHook, due: dueMoments(skipped) } }),
    ...(Object.keys(settings.searchEngines).length === 0
      ? {}
      : { searchEngines: settings.searchEngines }),
  });
  const pictureCards = await makePictureCards({
    site: look.site,
    articles,
    count: settings.cards,
    pictures,
    folder: `${pictures}-cards`,
    draw: createPictureCardDrawer(slices),
  });
  const served = [...articles, ...pages, ...look.files, ...show.files, ...pictureCards].flatMap(
    filesOf,
  );
  const localFiles = [...read.report.articles, ...read.report.pages].flatMap(
    (each) => each.localFiles,
  );
  const unmade: UnmadePictures = drawsLater
    ? unmadePictures(localFiles, pictures).files
    : new Map();
  const hasUndrawnCards = drawsLater && input.settings.cards > 0 && articles.length > 0;
  const behindFiles = [
    ...look.diagnostics,
    ...show.diagnostics,
    ...cardDiagnostics(articles, settings, createCardCoverage(slices)),
  ];
  return {
    site: {
      release: plannedAnew(planned),
      skipped,
      diagnostics: finishedDiagnostics(root, [
        ...beforeFiles,
        ...copyLocalFiles(served, pictures, assets, unmade),
        ...behindFiles,
      ]),
      toFollow:
        hasUndrawnCards || unmade.size > 0
          ? { pictures: unmade.size, cards: hasUndrawnCards }
          : null,
      sources: async () => ({ read, articles, redirects }),
    },
    kept: {
      release: { manifest: planned.manifest, keys: planned.values.map(({ key }) => key) },
      redirects: serialize(redirects),
      look: hashOfLook(look),
      skipped,
      diagnostics: { beforeFiles, behindFiles },
      served,
      localFiles,
      pictureCards: pictureCards.flatMap((card) => card.localFiles.map(({ file }) => file)),
    },
  };
}

/** What earlier bundlings planned for scopes, with the same code and the same data of languages and time zones. */
async function keptListsOf({
  cacheFolder,
  settings,
  io,
}: Pick<BundleInput, "cacheFolder" | "settings" | "io">): Promise<KeptLists> {
  if (cacheFolder === null) return NO_KEPT_LISTS;
  const files = keeping(() => ({
    lists: cacheFile(cacheFolder, "lists", settings),
    bodies: cacheFile(cacheFolder, "pages", settings),
  }));
  return openKeptLists(files, contentHash([await THIS_PROGRAM.hash(), runtimeOf(io)]));
}

/** What is to be served of an article or page; nothing for most. */
function filesOf({ path, localFiles, published }: FilesOfArticle): readonly FilesOfArticle[] {
  if (localFiles.length === 0) return [];
  return [published === undefined ? { path, localFiles } : { path, localFiles, published }];
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
