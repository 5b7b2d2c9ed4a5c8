import type { Sized } from "./chunk.ts";

/** A larger body is in no feed: a feed with a few of them would take readers longer than their patience lasts. */
export const LARGEST_BODY_BYTES = 200_000;

/** What a feed may hold of bodies. */
export interface BodyLimits {
  /** Of all bodies together. */
  readonly bytes: number;
  /** How many of the newest entries may have one. */
  readonly entries: number;
}

/**
 * For a prerendered feed. As many bodies of 5 KB as a feed may have entries are 2.5 MB, and a long one among them now and then
 * should change nothing. Documents stay below 5 MB, at which readers begin to refuse them (CommaFeed; Miniflux does at 15 MB).
 */
export const PRERENDERED_FEED: BodyLimits = { bytes: 4_000_000, entries: Infinity };

/** For a feed that is made on request: what 8 ms of CPU allow. */
export const FEED_ON_REQUEST: BodyLimits = { bytes: 1_000_000, entries: 100 };

/** Even a combination with very many entries shows so many of the newest whole. */
const LEAST_ENTRIES = 10;
/** To write an entry takes a third of the time of one with its body, and a little more at first. */
const ENTRIES_PER_BODY = 3;

/** For a feed that is made on request, with so many entries: where they are more than may have bodies, each costs time too. */
export function limitsOnRequest(entryCount: number): BodyLimits {
  const { bytes, entries } = FEED_ON_REQUEST;
  const others = Math.max(0, entryCount - entries);
  return {
    bytes,
    entries: Math.max(LEAST_ENTRIES, entries - Math.floor(others / ENTRIES_PER_BODY)),
  };
}

/** For a page of the archive, which is asked for seldom and should be whole. */
export const ARCHIVED_FEED: BodyLimits = { bytes: 3_000_000, entries: 100 };

/**
 * Takes the bodies that a feed has no room for out of its articles. The newest keep theirs first; a smaller one may fit behind
 * a larger one that does not. Sizes are of HTML in UTF-8, so that all formats show the same bodies. An empty body, such as an
 * episode's of nothing but sound, is taken out too: readers would show it in the place of the summary, which is nothing.
 *
 * @param articles newest first
 */
export function withBodiesThatFit<Item extends { readonly body: Sized | null }>(
  articles: readonly Item[],
  limits: BodyLimits,
): readonly (Item | WithoutBody<Item>)[] {
  let bytes = 0;
  return articles.map((article, index) => {
    const size = article.body?.byteLength ?? Infinity;
    const fits =
      size > 0 &&
      index < limits.entries &&
      size <= LARGEST_BODY_BYTES &&
      bytes + size <= limits.bytes;
    if (!fits) return article.body === null ? article : { ...article, body: null };
    bytes += size;
    return article;
  });
}

type WithoutBody<Item> = Omit<Item, "body"> & { readonly body: null };
