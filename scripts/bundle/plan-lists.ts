import { scopeKey } from "../../src/domain/scope.ts";
import { cutPlaces } from "../../src/store/cut-packs.ts";
import { COLLECTION_PACK_LIMITS } from "../../src/store/pack-limits.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { deflated, encodePack, packHash } from "../../src/store/pack.ts";
import type { PlannedPack } from "../../src/store/sorted-map.ts";
import { deflateBody } from "../read/article/deflate-body.ts";
import { deflateByLength } from "../read/article/deflate-by-length.ts";
import { DamagedCache } from "../read/cache/with-cache.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import type { ArticleCells } from "./article-cells.ts";
import { changedArticles } from "./article-cells.ts";
import type { Collection } from "./collect-scopes.ts";
import type { FeedContext } from "./feed-digest.ts";
import type { FreshBodies } from "./fresh-bodies.ts";
import { FreshEntries, NOT_FRESH } from "./fresh-entries.ts";
import type { KeptBodies } from "./kept-bodies.ts";
import type { KeptLists, KeptScope } from "./kept-lists.ts";
import type { ListRows } from "./list-rows.ts";
import { emptyRows } from "./list-rows.ts";
import type { PageName } from "./page-name.ts";
import { createPageRef } from "./page-refs.ts";
import type {
  ArticlePlaces,
  EntriesBefore,
  ListEntry,
  PlannedCollection,
  PlannedEntries,
} from "./plan-collections.ts";
import { planCollection } from "./plan-collections.ts";

const EMPTY = new Uint8Array();

export interface PlannedLists {
  readonly planned: readonly PlannedCollection[];
  /**
   * Lays the lists out in packs, and keeps what was planned for the next time.
   *
   * @param others what else is in the map; it is planned each time
   */
  readonly packs: (others: readonly PackEntry[]) => readonly PlannedPack[];
}

/**
 * Plans the lists and feeds of all scopes. Those of which nothing has changed since the last time are as they were: then they are
 * not looked at, and their entries are rows that are copied.
 */
export function planLists(
  collections: readonly Collection[],
  context: FeedContext,
  places: ArticlePlaces,
  cells: ArticleCells,
  kept: KeptLists,
): PlannedLists {
  const newestFirst = collections[0]?.members ?? [];
  const changed = changedArticles(newestFirst, cells, kept.cells);
  const hasChanged = (articles: readonly StoredArticle[]): boolean =>
    changed.size > 0 && articles.some((article) => changed.has(article));
  const numbers = new Map(kept.scopes.map(({ key }, number) => [key, number]));
  const isSettled = cells.settings === kept.cells.settings;
  const scopes: KeptScope[] = [];
  /** The numbers of unchanged scopes, by those that they had; -1 for others. */
  const renumbered = new Int32Array(kept.scopes.length).fill(-1);
  const touched: { readonly collection: Collection; readonly scope: number }[] = [];
  for (const [scope, collection] of collections.entries()) {
    const { title, members } = collection;
    const key = scopeKey(collection.scope);
    const number = isSettled ? numbers.get(key) : undefined;
    const before = number === undefined ? undefined : kept.scopes[number];
    // Articles that are as they were are in the scopes in which they were: as many of them are the same.
    const isSame =
      before?.title === title && before.count === members.length && !hasChanged(members);
    if (number !== undefined && before !== undefined && isSame) {
      renumbered[number] = scope;
      scopes.push(before);
    } else {
      const nothing = { window: 0, known: 0, digest: context.basis, newestPage: "" };
      touched.push({ collection, scope });
      scopes.push({ key, title, count: members.length, ...nothing });
    }
  }
  const { named, pages } = entriesBefore(kept, renumbered);
  const pageBefore = (title: string, number: number | undefined): EntriesBefore["page"] => {
    // What a page holds of its scope besides the articles is the title.
    const isTitled = number !== undefined && kept.scopes[number]?.title === title;
    if (!isTitled || !isSettled) return () => null;
    return (key, articles) => {
      const page = pages.get(latin1(key)) ?? null;
      return page?.articles === articles.length && !hasChanged(articles) ? page : null;
    };
  };
  const bodies = kept.freshBodies();
  const fresh = new FreshEntries(bodies);
  const pageRef = createPageRef();
  for (const { collection, scope } of touched) {
    const before = {
      named: (name: PageName) => named.get(textOf(name)) ?? null,
      page: pageBefore(collection.title, numbers.get(scopeKey(collection.scope))),
    };
    const planned = planCollection(collection, context, places, pageRef);
    for (const one of planned.entries(before)) fresh.add(one, scope);
    const { digest, newestPage } = planned.head;
    const { window, known } = planned;
    scopes[scope] = {
      key: scopeKey(collection.scope),
      title: collection.title,
      count: collection.members.length,
      window: window.length,
      known,
      digest,
      newestPage,
    };
  }
  const planned = collections.flatMap((collection, index) => {
    const state = scopes[index];
    return state === undefined ? [] : new PlannedScope(collection, state);
  });
  return {
    planned,
    packs: (others) => {
      const beside = new Map<string, PackEntry>();
      for (const entry of others) {
        fresh.addOther(entry, scopes.length);
        beside.set(latin1(entry.key), entry);
      }
      const merged = mergedRows(kept, renumbered, fresh);
      fresh.clear();
      kept.replace({ rows: merged.rows, scopes, cells });
      return packsOf(merged, scopes.length, {
        kept: kept.bodies,
        fresh: bodies,
        other: (key) => beside.get(latin1(key)) ?? null,
        remake: createRemake(collections, context, places),
      });
    },
  };
}

