import type { ArchivePage } from "../domain/archive.ts";
import { isPageName } from "../domain/archive.ts";
import type { Article, ArticleHeader, ArticleRef } from "../domain/article.ts";
import { compareNewestFirst } from "../domain/article.ts";
import { formatDay } from "../domain/moment.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import type { CardId } from "../domain/card-id.ts";
import type { Result } from "../domain/result.ts";
import { allOk, failed, mapped, ok } from "../domain/result.ts";
import { plainPath } from "../domain/plain-path.ts";
import type { Scope } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import type { SitePage } from "../domain/site-page.ts";
import type { LinkedArticle } from "./article-entry.ts";
import {
  ANY_ARTICLE,
  articleKey,
  decodeLinkedArticle,
  shareIdOfKey,
  decodeArticle,
  decodeArticleHead,
  headBeginning,
} from "./article-entry.ts";
import { cardKey, decodeCardHead } from "./card-entry.ts";
import type {
  CollectionHead,
  CollectionPage,
  HomeCategories,
  StoredNews,
} from "./collection-entry.ts";
import {
  HOME_CATEGORIES_KEY,
  NEWS_SITEMAP_KEY,
  OPML_KEY,
  categoryIndexKey,
  SITE_DAYS_KEY,
  decodeHead,
  decodeHomeCategoriesHead,
  decodeNewsHead,
  decodePage,
  decodePageIndex,
  decodeRefs,
  authorKeysPrefix,
  authorOfKey,
  headKey,
  pageIndexKey,
  pageKey,
  sitePagesPrefix,
} from "./collection-entry.ts";
import type { ContentHash } from "./content-hash.ts";
import type { Manifest } from "./manifest.ts";
import type { MapName } from "./release-contents.ts";
import type { PrerenderedFeedFailure, PrerenderedView } from "./prerendered-feed.ts";
import { gzippedDocument } from "./prerendered-feed.ts";
import type { DeflatedBody, FoundEntry, PackFailure } from "./pack.ts";
import { Pack, packKey } from "./pack.ts";
import { decodeSitePageHead, sitePageKey } from "./page-entry.ts";
import type { Redirect } from "./redirect-entry.ts";
import { decodeRedirect, redirectKeys, strongRedirectKey } from "./redirect-entry.ts";
import type { ValueCache } from "./value-cache.ts";

const encoder = new TextEncoder();

/** The part of a KV namespace that the store uses. */
export interface ValueSource {
  get(
    key: string,
    options: { readonly type: "arrayBuffer"; readonly cacheTtl: number },
  ): Promise<ArrayBuffer | null>;
}

/**
 * Why something that the release names could not be read. None of these means that it does not exist, so the answer is
 * 503, never 404.
 */
export type StoreFailure =
  | { readonly reason: "kv-failed"; readonly key: string; readonly detail: string }
  | { readonly reason: "value-missing"; readonly key: string }
  | { readonly reason: "value-corrupted"; readonly key: string; readonly detail: string };

export type StoreResult<Value> = Promise<Result<Value, StoreFailure>>;

/** The most KV reads of one request. */
export const MOST_READS = 32;

/** How many articles are looked at on each side for some of the same category. */
const NEIGHBOUR_REACH = 32;
/** How many related articles are shown. */
const MOST_RELATED = 4;

/** A share card's picture, and the hash of what is on it. */
export interface StoredCard {
  readonly hash: string;
  readonly png: Uint8Array;
}

/** A year, because a value never changes under its key. */
const CACHE_TTL_SECONDS = 31_536_000;
/** KV takes nothing shorter (https://developers.cloudflare.com/kv/platform/limits/; until January 2026 it was 60). */
const SHORTEST_CACHE_TTL_SECONDS = 30;

/**
 * Reads one release for one request. Opened packs are shared between the requests of an isolate through `cache`; reads
 * under way are shared within the request only, because the Workers runtime forbids waiting for another request's I/O.
 */
