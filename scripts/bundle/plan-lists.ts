import { scopeKey } from "../../src/domain/scope.ts";
import { cutPlaces, rankOfKey } from "../../src/store/cut-packs.ts";
import { COLLECTION_PACK_LIMITS } from "../../src/store/pack-limits.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { encodePack, packHash } from "../../src/store/pack.ts";
import type { PlannedPack } from "../../src/store/sorted-map.ts";
import { deflateByLength } from "../read/article/deflate-by-length.ts";
import { DamagedCache } from "../read/cache/with-cache.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import type { ArticleCells } from "./article-cells.ts";
import { changedArticles } from "./article-cells.ts";
import type { Collection } from "./collect-scopes.ts";
import type { FeedContext } from "./feed-digest.ts";
import type { KeptBodies } from "./kept-bodies.ts";
import type { KeptLists, KeptScope } from "./kept-lists.ts";
import type { ListRows } from "./list-rows.ts";
import { emptyRows } from "./list-rows.ts";
import type { PageName } from "./page-name.ts";
import type {
  ArticlePlaces,
  EntriesBefore,
  ListEntry,
  PlannedCollection,
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

/** An entry that does not stand in the rows as it is. */
interface FreshEntry extends ListEntry {
  /** The scope's number; that behind the last where it has none. */
  readonly scope: number;
  /** Its key, a character for each byte. */
  readonly text: string;
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
  const fresh: FreshEntry[] = [];
  const replanned = new Map<Collection, PlannedCollection>();
  for (const { collection, scope } of touched) {
    const { entries, ...planned } = planCollection(collection, context, places, {
      named: (name) => named.get(textOf(name)) ?? null,
      page: pageBefore(collection.title, numbers.get(scopeKey(collection.scope))),
    });
    replanned.set(collection, planned);
    for (const one of entries) fresh.push({ ...one, scope, text: latin1(one.entry.key) });
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
  const planned = collections.map(
    (collection, index) => replanned.get(collection) ?? plannedBefore(collection, scopes[index]),
  );
  const remake = createRemake((scope) => {
    const collection = collections[scope];
    return collection === undefined ? [] : planCollection(collection, context, places).entries;
  });
  return {
    planned,
    packs: (others) => {
      const beside = others.map((entry): FreshEntry => ({
        entry,
        name: null,
        articles: 0,
        body: null,
        scope: scopes.length,
        text: latin1(entry.key),
      }));
      const sorted = [...fresh, ...beside].toSorted((a, b) => (a.text < b.text ? -1 : 1));
      const merged = mergedRows(kept, renumbered, sorted);
      kept.replace({ rows: merged.rows, scopes, cells });
      return packsOf(merged, scopes.length, kept.bodies, remake);
    },
  };
}

/**
 * The entries of changed scopes by their names, and archive pages also by their keys, as far as their bodies were kept: what is as it was is not
 * made again.
 */
function entriesBefore({ rows, bodies }: KeptLists, renumbered: Int32Array) {
  const named = new Map<string, ListEntry>();
  const pages = new Map<string, ListEntry>();
  if (bodies === null) return { named, pages };
  for (let row = 0; row < rows.count; row += 1) {
    if ((renumbered[rows.scope(row)] ?? 0) >= 0) continue;
    const name = rows.name(row);
    const body = rows.body(row);
    if (name === null || body === null) continue;
    const entry = { ...keptEntry(rows, row), deflate: () => bodies.body(body) };
    const found = { entry, name, articles: rows.articles(row), body };
    named.set(textOf(name), found);
    if (found.articles > 0) pages.set(latin1(entry.key), found);
  }
  return { named, pages };
}

function textOf({ digest, before }: PageName): string {
  return `${digest} ${before}`;
}

function keptEntry(rows: ListRows, row: number): Omit<PackEntry, "deflate"> {
  const [key, hash, size, rank] = [rows.key(row), rows.hash(row), rows.size(row), rows.rank(row)];
  return { key, head: EMPTY, hash, size, rank };
}

function plannedBefore(collection: Collection, kept: KeptScope | undefined): PlannedCollection {
  if (kept === undefined) throw new TypeError(`"${scopeKey(collection.scope)}" was not planned`);
  const { title, members } = collection;
  const { window, known, digest, newestPage } = kept;
  return {
    collection,
    window: members.slice(0, window),
    known,
    head: { title, count: members.length, digest, newestPage },
  };
}

/** The rows of a release, and what is in them: a row that was kept, or an entry. */
interface MergedRows {
  readonly rows: ListRows;
  readonly entries: readonly (FreshEntry | undefined)[];
}

/** Puts entries, which are sorted, between the rows of unchanged scopes. */
function mergedRows(
  { rows, bodies }: KeptLists,
  renumbered: Int32Array,
  fresh: readonly FreshEntry[],
): MergedRows {
  const isKept = (row: number): boolean => (renumbered[rows.scope(row)] ?? -1) >= 0;
  /** Runs of rows that stay, and between them entries. */
  const parts: (readonly [start: number, end: number] | FreshEntry)[] = [];
  let [row, count, keyBytes] = [0, 0, 0];
  const takeUpTo = (end: number): void => {
    while (row < end) {
      while (row < end && !isKept(row)) row += 1;
      const start = row;
      while (row < end && isKept(row)) row += 1;
      if (row === start) continue;
      parts.push([start, row]);
      count += row - start;
      keyBytes += rows.keyStart(row) - rows.keyStart(start);
    }
  };
  for (const one of fresh) {
    takeUpTo(rows.floor(one.entry.key, row));
    parts.push(one);
    count += 1;
    keyBytes += one.entry.key.byteLength;
  }
  takeUpTo(rows.count);
  const merged = emptyRows(count, keyBytes);
  const entries: (FreshEntry | undefined)[] = [];
  let keysStart = 0;
  for (const part of parts) {
    if ("entry" in part) {
      const { entry, scope, name, articles } = part;
      const body = part.body ?? bodies?.addedBody(entry.hash) ?? null;
      merged.keys.set(entry.key, keysStart);
      keysStart += entry.key.byteLength;
      const rank = entry.rank ?? rankOfKey(entry.key);
      merged.write(entries.length, keysStart, { entry, rank, scope, name, articles, body });
      entries.push(part);
    } else {
      const [start, end] = part;
      merged.copy(rows, part, entries.length, keysStart, renumbered);
      keysStart += rows.keyStart(end) - rows.keyStart(start);
      entries.length += end - start;
    }
  }
  return { rows: merged, entries };
}

/** Finds an entry of a scope by its row. */
type Remake = (rows: ListRows, row: number) => PackEntry;

/** Makes entries whose bodies were not kept, since nobody asked for them until now: their scopes are planned after all. */
function createRemake(planAnew: (scope: number) => readonly ListEntry[]): Remake {
  const planned = new Map<number, ReadonlyMap<string, PackEntry>>();
  return (rows, row) => {
    const scope = rows.scope(row);
    const entries =
      planned.get(scope) ??
      new Map(planAnew(scope).map(({ entry }) => [latin1(entry.key), entry] as const));
    planned.set(scope, entries);
    const entry = entries.get(latin1(rows.key(row)));
    if (entry?.hash === rows.hash(row)) return entry;
    throw new DamagedCache("What was kept of a list is not what comes of it");
  };
}

/** @param scopes the number of scopes; what is in none is not kept */
function packsOf(
  { rows, entries }: MergedRows,
  scopes: number,
  bodies: KeptBodies | null,
  remake: Remake,
): readonly PlannedPack[] {
  const sizes = new Float64Array(rows.count);
  const ranks = new Uint32Array(rows.count);
  for (let row = 0; row < rows.count; row += 1) {
    sizes[row] = rows.size(row);
    ranks[row] = rows.rank(row);
  }
  const encode = (start: number, end: number): Uint8Array => {
    const made: PackEntry[] = [];
    const toKeep = new Set<PackEntry>();
    const pack = rowsFrom(start, end).map((row): PackEntry => {
      const own = entries[row]?.entry;
      const body = rows.body(row);
      if (bodies !== null && body !== null) {
        return { ...(own ?? keptEntry(rows, row)), deflate: () => bodies.body(body) };
      }
      const entry = own ?? remake(rows, row);
      made.push(entry);
      if (rows.scope(row) < scopes) toKeep.add(entry);
      return entry;
    });
    const deflated = deflateByLength(made);
    for (const [entry, body] of deflated) if (toKeep.has(entry)) bodies?.keep(entry.hash, body);
    const value = encodePack(
      pack.map((entry) => ({ ...entry, deflate: () => deflated.get(entry) ?? entry.deflate() })),
    );
    bodies?.flush();
    return value;
  };
  return cutPlaces(sizes, ranks, COLLECTION_PACK_LIMITS).map(([start, end]) => ({
    firstKey: Uint8Array.from(rows.key(start)),
    hash: packHash(rowsFrom(start, end).map((row) => ({ hash: rows.hash(row) }))),
    encode: () => encode(start, end),
  }));
}

function rowsFrom(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

function latin1(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString("latin1");
}
