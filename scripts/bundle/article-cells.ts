import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import type { FeedContext } from "./feed-digest.ts";

/** The hash of an article's entry, the name of the pack that it lies in, and a hash of the titles of its categories. */
const HASH_LENGTH = 22;
const PACK_START = HASH_LENGTH;
const PACK_LENGTH = 10;
const TITLES_START = PACK_START + PACK_LENGTH;
const TITLES_LENGTH = 12;
const CELL_BYTES = TITLES_START + TITLES_LENGTH;

/** All of articles that decides what is planned for the scopes that they are in, a cell for each. */
export interface ArticleCells {
  readonly bytes: Buffer;
  /** A hash of the settings that decide it too. */
  readonly settings: ContentHash;
}

/**
 * The cells of articles. An entry holds an article's date, and all that is shown of it, and so says which scopes it is in; beside it
 * stand what its categories are called, and its pack.
 *
 * @param packName of the pack that holds an article: an id, or less
 */
export function cellsOf(
  articles: readonly StoredArticle[],
  { site, basis, categoryTitle }: FeedContext,
  packName: (article: StoredArticle) => string,
): ArticleCells {
  const bytes = Buffer.alloc(articles.length * CELL_BYTES);
  const titles = new Map<readonly string[], string>();
  for (const [index, article] of articles.entries()) {
    const at = index * CELL_BYTES;
    const { categories } = article;
    const named = titles.get(categories) ?? hashOfTitles(categories.map(categoryTitle));
    titles.set(categories, named);
    bytes.write(article.entry.hash, at, "latin1");
    bytes.write(packName(article), at + PACK_START, PACK_LENGTH, "latin1");
    bytes.write(named, at + TITLES_START, "latin1");
  }
  return { bytes, settings: contentHash([JSON.stringify(site), basis]) };
}

/**
 * The articles that are not as they were, or were not there, where the settings are the same.
 *
 * @param cells of these articles, in their order
 */
export function changedArticles(
  articles: readonly StoredArticle[],
  cells: ArticleCells,
  before: ArticleCells,
): ReadonlySet<StoredArticle> {
  const count = before.bytes.byteLength / CELL_BYTES;
  const known = new Set(Array.from({ length: count }, (_, index) => cellAt(before, index)));
  return new Set(articles.filter((_, index) => !known.has(cellAt(cells, index))));
}

function cellAt({ bytes }: ArticleCells, index: number): string {
  return bytes.toString("latin1", index * CELL_BYTES, (index + 1) * CELL_BYTES);
}

/** Half of a hash, since there is one in each cell. */
function hashOfTitles(titles: readonly string[]): string {
  return contentHash(titles).slice(0, TITLES_LENGTH);
}