export class ReleaseStore {
  readonly manifest: Manifest;
  readonly #values: ValueSource;
  readonly #cache: ValueCache<Pack>;
  readonly #pending = new Map<ContentHash, StoreResult<Pack>>();

  constructor(manifest: Manifest, values: ValueSource, cache: ValueCache<Pack>) {
    this.manifest = manifest;
    this.#values = values;
    this.#cache = cache;
  }

  /** An article; null where the release has none of that id. One read. */
  async article(id: ShareId): StoreResult<Article | null> {
    const decode = bodyAs((body, head) => decodeArticle(id, head, body));
    return this.#read("articles", articleKey(id), decode);
  }

  /**
   * An article and its related articles, newest first: the nearest of the same first category in its pack, mostly of the same
   * day; where they are few, others of the day too. One read, and nothing that is stored depends on the neighbours.
   */
  async articleToReadOn(
    id: ShareId,
  ): StoreResult<{ readonly article: Article; readonly related: readonly LinkedArticle[] } | null> {
    const key = articleKey(id);
    return this.#read("articles", key, ({ head, readBody }, pack) => {
      const body = readBody();
      if (!body.ok) return body;
      const article = decodeArticle(id, head, body.value);
      return mapped(relatedIn(pack, key, article), (related) => ({ article, related }));
    });
  }

  /** A page of the site's own; null where the release has none at that address. One read. */
  async sitePage(address: string): StoreResult<SitePage | null> {
    const decode = bodyAs((body, head) => ({ ...decodeSitePageHead(address, head), body }));
    return this.#read("articles", sitePageKey(address), decode);
  }

  /** Whether the release has an article. One read; none where no pack can hold it. */
  async hasArticle(id: ShareId): StoreResult<boolean> {
    const found = await this.#read("articles", articleKey(id), ok);
    return mapped(found, (entry) => entry !== null);
  }

  /**
   * The articles of a feed, with bodies as they are stored. One read for each pack, all at once. Those behind `most`, and those
   * from the first on that lies in a pack too many, are what the list says, without a body; this depends on the release alone, not
   * on what this isolate has read before. What is missing is left out.
   *
   * @param refs newest first
   * @param most how many are read
   * @param otherReads how many reads the request takes besides, at most
   */
  async feedArticles(
    refs: readonly ArticleRef[],
    most: number,
    otherReads: number,
  ): StoreResult<readonly Article<DeflatedBody | null>[]> {
    const reading = new Map<ContentHash, StoreResult<Pack>>();
    const places: { readonly id: ShareId; readonly key: Uint8Array; readonly hash: ContentHash }[] =
      [];
    let readable = 0;
    for (const { id } of refs.slice(0, most)) {
      const key = articleKey(id);
      const hash = this.manifest.packOf("articles", key);
      if (hash !== null) {
        if (!reading.has(hash)) {
          if (reading.size === MOST_READS - otherReads) break;
          reading.set(hash, this.#pack(hash));
        }
        places.push({ id, key, hash });
      }
      readable += 1;
    }
    // Nothing is waited for but packs: what waits for each of hundreds of articles costs more than reading them.
    const packs = new Map<ContentHash, Pack>();
    for (const [hash, opening] of reading) {
      const pack = await opening;
      if (!pack.ok) return pack;
      packs.set(hash, pack.value);
    }
    const articles: Article<DeflatedBody | null>[] = [];
    for (const { id, key, hash } of places) {
      const pack = packs.get(hash);
      const article = pack === undefined ? ok(null) : entryIn(pack, hash, key, storedArticle(id));
      if (!article.ok) return article;
      if (article.value !== null) articles.push(article.value);
    }
    for (const ref of refs.slice(readable)) articles.push(listedArticle(ref));
    return ok(articles);
  }

  /** The heads of articles; one that is missing is left out. One read for each pack, all at once. */
  async articleHeaders(ids: readonly ShareId[]): StoreResult<readonly ArticleHeader[]> {
    const reading = ids.map(async (id) =>
      this.#read("articles", articleKey(id), ({ head }) => ok(decodeArticleHead(id, head))),
    );
    return mapped(allOk(await Promise.all(reading)), (headers) =>
      headers.filter((header) => header !== null),
    );
  }

  /** Packs of the index by their names; null for one that the release does not have. One read for each, all at once. */
  async searchPacks(names: readonly string[]): StoreResult<readonly (Pack | null)[]> {
    const reading = names.map(async (name) => {
      const hash = this.manifest.packOf("search", encoder.encode(name));
      return hash === null ? ok(null) : this.#pack(hash);
    });
    return allOk(await Promise.all(reading));
  }

  /** The head of a scope; null where there is no such scope. One read; none where the manifest can tell. */
  async head(scope: Scope): StoreResult<CollectionHead | null> {
    const record = this.manifest.scope(scope);
    if (record?.count === 0) return ok({ ...record, newest: [] });
    if (this.manifest.lacks(scope)) return ok(null);
    return this.#read("collections", headKey(scope), bodyAs(decodeHead));
  }

  /**
   * Authors whose names have the same beginning as one, out of the pack in which that one would be: mostly all of them. Those of a
   * single article are among them, whom the manifest does not name. One read.
   */
  async authorsBeside(name: string, beginning: string): StoreResult<readonly string[]> {
    const prefix = authorKeysPrefix(beginning);
    const hash = this.manifest.packOf("collections", headKey({ kind: "author", name }));
    if (hash === null) return ok([]);
    return mapped(await this.#pack(hash), ({ keys }) => [
      ...new Set(Array.from(keys.indexesOf(prefix), (index) => authorOfKey(keys.key(index)))),
    ]);
  }

  /** The archive pages of a scope, newest first; empty where there is no such scope. One read; none where the manifest can tell. */
  async pageIndex(scope: Scope): StoreResult<readonly ArchivePage[]> {
    if (this.#isEmpty(scope)) return ok([]);
    const pages = await this.#read("collections", pageIndexKey(scope), bodyAs(decodePageIndex));
    return mapped(pages, (known) => known ?? []);
  }

  /**
   * The site's newest articles for digests, with leads; null where its head knows as many. One read, mostly of the pack with
   * the head.
   */
  async siteDays(): StoreResult<readonly ArticleRef[] | null> {
    return this.#read("collections", SITE_DAYS_KEY, bodyAs(decodeRefs));
  }

  /** One archive page; null where there is no such page. One read; none where the manifest can tell. */
  async page(scope: Scope, name: string): StoreResult<CollectionPage | null> {
    if (this.#isEmpty(scope) || !isPageName(name)) return ok(null);
    return this.#read("collections", pageKey(scope, name), bodyAs(decodePage));
  }

  /** Whether a scope has no article, as far as the manifest can tell. */
  #isEmpty(scope: Scope): boolean {
    return this.manifest.lacks(scope) || this.manifest.scope(scope)?.count === 0;
  }

  /** The finished categories of the home page; null where there are none. One read, mostly of the site's head's pack. */
  async homeCategories(): StoreResult<HomeCategories | null> {
    const decode = bodyAs((html, head) => ({ html, newest: decodeHomeCategoriesHead(head) }));
    return this.#read("collections", HOME_CATEGORIES_KEY, decode);
  }

  /** A finished page of the list of all categories; null where there is none. One read. */
  async categoryIndex(page: number): StoreResult<Uint8Array | null> {
    return this.#read("collections", categoryIndexKey(page), ({ readBody }) => readBody());
  }

  /** The finished articles of the news sitemap; null where there are none. One read. */
  async news(): StoreResult<StoredNews | null> {
    const decode = bodyAs((xml, head) => ({ xml, ends: decodeNewsHead(head) }));
    return this.#read("collections", NEWS_SITEMAP_KEY, decode);
  }

  /** The finished list of all feeds, as it is stored; null where the release has none. One read. */
  async opml(): StoreResult<DeflatedBody | null> {
    return this.#read("collections", OPML_KEY, ({ storedBody }) => storedBody());
  }

  /** The current share card with an id; null where the release has none. One read. */
  async card(id: CardId): StoreResult<StoredCard | null> {
    const decode = bodyAs((png, head) => ({ hash: decodeCardHead(head), png }));
    return this.#read("cards", cardKey(id), decode);
  }

  /** The packs with the site's archive pages of one period, such as `2022-01`. No read. */
  sitePagePacks(period: string): readonly ContentHash[] {
    return this.manifest.packsOf("collections", sitePagesPrefix(period));
  }

  /** All articles of one period, in the order of their pages. One read for each of `sitePagePacks`, all at once. */
  async sitePages(period: string): StoreResult<readonly ArticleRef[]> {
    const reading = this.sitePagePacks(period).map(async (hash) => {
      const pack = await this.#pack(hash);
      if (!pack.ok) return pack;
      const entries = pack.value.entriesOf(sitePagesPrefix(period));
      const bodies = entries.ok ? allOk(entries.value.map((entry) => entry.readBody())) : entries;
      return orCorrupted(packKey(hash), bodies);
    });
    return mapped(allOk(await Promise.all(reading)), (packs) =>
      packs.flat().flatMap((page) => decodePage(page).refs),
    );
  }

  /**
   * Where an old path leads; null where the release knows none. One read, two of a path without a date; none where no pack
   * can hold it.
   */
  async redirect(path: string): StoreResult<Redirect | null> {
    for (const key of redirectKeys(path)) {
      const redirect = await this.#redirectUnder(key);
      if (!redirect.ok || redirect.value !== null) return redirect;
    }
    const moved = this.manifest.movedAddresses().get(plainPath(path));
    return ok(moved === undefined ? null : { kind: "article", id: moved });
  }

  /** Where a path leads from which the id of another article would be computed; null for nearly all. No read then. */
  async strongRedirect(path: string): StoreResult<Redirect | null> {
    return this.#redirectUnder(strongRedirectKey(path));
  }

  async #redirectUnder(key: Uint8Array): StoreResult<Redirect | null> {
    return this.#read("redirects", key, ({ head }) => ok(decodeRedirect(head)));
  }

  /**
   * A prerendered feed document, gzipped. One read.
   *
   * @param key of a prerendered feed that the manifest names
   */
  async prerendered(
    key: string,
    format: FeedFormat,
    view: PrerenderedView = "texts",
  ): StoreResult<Uint8Array<ArrayBuffer>> {
    const value = await this.#value(key);
    if (!value.ok) return value;
    return orCorrupted(key, gzippedDocument(value.value, key, format, view));
  }

  /** Reads and decodes the entry under a key; null where there is none. */
  async #read<Value>(
    map: MapName,
    key: Uint8Array,
    decode: Decode<Value>,
  ): StoreResult<Value | null> {
    const hash = this.manifest.packOf(map, key);
    if (hash === null) return ok(null);
    const pack = await this.#pack(hash);
    if (!pack.ok) return pack;
    return entryIn(pack.value, hash, key, decode);
  }

  async #pack(hash: ContentHash): StoreResult<Pack> {
    const cached = this.#cache.get(hash);
    if (cached !== null) return ok(cached);
    const pending = this.#pending.get(hash) ?? this.#openPack(hash);
    this.#pending.set(hash, pending);
    return pending;
  }

  async #openPack(hash: ContentHash): StoreResult<Pack> {
    const key = packKey(hash);
    const value = await this.#value(key);
    if (!value.ok) return value;
    const pack = orCorrupted(key, Pack.open(value.value, hash));
    if (pack.ok) this.#cache.set(hash, pack.value, value.value.byteLength);
    return pack;
  }

  /**
   * A value that the release names. KV remembers that a key was absent for as long as the `cacheTtl` of a read says
   * (https://developers.cloudflare.com/kv/concepts/how-kv-works/), so that is asked once more with the shortest: a value that
   * came late, or was repaired, is seen within half a minute.
   */
  async #value(key: string): StoreResult<Uint8Array<ArrayBuffer>> {
    const get = async (cacheTtl: number): Promise<ArrayBuffer | null> =>
      this.#values.get(key, { type: "arrayBuffer", cacheTtl });
    try {
      const value = (await get(CACHE_TTL_SECONDS)) ?? (await get(SHORTEST_CACHE_TTL_SECONDS));
      return value === null ? failed({ reason: "value-missing", key }) : ok(new Uint8Array(value));
    } catch (error) {
      return failed({ reason: "kv-failed", key, detail: String(error) });
    }
  }
}

