import type { RandomSource } from "./random-source.ts";

/**
 * How the newspapers' job wrote its files over the years:
 *
 * 1. a digest in Markdown, a date without a zone, the address of the source and nothing below it;
 * 2. the same with a footer of two relative links;
 * 3. the same with a zone, and a footer of two links without a scheme;
 * 4. a quoted digest, then HTML on one line;
 * 5. HTML in paragraphs on lines of their own, the share page's address, a footer that names the category's page.
 */
export type ArticleGeneration = 1 | 2 | 3 | 4 | 5;

/** What a mixed article is like. */
export interface ArticleTraits {
  readonly generation: ArticleGeneration;
  readonly hasLinks: boolean;
  /** From another host. */
  readonly hasPictures: boolean;
  /** Spans and anchors of quotes, as financial news has them about every company; in HTML only. */
  readonly hasStocks: boolean;
  readonly hasTable: boolean;
  /** How long the body gets at least, in bytes of UTF-8. */
  readonly bytes: number;
}

/** Parts of all articles. The first three generations are Markdown. */
const TRAIT_SHARES = {
  generations: { 1: 0.03, 2: 0.05, 3: 0.12, 4: 0.25, 5: 0.55 },
  markdown: 0.2,
  links: 0.4,
  pictures: 0.15,
  stocks: 0.15,
  tables: 0.03,
  long: 0.05,
} as const;

const MEDIAN_BYTES = 5000;
/** Of the logarithm. With it one of twenty is below 2.2 KB, and one above 11 KB. */
const DEVIATION = 0.5;
const LARGEST_USUAL_BYTES = 19_000;
const LONG_BYTES = { least: 20_000, most: 200_000 } as const;

/** Draws what an article is like. */
export function drawTraits(random: RandomSource): ArticleTraits {
  const generation = drawGeneration(random);
  const has = (share: number): boolean => random.fraction() < share;
  return {
    generation,
    hasLinks: has(TRAIT_SHARES.links),
    hasPictures: has(TRAIT_SHARES.pictures),
    hasStocks: has(TRAIT_SHARES.stocks / (1 - TRAIT_SHARES.markdown)) && generation > 3,
    hasTable: has(TRAIT_SHARES.tables),
    bytes: has(TRAIT_SHARES.long) ? longBytes(random) : usualBytes(random),
  };
}

function drawGeneration(random: RandomSource): ArticleGeneration {
  const fraction = random.fraction();
  const shares = TRAIT_SHARES.generations;
  if (fraction < shares[1]) return 1;
  if (fraction < shares[1] + shares[2]) return 2;
  if (fraction < shares[1] + shares[2] + shares[3]) return 3;
  return fraction < shares[1] + shares[2] + shares[3] + shares[4] ? 4 : 5;
}

/** Log-normal: two uniform numbers become a normal one by Box and Muller's method. */
function usualBytes(random: RandomSource): number {
  const normal =
    Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction());
  return Math.min(MEDIAN_BYTES * Math.exp(DEVIATION * normal), LARGEST_USUAL_BYTES);
}

/** After Pareto's law: a quarter as many are twice as long. Public sites have about so many of 50 KB and of 100 KB. */
function longBytes(random: RandomSource): number {
  const { least, most } = LONG_BYTES;
  return least / Math.sqrt(1 - random.fraction() * (1 - (least / most) ** 2));
}
