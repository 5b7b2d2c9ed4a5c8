import type { Site } from "../../src/domain/site.ts";
import type { ListedCategory } from "../../src/render/category-index.ts";
import { renderCategoryIndex } from "../../src/render/category-index.ts";
import { renderOpml } from "../../src/render/opml.ts";
import { OPML_KEY, categoryIndexKey } from "../../src/store/collection-entry.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { lazyPackEntry } from "../../src/store/pack.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { planHomeCategories } from "./plan-home-categories.ts";
import type { PinyinOf } from "./title-initial.ts";
import { compareInitials, titleInitial } from "./title-initial.ts";

const EMPTY = new Uint8Array();

/** The documents that grow with the number of scopes: to make them on request would take too long. */
export function planFinishedDocuments(
  site: Site,
  directory: readonly PlannedCollection[],
  pinyinOf: PinyinOf,
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
  ];
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