/** The entries of changed scopes by their names, and archive pages also by their keys: what is as it was is not made again. */
function entriesBefore({ rows, bodies }: KeptLists, renumbered: Int32Array) {
  const named = new Map<string, ListEntry>();
  const pages = new Map<string, ListEntry>();
  if (bodies === null) return { named, pages };
  for (let row = 0; row < rows.count; row += 1) {
    if ((renumbered[rows.scope(row)] ?? 0) >= 0) continue;
    const name = rows.name(row);
    if (name === null) continue;
    const [key, hash, articles] = [rows.key(row), rows.hash(row), rows.articles(row)];
    const found = { key, hash, name, articles, body: rows.place(row) };
    named.set(textOf(name), found);
    if (articles > 0) pages.set(latin1(key), found);
  }
  return { named, pages };
}

function textOf({ digest, before }: PageName): string {
  return `${digest} ${before}`;
}

/** A scope with what was planned for it, now or the last time. There are very many, so that it is little more than these two. */
class PlannedScope implements PlannedCollection {
  readonly collection: Collection;
  readonly head: KeptScope;

  constructor(collection: Collection, state: KeptScope) {
    this.collection = collection;
    this.head = state;
  }

  get window(): readonly StoredArticle[] {
    return this.collection.members.slice(0, this.head.window);
  }

  get known(): number {
    return this.head.known;
  }
}

/** The rows of a release. */
interface MergedRows {
  readonly rows: ListRows;
  /** Where the body of each was put that was planned now; `NOT_FRESH` for others. */
  readonly places: Float64Array;
}

/** Puts entries that were planned now between the rows of unchanged scopes. */
function mergedRows(
  { rows, bodies }: KeptLists,
  renumbered: Int32Array,
  fresh: FreshEntries,
): MergedRows {
  const isKept = (row: number): boolean => (renumbered[rows.scope(row)] ?? -1) >= 0;
  let [count, keyBytes] = [fresh.count, fresh.keyBytes];
  for (let row = 0; row < rows.count; row += 1) {
    if (!isKept(row)) continue;
    count += 1;
    keyBytes += rows.keyStart(row + 1) - rows.keyStart(row);
  }
  const merged = emptyRows(count, keyBytes);
  const places = new Float64Array(count).fill(NOT_FRESH);
  let [row, next, keysEnd] = [0, 0, 0];
  const copy = (from: ListRows, run: readonly [number, number], scopes: Int32Array | null) => {
    merged.copy(from, run, next, keysEnd, scopes);
    keysEnd += from.keyStart(run[1]) - from.keyStart(run[0]);
    next += run[1] - run[0];
  };
  const takeUpTo = (end: number): void => {
    while (row < end) {
      while (row < end && !isKept(row)) row += 1;
      const start = row;
      while (row < end && isKept(row)) row += 1;
      if (row > start) copy(rows, [start, row], renumbered);
    }
  };
  for (const number of fresh.sorted()) {
    takeUpTo(rows.floor(fresh.rows.key(number), row));
    places[next] = fresh.place(number);
    copy(fresh.rows, [number, number + 1], null);
    if (bodies?.hasAdded === true && !merged.hasBody(next - 1)) {
      merged.setBody(next - 1, bodies.addedBody(merged.hash(next - 1)));
    }
  }
  takeUpTo(rows.count);
  return { rows: merged, places };
}