/** Decodes an entry of a pack. */
type Decode<Value> = (entry: FoundEntry, pack: Pack) => Result<Value, PackFailure>;

/** Finds and decodes the entry under a key; null where the pack has none. */
function entryIn<Value>(
  pack: Pack,
  hash: ContentHash,
  key: Uint8Array,
  decode: Decode<Value>,
): Result<Value | null, StoreFailure> {
  const entry = pack.find(key);
  if (!entry.ok) return orCorrupted(packKey(hash), entry);
  return entry.value === null ? ok(null) : orCorrupted(packKey(hash), decode(entry.value, pack));
}

/** Makes a decoder of an article whose body stays compressed. */
function storedArticle(id: ShareId): Decode<Article<DeflatedBody>> {
  return ({ head, storedBody }) => mapped(storedBody(), (body) => decodeArticle(id, head, body));
}

function relatedIn(
  pack: Pack,
  key: Uint8Array,
  { categories: [category], published }: Article,
): Result<readonly LinkedArticle[], PackFailure> {
  const nearest = (beginning: Uint8Array): Result<readonly LinkedArticle[], PackFailure> =>
    mapped(pack.nearest(key, beginning, NEIGHBOUR_REACH, MOST_RELATED), (entries) =>
      entries.map((entry) => decodeLinkedArticle(shareIdOfKey(entry.key), entry.head)),
    );
  const alike = category === undefined ? ok([]) : nearest(headBeginning(category));
  if (!alike.ok) return alike;
  if (alike.value.length === MOST_RELATED) return ok(alike.value.toSorted(compareNewestFirst));
  const neighbours = nearest(ANY_ARTICLE);
  if (!neighbours.ok) return neighbours;
  const day = formatDay(published);
  const ofTheDay = neighbours.value.filter(
    ({ id, published: other }) =>
      formatDay(other) === day && alike.value.every((one) => one.id !== id),
  );
  const related = [...alike.value, ...ofTheDay].slice(0, MOST_RELATED);
  return ok(related.toSorted(compareNewestFirst));
}

/** An article as far as a list knows it. */
function listedArticle({ lead, ...ref }: ArticleRef): Article<null> {
  return {
    ...ref,
    summary: lead ?? "",
    titleBreaks: [],
    categories: [],
    tags: [],
    language: null,
    authors: [],
    sourceUrl: null,
    image: null,
    characterCount: 0,
    isPlain: true,
    body: null,
  };
}

/** Makes a decoder of entries from one of bodies, which also gets the head. */
function bodyAs<Value>(
  decode: (body: Uint8Array, head: Uint8Array) => Value,
): (entry: FoundEntry) => Result<Value, PackFailure> {
  return ({ head, readBody }) => mapped(readBody(), (body) => decode(body, head));
}

function orCorrupted<Value>(
  key: string,
  result: Result<Value, PackFailure | PrerenderedFeedFailure>,
): Result<Value, StoreFailure> {
  if (result.ok) return result;
  return failed({ reason: "value-corrupted", key, detail: result.failure.detail });
}
