import { join } from "node:path";
import { decodedScopePath } from "../../src/domain/links.ts";
import { defaultArticlesPerPack } from "../../src/store/pack-limits.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import { cardFaults } from "./cards/card-faults.ts";
import { createCoverage, fontSlices } from "./cards/card-fonts.ts";
import { createCardDrawer } from "./cards/draw-card.ts";
import type { Fault } from "./fault.ts";
import { copyLocalFiles } from "./local-images.ts";
import type { PlannedRelease } from "./plan-release.ts";
import { planRelease } from "./plan-release.ts";
import type { ParsedArticle } from "./read-article.ts";
import { readArticles } from "./read-articles.ts";
import { REMOVED_FILE, readRemoved } from "./read-removed.ts";
import { rendererHash } from "./renderer-hash.ts";
import type { Settings } from "./settings.ts";
import { siteClock } from "./site-clock.ts";
import { storeArticle } from "./store-article.ts";
import { withdrawArticles } from "./withdraw-articles.ts";

export interface BundleInput {
  /** Of the project: settings name folders relative to it. */
  readonly root: string;
  readonly settings: Settings;
  /** Where images that stand beside the articles are copied. */
  readonly assets: string;
  /** Seconds since 1970: decides which articles are still to come, and nothing else. */
  readonly now: number;
  readonly progress: (done: number, total: number) => void;
}

/** A release, and what it was made of. */
export interface BundledSite {
  readonly release: PlannedRelease;
  readonly articles: readonly ParsedArticle[];
  /** Old paths, percent-decoded, and where they lead. */
  readonly redirects: ReadonlyMap<string, Redirect>;
  readonly faults: readonly Fault[];
}

/** Reads the articles of a site and lays out its release. Articles with an error stay out, with their faults. */
export async function bundleSite({
  root,
  settings,
  assets,
  now,
  progress,
}: BundleInput): Promise<BundledSite> {
  const removed = await readRemoved(join(root, REMOVED_FILE));
  const { report, gone } = withdrawArticles(readArticles(root, settings, now, progress), removed);
  const { articles, faults } = report;
  const slices = fontSlices();
  const redirects = redirectsOf(articles, gone, settings.renamedCategories);
  const release = planRelease({
    site: settings.site,
    categoryTitles: settings.categoryTitles,
    articles: articles.map(storeArticle),
    redirects,
    editions: settings.editions,
    articlesPerPack:
      settings.articlesPerPack === "auto"
        ? defaultArticlesPerPack(articles.length)
        : settings.articlesPerPack,
    cards: settings.cards,
    drawCard: createCardDrawer(slices),
    renderer: await rendererHash(root),
    localTime: siteClock(settings.site.timeZone),
  });
  return {
    release,
    articles,
    redirects,
    faults: [
      ...faults,
      ...copyLocalFiles(articles, assets),
      ...cardFaults(articles, settings, createCoverage(slices)),
    ],
  };
}

function redirectsOf(
  articles: readonly ParsedArticle[],
  withdrawn: readonly string[],
  renamedCategories: Settings["renamedCategories"],
): ReadonlyMap<string, Redirect> {
  const gone = withdrawn.map((path) => [path, { kind: "gone" }] as const);
  const moved = articles.flatMap(({ id, redirects }) =>
    redirects.map((path) => [path, { kind: "article", id }] as const),
  );
  const renamed = [...renamedCategories].map(
    ([from, to]) =>
      [
        decodedScopePath({ kind: "category", name: from }),
        { kind: "scope", scope: { kind: "category", name: to } },
      ] as const,
  );
  // The later wins: an article that is there goes before a path that is said to be gone.
  return new Map<string, Redirect>([...gone, ...moved, ...renamed]);
}
