import type { PackLimits } from "./cut-packs.ts";

const BYTES_PER_KIB = 1024;
/** An article of a newspaper, uncompressed: what a pack's size is reckoned with, whatever the articles are. */
const TYPICAL_ARTICLE_BYTES = 5 * BYTES_PER_KIB;
/**
 * Half of the 1,000 writes that the free plan allows in a day: lists take some 100 of a site of 100,000 articles, share
 * cards some 280.
 */
const MOST_ARTICLE_PACKS = 500;
/** The site that the default is made for; smaller ones use the same packs, so that growing rewrites nothing. */
const DESIGN_ARTICLES = 100_000;
const SMALLEST_ARTICLES_PER_PACK = 16;

/** The smallest power of two that keeps the articles' packs within a day's writes of the free plan. */
export function defaultArticlesPerPack(articleCount: number): number {
  const articles = Math.max(articleCount, DESIGN_ARTICLES);
  let articlesPerPack = SMALLEST_ARTICLES_PER_PACK;
  while (articles / articlesPerPack > MOST_ARTICLE_PACKS) articlesPerPack *= 2;
  return articlesPerPack;
}

/** How the `articles` map is cut, from a quarter to three times the size asked for. */
export function articlePackLimits(articlesPerPack: number): PackLimits {
  const targetBytes = articlesPerPack * TYPICAL_ARTICLE_BYTES;
  return {
    keysPerCut: articlesPerPack,
    minimumBytes: targetBytes / 4,
    maximumBytes: targetBytes * 3,
  };
}

/**
 * How `collections` is cut. A publish touches a head in every scope it adds to: larger packs mean that several of them
 * share a write, smaller ones that less is sent for each.
 */
export const COLLECTION_PACK_LIMITS: PackLimits = {
  keysPerCut: 128,
  minimumBytes: 256 * BYTES_PER_KIB,
  maximumBytes: 1024 * BYTES_PER_KIB,
};

export const REDIRECT_PACK_LIMITS: PackLimits = {
  keysPerCut: 1024,
  minimumBytes: 64 * BYTES_PER_KIB,
  maximumBytes: 512 * BYTES_PER_KIB,
};
