import { LEAST_FILES_FOR_INDEX } from "../../scripts/publish/live-index.ts";
import { defaultArticlesPerPack } from "../../src/store/pack-limits.ts";

/*
 * How a site's needs grow, in a model of a few lines. Its figures were measured (`npm run budgets`, `npm run bench`), and
 * a test holds its answers to what was measured. Units are decimal, as Cloudflare bills.
 */

/** What a site holds. As many tags as categories are reckoned with; both have sizes after Zipf's law. */
export interface SiteSize {
  readonly articles: number;
  readonly categories: number;
}

/** A release in KV and in the Worker. */
export interface ReleaseSize {
  readonly articlesPerPack: number;
  /** The first deploy writes each once, and a claim. */
  readonly values: number;
  readonly storedBytes: number;
  readonly manifestBytes: number;
  /** Code and manifest, gzipped. */
  readonly workerBytes: number;
}

/** A day of the editors. */
export interface Publishing {
  readonly deploys: number;
  /** New ones, in all of them together. */
  readonly articles: number;
  /** That they are spread over. */
  readonly categories: number;
}

export interface PublishingNeeds {
  readonly writes: number;
  readonly uploadedBytes: number;
  /** With all that a release of the last 36 hours needs. */
  readonly storedBytes: number;
}

/** A day of the readers. */
export interface ServingNeeds {
  readonly requests: number;
  readonly reads: number;
  readonly cpuSeconds: number;
}

export interface MonthlyCost {
  readonly requests: number;
  readonly cpu: number;
  readonly reads: number;
  readonly writes: number;
  readonly storage: number;
  /** With the plan's own price. */
  readonly total: number;
}

const KB = 1e3;
const MILLION = 1e6;
const GB = 1e9;

/** Compressed: an article of 5 KB with its lines in archive pages; a category and a tag with cards and lists. */
const ARTICLE_BYTES = 3.35 * KB;
const CATEGORY_BYTES = 8.6 * KB;
const PRERENDERED_FEED_BYTES = 148 * KB;
const ARTICLE_CARD_BYTES = 10.5 * KB;
const CATEGORY_CARD_BYTES = 5.9 * KB;
const CARDS = 2000;
const PRERENDERED_FEEDS = 20;

/** What a pack holds on average, for each article asked for, and compressed: packs are cut in two until they fit. */
const ARTICLES_PER_ASKED = 1.1;
const COLLECTION_PACK_BYTES = 450 * KB;
const CARD_PACK_BYTES = 172 * KB;
/** A change falls into a large pack more often than into a small one. */
const SIZE_OF_THE_HIT = 1.35;
/** Compressed: the head of a category and its tag with their indexes, and an article in the pages of all its scopes. */
const HEAD_BYTES = 2.05 * KB;
const PAGE_LINE_BYTES = 0.096 * KB;

/** What a pack of the index holds, and what a file takes in it, compressed. */
const FILES_PER_INDEX_PACK = 3050;
const INDEXED_FILE_BYTES = 0.18 * KB;
/** New articles lie behind all others, and mostly in one pack. */
const INDEX_WRITES = 1.1;

const CODE_BYTES = 77 * KB;
const MANIFEST_BYTES_PER_SCOPE = 101;
const ZIPPED_BYTES_PER_SCOPE = 34.5;
const ZIPPED_BYTES_PER_PACK = 20;
const TAGS_IN_MANIFEST = 5000;

/** A release's own record, which says what it counts on. */
const CLAIM = 1;
/** Packs beside those that a change falls into, where a cut moves. */
const MOVED_CUTS = 0.5;
/** The site's newest archive page and its categories' pages of the month. */
const PAGE_PACKS = 3;
const DAYS_KEPT = 1.5;

