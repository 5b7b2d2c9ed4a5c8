import type { Result } from "../domain/result.ts";
import { allOk, failed, mapped, ok } from "../domain/result.ts";
import type { SearchQuery } from "../domain/search-query.ts";
import { termsOf } from "../domain/search-query.ts";
import type { ShareId } from "../domain/share-id.ts";
import { articleKey } from "./article-entry.ts";
import type { ContentHash } from "./content-hash.ts";
import { matchArticles } from "./match-articles.ts";
import type { Pack, PackFailure } from "./pack.ts";
import type { ReleaseStore, StoreResult } from "./release-store.ts";
import type { SearchRecord } from "./search-layout.ts";
import { IDS_KEY, decodeId, partOf, searchPackName } from "./search-layout.ts";
import type { SearchWork } from "./term-list.ts";
import { TermList } from "./term-list.ts";

/** What somebody looks for, and how far. */
export interface SearchRequest {
  readonly query: SearchQuery;
  /** Only articles with a smaller number; null for all. */
  readonly before: number | null;
  /** How many are wanted at most. */
  readonly most: number;
}

export interface FoundArticle {
  readonly id: ShareId;
  /** Its number in the index. */
  readonly number: number;
}

export interface SearchFinds {
  /** The newest first. */
  readonly found: readonly FoundArticle[];
  /** What `before` has to be to go on behind them; null where there is nothing more. */
  readonly older: number | null;
  /** Whether nobody looked at the older ones, because a request may not work so long. */
  readonly isUnfinished: boolean;
  /** How many reads of storage it took at most. */
  readonly reads: number;
}

const NOTHING: SearchFinds = { found: [], older: null, isUnfinished: false, reads: 0 };
/** Inflated for one request and read in lists: a query of 16 terms inflates 400 KB to see whether an article has them all. */
const MOST_BYTES = 400_000;

/**
 * Finds articles, the newest first. All reads of the index are done at once: the values of the newest articles, one for each term, and
 * those with ids. No article is read.
 */
export async function searchRelease(
  store: Pick<ReleaseStore, "searchPacks">,
  record: SearchRecord,
  { query, before, most }: SearchRequest,
): StoreResult<SearchFinds> {
  const range = rangeOf(record, query, before);
  if (range.newest < range.oldest) return ok(NOTHING);
  const names = packNames(record, query, range);
  const opened = await store.searchPacks(names);
  if (!opened.ok) return opened;
  const packs = new Map(names.map((name, index) => [name, opened.value[index] ?? null]));
  const work: SearchWork = { bytes: MOST_BYTES, failure: null };
  const listsOf = (term: string): readonly TermList[] =>
    partsWith(record, term)
      .flatMap((name) => packs.get(name) ?? [])
      .map((pack) => new TermList(pack, term, work));
  const { articles, unseen, isUnfinished } = matchArticles(
    query,
    listsOf,
    { ...range, most },
    work,
  );
  const found =
    work.failure === null
      ? allOk(articles.map((number) => articleAt(number, record, packs)))
      : failed(work.failure);
  if (!found.ok) {
    return failed({ reason: "value-corrupted", key: "search", detail: found.failure.detail });
  }
  const older = unseen === null ? null : unseen + 1;
  return ok({ found: found.value, older, isUnfinished, reads: names.length });
}

/** The first of what was found, as far as so many reads of articles reach; one read at least, so that there is always a way on. */
export function withinReads(store: ReleaseStore, finds: SearchFinds, reads: number): SearchFinds {
  const packs = new Set<ContentHash | null>();
  const end = finds.found.findIndex(
    ({ id }) =>
      packs.add(store.manifest.packOf("articles", articleKey(id))).size > Math.max(1, reads),
  );
  const next = finds.found[end];
  if (next === undefined) return finds;
  return {
    ...finds,
    found: finds.found.slice(0, end),
    older: next.number + 1,
    isUnfinished: false,
  };
}

interface NumberRange {
  readonly newest: number;
  readonly oldest: number;
}

function rangeOf(
  { articles, years }: SearchRecord,
  { year }: SearchQuery,
  before: number | null,
): NumberRange {
  const last = Math.min(before ?? articles, articles) - 1;
  if (year === null) return { newest: last, oldest: 0 };
  const first = years.find(([known]) => known === year)?.[1];
  const next = years.find(([known]) => known > year)?.[1] ?? articles;
  return first === undefined
    ? { newest: -1, oldest: 0 }
    : { newest: Math.min(last, next - 1), oldest: first };
}

/** The values that a search reads. */
function packNames(
  record: SearchRecord,
  query: SearchQuery,
  { newest, oldest }: NumberRange,
): readonly string[] {
  const ids = new Set<string>();
  for (let number = oldest; number <= newest; number += record.idsPerValue) {
    ids.add(idsValue(number, record));
  }
  ids.add(idsValue(newest, record));
  return [...new Set([...[...termsOf(query)].flatMap((term) => partsWith(record, term)), ...ids])];
}

/** The values in which a term may be. */
function partsWith({ newestParts, olderParts }: SearchRecord, term: string): readonly string[] {
  const newest = searchPackName("newest", partOf(term, newestParts));
  return olderParts === 0 ? [newest] : [newest, searchPackName("older", partOf(term, olderParts))];
}

/** The value with the id of an article. */
function idsValue(number: number, { articles, idsPerValue }: SearchRecord): string {
  const value = Math.floor(number / idsPerValue);
  return value < Math.floor(articles / idsPerValue)
    ? searchPackName("ids", value)
    : searchPackName("newest", 0);
}

function articleAt(
  number: number,
  record: SearchRecord,
  packs: ReadonlyMap<string, Pack | null>,
): Result<FoundArticle, PackFailure> {
  const pack = packs.get(idsValue(number, record)) ?? null;
  const ids = pack === null ? ok(EMPTY) : idsOf(pack);
  return mapped(ids, (bytes) => ({ id: decodeId(bytes, number % record.idsPerValue), number }));
}

const EMPTY = new Uint8Array();
/** What was found intact: there are half a million bytes, of which to make a checksum for each article took a third of a search. */
const checkedIds = new WeakMap<Pack, Uint8Array>();

function idsOf(pack: Pack): Result<Uint8Array, PackFailure> {
  const checked = checkedIds.get(pack);
  if (checked !== undefined) return ok(checked);
  return mapped(pack.find(IDS_KEY), (entry) => {
    const ids = entry?.head ?? EMPTY;
    checkedIds.set(pack, ids);
    return ids;
  });
}
