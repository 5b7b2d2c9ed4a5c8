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
  const others = placesOfOthers(cells.bytes, before.bytes);
  if (others.length === 0) return new Set();
  const count = before.bytes.byteLength / CELL_BYTES;
  const known =
    others.length > MOST_LOOKED_FOR
      ? new Set(Array.from({ length: count }, (_, index) => cellAt(before, index)))
      : null;
  const isKnown = (index: number): boolean =>
    known === null ? hasCell(before.bytes, cells.bytes, index) : known.has(cellAt(cells, index));
  return new Set(
    others.flatMap((index) => {
      const article = articles[index];
      return article === undefined || isKnown(index) ? [] : article;
    }),
  );
}

/** So many cells are looked for by going through all; of more, a set is made. */
const MOST_LOOKED_FOR = 50;
/** Cells that are the same are passed over so many at a time. */
const RUN = 64;
/** How far behind a cell its like is looked for, where articles came or went. */
const DISTANCES = Array.from({ length: 16 }, (_, index) => index + 1);

/** The places of cells that do not stand among others in the same order, most of which do; a few of these may stand elsewhere. */
function placesOfOthers(cells: Buffer, before: Buffer): readonly number[] {
  const places: number[] = [];
  const count = cells.byteLength / CELL_BYTES;
  const countBefore = before.byteLength / CELL_BYTES;
  const isSame = (at: number, atBefore: number, length: number): boolean =>
    at + length <= count &&
    atBefore + length <= countBefore &&
    cells.compare(
      before,
      atBefore * CELL_BYTES,
      (atBefore + length) * CELL_BYTES,
      at * CELL_BYTES,
      (at + length) * CELL_BYTES,
    ) === 0;
  const goneBefore = (at: number, atBefore: number): number | undefined =>
    DISTANCES.find((distance) => isSame(at, atBefore + distance, 1));
  const cameBefore = (at: number, atBefore: number): number | undefined =>
    DISTANCES.find((distance) => isSame(at + distance, atBefore, 1));
  let [at, atBefore] = [0, 0];
  while (at < count) {
    const run = isSame(at, atBefore, RUN) ? RUN : Number(isSame(at, atBefore, 1));
    at += run;
    atBefore += run;
    if (run > 0) continue;
    const gone = goneBefore(at, atBefore);
    if (gone !== undefined) {
      atBefore += gone;
      continue;
    }
    const came = cameBefore(at, atBefore) ?? null;
    // Where neither is found, the article was changed in its place.
    for (let place = at; place < at + (came ?? 1); place += 1) places.push(place);
    at += came ?? 1;
    atBefore += came === null ? 1 : 0;
  }
  return places;
}

/** Whether a cell stands anywhere among others. */
function hasCell(among: Buffer, cells: Buffer, index: number): boolean {
  const cell = cells.subarray(index * CELL_BYTES, (index + 1) * CELL_BYTES);
  let at = among.indexOf(cell);
  while (at >= 0 && at % CELL_BYTES !== 0) at = among.indexOf(cell, at + 1);
  return at >= 0;
}

function cellAt({ bytes }: ArticleCells, index: number): string {
  return bytes.toString("latin1", index * CELL_BYTES, (index + 1) * CELL_BYTES);
}

/** Half of a hash, since there is one in each cell. */
function hashOfTitles(titles: readonly string[]): string {
  return contentHash(titles).slice(0, TITLES_LENGTH);
}
