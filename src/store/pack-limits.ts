import type { PackLimits } from "./cut-packs.ts";

const BYTES_PER_KIB = 1024;
/** The uncompressed size of a newspaper's article, from which limits are computed whatever the articles are. */
const TYPICAL_ARTICLE_BYTES = 5 * BYTES_PER_KIB;
/**
 * Half of the 1,000 writes a day of the free plan. For 100,000 articles, lists take some 50 more, and share cards some
 * 200.
 */
const MOST_ARTICLE_PACKS = 500;
/**
 * The size of site that the default is made for. Smaller sites use the same packs, so that growing rewrites nothing.
 */
const DESIGN_ARTICLES = 100_000;
const SMALLEST_ARTICLES_PER_PACK = 16;
/**
 * A share page reads a whole pack, which is one of 1.7 MB with this many articles. Archives that would need larger
 * packs have outgrown the free plan's storage, and with it the limit on writes.
 */
const LARGEST_ARTICLES_PER_PACK = 512;

/**
 * The smallest power of two that keeps the articles' packs within a day's writes of the free plan, except for huge
 * archives.
 */
export function defaultArticlesPerPack(articleCount: number): number {
  const articles = Math.max(articleCount, DESIGN_ARTICLES);
  let articlesPerPack = SMALLEST_ARTICLES_PER_PACK;
  while (
    articles / articlesPerPack > MOST_ARTICLE_PACKS &&
    articlesPerPack < LARGEST_ARTICLES_PER_PACK
  ) {
    articlesPerPack *= 2;
  }
  return articlesPerPack;
}

/** How the `articles` map is cut, from a half to twice the size asked for. */
export function articlePackLimits(articlesPerPack: number): PackLimits {
  const targetBytes = articlesPerPack * TYPICAL_ARTICLE_BYTES;
  return { minimumBytes: targetBytes / 2, maximumBytes: targetBytes * 2 };
}

/**
 * How the `collections` map is cut. A publish changes a head in every scope that it adds to, and so nearly every pack
 * of heads whatever their size, so large packs mean fewer writes for the same bytes. Compressed, a pack takes some 40 %
 * of this.
 */
export const COLLECTION_PACK_LIMITS: PackLimits = {
  minimumBytes: 512 * BYTES_PER_KIB,
  maximumBytes: 2048 * BYTES_PER_KIB,
};

export const REDIRECT_PACK_LIMITS: PackLimits = {
  minimumBytes: 128 * BYTES_PER_KIB,
  maximumBytes: 512 * BYTES_PER_KIB,
};