export function releaseSize({ articles, categories }: SiteSize): ReleaseSize {
  const articlesPerPack = defaultArticlesPerPack(articles);
  const cards = Math.min(articles, CARDS);
  const prerenderedFeeds = finishedFeeds(categories);
  const packs =
    textPacks({ articles, categories }) +
    Math.ceil((cards * ARTICLE_CARD_BYTES + categories * CATEGORY_CARD_BYTES) / CARD_PACK_BYTES);
  const scopes = 1 + categories + Math.min(categories, TAGS_IN_MANIFEST);
  return {
    articlesPerPack,
    values: packs + prerenderedFeeds + indexPacks(articles),
    storedBytes:
      articles * (ARTICLE_BYTES + INDEXED_FILE_BYTES) +
      cards * ARTICLE_CARD_BYTES +
      categories * CATEGORY_BYTES +
      prerenderedFeeds * PRERENDERED_FEED_BYTES,
    manifestBytes: scopes * MANIFEST_BYTES_PER_SCOPE,
    workerBytes: CODE_BYTES + scopes * ZIPPED_BYTES_PER_SCOPE + packs * ZIPPED_BYTES_PER_PACK,
  };
}

/** What the first deploy writes of a version that changes the formats of articles, lists and feeds, without old addresses. */
export function writesWithoutCards(site: SiteSize): number {
  return textPacks(site) + finishedFeeds(site.categories) + indexPacks(site.articles) + CLAIM;
}

/** Packs of the index of files, which readers never ask for. */
function indexPacks(articles: number): number {
  return articles < LEAST_FILES_FOR_INDEX ? 0 : Math.ceil(articles / FILES_PER_INDEX_PACK);
}

/** Packs of articles and of lists. */
function textPacks({ articles, categories }: SiteSize): number {
  return (
    Math.ceil(articles / (defaultArticlesPerPack(articles) * ARTICLES_PER_ASKED)) +
    headPacks(categories) +
    Math.ceil((articles * PAGE_LINE_BYTES) / COLLECTION_PACK_BYTES)
  );
}

function finishedFeeds(categories: number): number {
  return 1 + Math.min(categories, PRERENDERED_FEEDS);
}

export function publishingNeeds(site: SiteSize, day: Publishing): PublishingNeeds {
  const release = releaseSize(site);
  const added = day.articles / day.deploys;
  const shares = zipfShares(Math.min(day.categories, site.categories));
  const articlePacks = 1 + MOVED_CUTS;
  const indexWrites = indexPacks(site.articles) === 0 ? 0 : INDEX_WRITES;
  const lists = fallInto(headPacks(site.categories), 2 * touchedOf(shares, added)) + PAGE_PACKS;
  const prerenderedFeeds = 1 + touchedOf(shares.slice(0, PRERENDERED_FEEDS), added);
  // Cards of one day lie together, and new ones fall between those of the same day.
  const cards = sumOf(
    Array.from({ length: day.deploys }, (_, deploy) => {
      const packsOfDay = ((deploy + 1) * added * ARTICLE_CARD_BYTES) / CARD_PACK_BYTES;
      return fallInto(Math.max(1, packsOfDay), added) + MOVED_CUTS;
    }),
  );
  const packBytes =
    articlePacks * release.articlesPerPack * ARTICLES_PER_ASKED * ARTICLE_BYTES +
    lists * COLLECTION_PACK_BYTES;
  const uploadedBytes =
    day.deploys *
      (packBytes * SIZE_OF_THE_HIT +
        prerenderedFeeds * PRERENDERED_FEED_BYTES +
        indexWrites * FILES_PER_INDEX_PACK * INDEXED_FILE_BYTES +
        release.manifestBytes) +
    cards * CARD_PACK_BYTES * SIZE_OF_THE_HIT;
  return {
    writes: day.deploys * (CLAIM + articlePacks + indexWrites + lists + prerenderedFeeds) + cards,
    uploadedBytes,
    storedBytes: release.storedBytes + DAYS_KEPT * uploadedBytes,
  };
}