/** Gives what entries of scopes hold, by their rows, which are known before one is asked for. */
type Remake = (rows: ListRows, wanted: readonly number[]) => (row: number) => Uint8Array;

/** Makes what was not kept, since nobody asked for it until now: its scope is planned after all, without the entries that are not wanted. */
function createRemake(
  collections: readonly Collection[],
  context: FeedContext,
  places: ArticlePlaces,
): Remake {
  const scopes = new Map<number, PlannedEntries>();
  const pageRef = createPageRef();
  return (rows, wanted) => {
    const keys = new Set(wanted.map((row) => latin1(rows.key(row))));
    const made = new Map<number, ReadonlyMap<string, ListEntry>>();
    const entriesOf = (scope: number): Iterable<ListEntry> => {
      const collection = collections[scope];
      if (collection === undefined) return [];
      const planned = scopes.get(scope) ?? planCollection(collection, context, places, pageRef);
      scopes.set(scope, planned);
      return planned.entries(undefined, (key) => keys.has(latin1(key)));
    };
    return (row) => {
      const scope = rows.scope(row);
      const entries =
        made.get(scope) ??
        new Map(Array.from(entriesOf(scope), (entry) => [latin1(entry.key), entry] as const));
      made.set(scope, entries);
      const entry = entries.get(latin1(rows.key(row)));
      if (entry?.hash === rows.hash(row) && entry.body instanceof Uint8Array) return entry.body;
      throw new DamagedCache("What was kept of a list is not what comes of it");
    };
  };
}

/** Where the bodies of rows come from. */
interface BodySources {
  readonly kept: KeptBodies | null;
  readonly fresh: FreshBodies;
  /** The entry under a key that is in no scope. */
  readonly other: (key: Uint8Array) => PackEntry | null;
  readonly remake: Remake;
}

/** @param scopes the number of scopes; what is in none is not kept */
function packsOf(
  { rows, places }: MergedRows,
  scopes: number,
  { kept, fresh, other, remake }: BodySources,
): readonly PlannedPack[] {
  const sizes = new Float64Array(rows.count);
  const ranks = new Uint32Array(rows.count);
  for (let row = 0; row < rows.count; row += 1) {
    sizes[row] = rows.size(row);
    ranks[row] = rows.rank(row);
  }
  /** Whether the body of a row was kept now. */
  const isKept = new Uint8Array(rows.count);
  const made = (row: number, remade: (row: number) => Uint8Array): PackEntry => {
    const entry = rowEntry(rows, row);
    const place = places[row] ?? NOT_FRESH;
    const body = (): Uint8Array =>
      place === NOT_FRESH ? remade(row) : fresh.get(place, entry.size - entry.key.byteLength);
    return { ...entry, deflate: () => deflated(body(), deflateBody) };
  };
  const isUnkept = (row: number): boolean => !rows.hasBody(row) && places[row] === NOT_FRESH;
  const encode = (start: number, end: number): Uint8Array => {
    const toDeflate = new Map<PackEntry, number>();
    const remade = remake(rows, rowsFrom(start, end).filter(isUnkept));
    const pack = rowsFrom(start, end).map((row): PackEntry => {
      const body = rows.body(row);
      if (kept !== null && body !== null) {
        return { ...rowEntry(rows, row), deflate: () => kept.body(body) };
      }
      const entry = (rows.scope(row) < scopes ? null : other(rows.key(row))) ?? made(row, remade);
      toDeflate.set(entry, row);
      return entry;
    });
    const bodies = deflateByLength([...toDeflate.keys()]);
    for (const [entry, body] of bodies) {
      const row = toDeflate.get(entry) ?? 0;
      if (rows.scope(row) >= scopes || isKept[row] === 1) continue;
      isKept[row] = 1;
      kept?.keep(entry.hash, body);
    }
    const value = encodePack(
      pack.map((entry) => ({ ...entry, deflate: () => bodies.get(entry) ?? entry.deflate() })),
    );
    kept?.flush();
    return value;
  };
  return cutPlaces(sizes, ranks, COLLECTION_PACK_LIMITS).map(([start, end]) => ({
    firstKey: Uint8Array.from(rows.key(start)),
    hash: packHash(rowsFrom(start, end).map((row) => ({ hash: rows.hash(row) }))),
    encode: () => encode(start, end),
  }));
}

/** The entry of a row without what it holds. */
function rowEntry(rows: ListRows, row: number): Omit<PackEntry, "deflate"> {
  return { key: rows.key(row), head: EMPTY, hash: rows.hash(row), size: rows.size(row) };
}

function rowsFrom(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

function latin1(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString("latin1");
}
