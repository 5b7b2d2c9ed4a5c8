import type { Publishing, SiteSize } from "./scale-model.ts";

/*
 * What some parts take besides, in the model of `scale-model.ts`: the index of `search`, authors, and addresses that have to be stored.
 * It was measured with generated articles of 5 KB: search with 100,000 over five years by leads and 800 by texts, the others by
 * `npm run budgets` with 30,000 and 100,000 articles, with and without (`--authors 0`, `--permalink /:slug/`).
 */

export interface PartNeeds {
  /** In KV, and what a first deploy writes. */
  readonly storedBytes: number;
  readonly values: number;
  /** Of a day, besides. */
  readonly writes: number;
  readonly uploadedBytes: number;
}

/** By what a site has: settings as they are written, or what it is. */
export const PARTS: Readonly<Record<string, (site: SiteSize, day: Publishing) => PartNeeds>> = {
  "search = true": (site, day) => searchNeeds(site, day, "leads"),
  'search = "text"': (site, day) => searchNeeds(site, day, "text"),
  authors: authorsNeeds,
  "addresses as /:title/": addressesNeeds,
};

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

function searchNeeds({ articles }: SiteSize, day: Publishing, mode: keyof typeof BYTES): PartNeeds {
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

/** As many reporters, and a fifth of the articles with a correspondent who hardly ever signs twice. */
const REPORTERS = 2000;
const CORRESPONDENTS = 0.2;
const MOST_AUTHORS = 200_000;
/** Compressed: an author's head with its key, and an article in the pages of its authors. */
const AUTHOR_BYTES = 300;
const AUTHORS_LINE_BYTES = 85;
const LIST_PACK_BYTES = 1e6;
/** A change falls into a large pack more often than into a small one. */
const SIZE_OF_THE_HIT = 1.35;

function authorsNeeds({ articles }: SiteSize, day: Publishing): PartNeeds {
  const authors = Math.min(articles, MOST_AUTHORS, REPORTERS + CORRESPONDENTS * articles);
  const headPacks = (authors * AUTHOR_BYTES) / LIST_PACK_BYTES;
  const storedBytes = authors * AUTHOR_BYTES + articles * AUTHORS_LINE_BYTES;
  // Those of a publish lie anywhere among the heads, and in one pack of the newest archive pages.
  const writes = day.deploys * (Math.min(headPacks, day.articles / day.deploys) + 1);
  return {
    storedBytes,
    values: Math.ceil(storedBytes / LIST_PACK_BYTES),
    writes,
    uploadedBytes: writes * LIST_PACK_BYTES * SIZE_OF_THE_HIT,
  };
}

/** An old address with its key; `scripts/bundle/plan-redirects.ts` cuts packs, and keeps the newest apart for some three weeks. */
const ADDRESS_BYTES = 90;
const ADDRESSES_PER_PACK = 8700;
const DAYS_APART = 1.5 * CYCLE_DAYS;

function addressesNeeds({ articles }: SiteSize, day: Publishing): PartNeeds {
  const values = Math.ceil(articles / ADDRESSES_PER_PACK);
  const young = Math.min(articles, DAYS_APART * day.articles);
  const youngPacks = Math.ceil(young / ADDRESSES_PER_PACK);
  const olderBytes = (articles - young) * ADDRESS_BYTES;
  return {
    storedBytes: articles * ADDRESS_BYTES,
    values,
    writes: day.deploys * youngPacks + values / CYCLE_DAYS,
    uploadedBytes: day.deploys * young * ADDRESS_BYTES + olderBytes / CYCLE_DAYS,
  };
}
