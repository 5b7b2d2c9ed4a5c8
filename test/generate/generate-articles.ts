import { wallClock } from "../../src/domain/moment.ts";
import {
  GIVEN_CHARACTERS,
  PAPER_KINDS,
  PLACE_BEGINNINGS,
  PLACE_ENDINGS,
  SURNAMES,
} from "./generator-words.ts";
import type { ArticleFacts, GeneratedArticle, GeneratedCategory } from "./written-article.ts";
import { mixedArticle, plainArticle } from "./written-article.ts";
import { RandomSource } from "./random-source.ts";

/** What to generate. Article `k` of a seed has the same text in every run that gives it the same categories and days. */
export interface GeneratorOptions {
  readonly seed: number;
  /**
   * "mixed": the five generations of the newspapers' format, with links, pictures, spans, tables and Markdown, as real ones
   * have them (see article-traits.ts). "plain": the newest format and nothing but paragraphs, all about 5 KB long.
   */
  readonly texts: "mixed" | "plain";
  /** The number of the first article: 1000 goes on where a run of 1000 articles ended. */
  readonly first: number;
  readonly count: number;
  /** Category sizes follow Zipf's law: the second has half the articles of the first, the third a third of them. */
  readonly categories: number;
  /** The first day, by the papers' clock: midnight as seconds since 1970. */
  readonly startSeconds: number;
  /** The articles are spread over so many days. */
  readonly days: number;
  /** Tags besides those of the newspapers, of sizes after Zipf's law, of which each article has two; none by default. */
  readonly topics?: number;
  /**
   * Reporters, of sizes after Zipf's law, of whom each plain article has one; a fifth have a correspondent besides, hardly ever
   * the same twice. By default both are drawn anew for each article.
   */
  readonly reporters?: number;
}

/** There are no more names than these. */
export const MAXIMUM_CATEGORIES =
  PLACE_BEGINNINGS.length * PLACE_ENDINGS.length * PAPER_KINDS.length;

/** The paper's clock: China knows one offset. */
const OFFSET_MINUTES = 8 * 60;
const SECONDS_PER_DAY = 86_400;

/** Papers come out in the morning. */
const FIRST_HOUR = 5;
const LAST_HOUR = 11;

const CORRESPONDENT_SHARE = 0.2;

/** Digits of a legacy code behind its day. */
const SERIAL_DIGITS = 10;
/** Without a factor in common with 10^10, so that no two articles get one serial number. */
const SERIAL_STEP = 2_240_157_037n;

/**
 * Makes articles as a newspaper's job writes them, one at a time.
 *
 * @throws RangeError for more categories than there are names
 */
export function* generateArticles(options: GeneratorOptions): Generator<GeneratedArticle> {
  const categories = generateCategories(options.categories);
  const shares = zipfShares(options.categories);
  const topicShares = zipfShares(options.topics ?? 0);
  const reporterShares = zipfShares(options.reporters ?? 0);
  for (let number = options.first; number < options.first + options.count; number += 1) {
    yield generateArticle(number, options, categories, { shares, topicShares, reporterShares });
  }
}

/** The names of the first `count` categories, the largest first. They are the same for any count. */
export function generateCategories(count: number): readonly GeneratedCategory[] {
  if (count < 1 || count > MAXIMUM_CATEGORIES) {
    throw new RangeError(`Cannot name ${count} categories: 1 to ${MAXIMUM_CATEGORIES} have names`);
  }
  const names = PAPER_KINDS.flatMap((kind) =>
    PLACE_ENDINGS.flatMap((ending) =>
      PLACE_BEGINNINGS.map((beginning) => ({
        slug: beginning[1] + ending[1] + kind[1],
        title: beginning[0] + ending[0] + kind[0],
      })),
    ),
  );
  return names.slice(0, count);
}

/** For each category the part of all articles that it and the larger ones hold; the last is 1. */
function zipfShares(count: number): Float64Array {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 1; rank <= count; rank += 1) {
    sum += 1 / rank;
    sums[rank - 1] = sum;
  }
  return sums.map((part) => part / sum);
}

/** Draws an index, each as often as its part of the whole. */
function pickIndex(random: RandomSource, shares: Float64Array): number {
  const fraction = random.fraction();
  let low = 0;
  let high = shares.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shares[middle] ?? 1) > fraction) high = middle;
    else low = middle + 1;
  }
  return low;
}

function pickCategory(
  random: RandomSource,
  categories: readonly GeneratedCategory[],
  shares: Float64Array,
): GeneratedCategory {
  const index = pickIndex(random, shares);
  const category = categories[index];
  if (category === undefined) {
    throw new RangeError(`Cannot pick a category: none is number ${index}`);
  }
  return category;
}

/** Two tags; none where there are no topics. */
function pickTopics(random: RandomSource, shares: Float64Array): readonly string[] {
  if (shares.length === 0) return [];
  return [1, 2].map(() => `话题${pickIndex(random, shares) + 1}`);
}

/** One of the reporters, and whether a correspondent helped; nothing where there are none. */
function pickWriters(
  random: RandomSource,
  shares: Float64Array,
): Pick<ArticleFacts, "reporter" | "hasCorrespondent"> {
  if (shares.length === 0) return {};
  const index = pickIndex(random, shares);
  const given = (place: number): string => GIVEN_CHARACTERS[place % GIVEN_CHARACTERS.length] ?? "";
  const surname = SURNAMES[index % SURNAMES.length] ?? "";
  return {
    reporter: surname + given(Math.floor(index / SURNAMES.length)) + given(7 * index),
    hasCorrespondent: random.fraction() < CORRESPONDENT_SHARE,
  };
}

interface Shares {
  readonly shares: Float64Array;
  readonly topicShares: Float64Array;
  readonly reporterShares: Float64Array;
}

function generateArticle(
  number: number,
  { seed, days, startSeconds, texts }: GeneratorOptions,
  categories: readonly GeneratedCategory[],
  { shares, topicShares, reporterShares }: Shares,
): GeneratedArticle {
  // The text has a stream of its own, so that another span of days or other categories leave it alone.
  const random = new RandomSource(seed, 2 * number);
  const place = new RandomSource(seed, 2 * number + 1);
  const category = pickCategory(place, categories, shares);
  const clock = wallClock({
    epochSeconds:
      startSeconds +
      place.integer(0, days - 1) * SECONDS_PER_DAY +
      place.integer(FIRST_HOUR * 3600, LAST_HOUR * 3600),
    offsetMinutes: OFFSET_MINUTES,
  }).toISOString();
  const facts: ArticleFacts = {
    category,
    tags: [`${category.title}新闻`, ...pickTopics(place, topicShares)],
    day: clock.slice(0, 10),
    time: clock.slice(11, 19),
    serial: serial(seed, number),
    ...pickWriters(place, reporterShares),
  };
  return texts === "plain" ? plainArticle(random, facts) : mixedArticle(random, facts);
}

/** Ten digits that no other article of the seed has. */
function serial(seed: number, number: number): string {
  const digits = BigInt(seed + 1) * 7_919n + BigInt(number) * SERIAL_STEP;
  return String(digits % 10n ** BigInt(SERIAL_DIGITS)).padStart(SERIAL_DIGITS, "0");
}