function headPacks(categories: number): number {
  return Math.ceil((categories * HEAD_BYTES) / COLLECTION_PACK_BYTES);
}

/** What each of so many categories has of all articles. */
function zipfShares(categories: number): readonly number[] {
  const weights = Array.from({ length: categories }, (_, rank) => 1 / (rank + 1));
  const sum = sumOf(weights);
  return weights.map((weight) => weight / sum);
}

/** In how many of the categories at least one of so many new articles stands. */
function touchedOf(shares: readonly number[], articles: number): number {
  return sumOf(shares.map((share) => 1 - (1 - share) ** articles));
}

/** How many of so many packs at least one of so many changes falls into. */
function fallInto(packs: number, changes: number): number {
  return packs * (1 - (1 - 1 / packs) ** changes);
}

/** Of all requests, what is asked for how often, and what it costs: reads of KV, and CPU as `npm run bench` measures it. */
interface RequestKind {
  readonly name: string;
  readonly share: number;
  readonly reads: number;
  readonly cpuMicroseconds: number;
}

export const REQUEST_KINDS: readonly RequestKind[] = [
  { name: "poll of a feed that has not changed: 304", share: 0.5, reads: 0, cpuMicroseconds: 90 },
  { name: "feed of the site or a busy category", share: 0.08, reads: 1, cpuMicroseconds: 160 },
  { name: "feed made on request", share: 0.02, reads: 13, cpuMicroseconds: 1700 },
  { name: "share page", share: 0.3, reads: 1, cpuMicroseconds: 250 },
  { name: "list, home", share: 0.04, reads: 2, cpuMicroseconds: 300 },
  { name: "share card", share: 0.03, reads: 1, cpuMicroseconds: 150 },
  { name: "old address, unknown address", share: 0.03, reads: 1, cpuMicroseconds: 130 },
];

/** Without any cache before the Worker or in it, and so the most that it can be. */
export function servingNeeds(requests: number): ServingNeeds {
  const mean = (of: (kind: RequestKind) => number): number =>
    sumOf(REQUEST_KINDS.map((kind) => kind.share * of(kind)));
  return {
    requests,
    reads: requests * mean(({ reads }) => reads),
    cpuSeconds: (requests * mean(({ cpuMicroseconds }) => cpuMicroseconds)) / MILLION,
  };
}

/** What the free plan allows in a day. */
export const FREE_PLAN = {
  requests: 100_000,
  reads: 100_000,
  writes: 1000,
  storedBytes: GB,
} as const;

const DAYS_PER_MONTH = 30;
const PLAN_DOLLARS = 5;
/** Included in a month, and what a unit more costs. */
const PAID_PLAN = {
  requests: { included: 10 * MILLION, dollars: 0.3 / MILLION },
  cpuMilliseconds: { included: 30 * MILLION, dollars: 0.02 / MILLION },
  reads: { included: 10 * MILLION, dollars: 0.5 / MILLION },
  writes: { included: MILLION, dollars: 5 / MILLION },
  storedBytes: { included: GB, dollars: 0.5 / GB },
} as const;

/** A month of the paid plan, in dollars. */
export function monthlyCost(publishing: PublishingNeeds, serving: ServingNeeds): MonthlyCost {
  const costs = {
    requests: costOf("requests", serving.requests * DAYS_PER_MONTH),
    cpu: costOf("cpuMilliseconds", serving.cpuSeconds * KB * DAYS_PER_MONTH),
    reads: costOf("reads", serving.reads * DAYS_PER_MONTH),
    writes: costOf("writes", publishing.writes * DAYS_PER_MONTH),
    storage: costOf("storedBytes", publishing.storedBytes),
  };
  return { ...costs, total: PLAN_DOLLARS + sumOf(Object.values(costs)) };
}

function costOf(what: keyof typeof PAID_PLAN, amount: number): number {
  const { included, dollars } = PAID_PLAN[what];
  return Math.max(0, amount - included) * dollars;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
