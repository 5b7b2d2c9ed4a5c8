import type { Site } from "../../src/domain/site.ts";
import {
  BLOCK_LENGTH,
  NEWEST_ABOVE_BLOCKS,
  hasHomeBlocks,
  renderHomeBlocks,
  renderHomeCategories,
} from "../../src/render/home-page.ts";
import { HOME_CATEGORIES_KEY, encodeHomeCategoriesHead } from "../../src/store/collection-entry.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { lazyPackEntry } from "../../src/store/pack.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { articleRef } from "./article-ref.ts";
import { pictureOf } from "./plan-collections.ts";

/**
 * The categories on the home page, as an entry of the release: with their newest headlines where they are few, without those that stand above them.
 *
 * @param directory every category, and the site
 */
export function planHomeCategories(
  site: Site,
  directory: readonly PlannedCollection[],
): readonly PackEntry[] {
  const categories = directory.flatMap(
    ({ collection: { scope, title, members }, head: { count } }) =>
      scope.kind === "category" ? [{ scope, title, count, members }] : [],
  );
  const all = directory.find(({ collection }) => collection.scope.kind === "site");
  const articles = all?.collection.members ?? [];
  if (!hasHomeBlocks(categories.length, articles.length)) {
    const html = renderHomeCategories(site, categories);
    const head = encodeHomeCategoriesHead(null);
    return html === null ? [] : [lazyPackEntry(HOME_CATEGORIES_KEY, head, html)];
  }
  const above = new Set(articles.slice(0, NEWEST_ABOVE_BLOCKS));
  const blocks = categories.map(({ members, ...category }) => {
    const others = members.filter((article) => !above.has(article));
    const shown = (others.length === 0 ? members : others).slice(0, BLOCK_LENGTH);
    const refs = shown.map((article, index) => ({
      ...articleRef(article, false),
      ...(index === 0 ? pictureOf(article, site) : {}),
    }));
    return { ...category, refs };
  });
  const head = encodeHomeCategoriesHead(NEWEST_ABOVE_BLOCKS);
  return [lazyPackEntry(HOME_CATEGORIES_KEY, head, renderHomeBlocks(site, blocks))];
}
