import type { Publishing, SiteSize } from "./scale-model.ts";

/*
 * What the index of `search` takes besides, in the model of `scale-model.ts`. It was measured with generated articles of 5 KB: 100,000 over
 * five years with leads, 800 with texts.
 */

export const SEARCH_MODES = ["leads", "text"] as const;

interface SearchNeeds {
  /** In KV, and what a first deploy writes. */
  readonly storedBytes: number;
  readonly values: number;
  /** Of a day, besides. */
  readonly writes: number;
  readonly uploadedBytes: number;
}

/** Of an article, in the index. */
const BYTES = { leads: 230, text: 3740 } as const;
const CHARACTERS = { leads: 125, text: 1770 } as const;

/** As `scripts/bundle/plan-search.ts` lays it out. */
const PART_CHARACTERS = 600_000;
const NEWEST_PART_CHARACTERS = 1_000_000;
const CYCLE_DAYS = 14;
/** With the newest articles are those of a week, and of the days since a part was written last. */
const NEWEST_DAYS = 7 + CYCLE_DAYS / 2;
const IDS_PER_VALUE = 65_536;
const ID_BYTES = 7;

export function searchNeeds(
  { articles }: SiteSize,
  day: Publishing,
  mode: (typeof SEARCH_MODES)[number],
): SearchNeeds {
  const newest = Math.min(articles, NEWEST_DAYS * day.articles);
  const older = Math.ceil(((articles - newest) * CHARACTERS[mode]) / PART_CHARACTERS);
  const newestParts = Math.max(1, Math.ceil((newest * CHARACTERS[mode]) / NEWEST_PART_CHARACTERS));
  const olderBytes = (articles - newest) * BYTES[mode];
  const idsWithNewest = Math.min(articles, IDS_PER_VALUE / 2) * ID_BYTES;
  return {
    storedBytes: articles * BYTES[mode],
    values: older + newestParts + Math.floor(articles / IDS_PER_VALUE),
    writes: day.deploys * newestParts + older / CYCLE_DAYS,
    uploadedBytes: day.deploys * (newest * BYTES[mode] + idsWithNewest) + olderBytes / CYCLE_DAYS,
  };
}
