import { hash } from "node:crypto";
import { contentHash } from "../../src/store/content-hash.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import type { Collection } from "./collect-scopes.ts";
import type { FeedContext } from "./feed-digest.ts";

/** The hash of an article's entry, the name of the pack that it lies in, and a hash of the titles of its categories. */
const HASH_LENGTH = 22;
const PACK_START = HASH_LENGTH;
const PACK_LENGTH = 10;
const TITLES_START = PACK_START + PACK_LENGTH;
const TITLES_LENGTH = 12;
const CELL_BYTES = TITLES_START + TITLES_LENGTH;

/**
 * Makes a function that hashes all that decides what is planned for a scope, but for the code and Node's data: the settings, its
 * title, and of each article its place in the order, its entry, which holds its date and all that is shown of it, what its categories are
 * called, and its pack.
 *
 * @param newestFirst all articles
 * @param packName of the pack that holds an article: an id, or less
 */
export function createScopeInputs(
  newestFirst: readonly StoredArticle[],
  { site, basis, categoryTitle }: FeedContext,
  packName: (article: StoredArticle) => string,
): (collection: Collection) => string {
  const cells = Buffer.alloc(newestFirst.length * CELL_BYTES);
  const titles = new Map<readonly string[], string>();
  for (const [index, article] of newestFirst.entries()) {
    const at = index * CELL_BYTES;
    const { categories } = article;
    const named = titles.get(categories) ?? hashOfTitles(categories.map(categoryTitle));
    titles.set(categories, named);
    cells.write(article.entry.hash, at, "latin1");
    cells.write(packName(article), at + PACK_START, PACK_LENGTH, "latin1");
    cells.write(named, at + TITLES_START, "latin1");
  }
  const shared = contentHash([JSON.stringify(site), basis]);
  let room = Buffer.alloc(CELL_BYTES);
  return ({ scope, title, places }) => {
    const named = JSON.stringify([shared, scopeKey(scope), title]);
    const start = Buffer.byteLength(named);
    const length = start + places.length * CELL_BYTES;
    if (room.byteLength < length) room = Buffer.allocUnsafeSlow(2 * length);
    room.write(named);
    for (const [index, place] of places.entries()) {
      const at = place * CELL_BYTES;
      cells.copy(room, start + index * CELL_BYTES, at, at + CELL_BYTES);
    }
    return hash("sha256", room.subarray(0, length), "base64url").slice(0, HASH_LENGTH);
  };
}

/** Half of a hash, since there is one in each cell. */
function hashOfTitles(titles: readonly string[]): string {
  return contentHash(titles).slice(0, TITLES_LENGTH);
}
