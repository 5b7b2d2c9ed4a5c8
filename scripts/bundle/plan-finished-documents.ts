import type { Site } from "../../src/domain/site.ts";
import type { ListedCategory } from "../../src/render/category-index.ts";
import { renderCategoryIndex } from "../../src/render/category-index.ts";
import { NEWS, renderNewsArticles } from "../../src/render/news-sitemap.ts";
import { renderOpml } from "../../src/render/opml.ts";
import {
  NEWS_SITEMAP_KEY,
  OPML_KEY,
  categoryIndexKey,
  encodeNewsHead,
} from "../../src/store/collection-entry.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { lazyPackEntry } from "../../src/store/pack.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { planHomeCategories } from "./plan-home-categories.ts";
import type { PinyinOf } from "./title-initial.ts";
import { compareInitials, titleInitial } from "./title-initial.ts";

const EMPTY = new Uint8Array();

/** The clock of whoever asks may be behind the newest article. */
const NEWS_SLACK_SECONDS = 3600;

/**
 * The documents that grow with the number of scopes, or of articles a day: to make them on request would take too long.
 *
 * @param newsName of the publication in the news sitemap; undefined where there is none
 */
export function planFinishedDocuments(
  site: Site,
  directory: readonly PlannedCollection[],
  pinyinOf: PinyinOf,
  newsName: string | undefined,
): readonly PackEntry[] {
  const scopes = directory.map(({ collection: { scope, title }, head: { count } }) => ({
    scope,
    title,
    count,
  }));
  return [
    lazyPackEntry(OPML_KEY, EMPTY, renderOpml(site, scopes)),
    ...planHomeCategories(site, directory),
    ...renderCategoryIndex(site, listedCategories(site, directory, pinyinOf)).map((page, index) =>
      lazyPackEntry(categoryIndexKey(index + 1), EMPTY, page),
    ),
    ...(newsName === undefined ? [] : planNewsSitemap(site, directory, newsName)),
  ];
}

/** Which of the articles are not too old is decided when somebody asks; never are those that are older than two days before the newest. */
function planNewsSitemap(
  site: Site,
  directory: readonly PlannedCollection[],
  newsName: string,
): readonly PackEntry[] {
  const all = directory.find(({ collection }) => collection.scope.kind === "site");
  const newest = all?.collection.members.slice(0, NEWS.most) ?? [];
  const since = (newest[0]?.published.epochSeconds ?? 0) - NEWS.seconds - NEWS_SLACK_SECONDS;
  const articles = newest.filter(({ published }) => published.epochSeconds >= since);
  if (articles.length === 0) return [];
  const { xml, ends } = renderNewsArticles(site, newsName, articles);
  return [lazyPackEntry(NEWS_SITEMAP_KEY, encodeNewsHead(ends), xml)];
}

/** The categories in the order of the list of all. */
function listedCategories(
  site: Site,
  directory: readonly PlannedCollection[],
  pinyinOf: PinyinOf,
): readonly ListedCategory[] {
  const { compare } = new Intl.Collator(site.language);
  return directory
    .flatMap(({ collection: { scope, title, members }, head: { count } }) => {
      const newest = members[0]?.published;
      if (scope.kind !== "category" || newest === undefined) return [];
      return [{ scope, title, count, newest, ...titleInitial(title, site.language, pinyinOf) }];
    })
    .toSorted(
      (a, b) =>
        compareInitials(a.initial, b.initial) ||
        compare(a.reading, b.reading) ||
        compare(a.title, b.title),
    );
}
