import type { ArchivePage } from "../domain/archive.ts";
import type { Article, ArticleHeader, ArticleRef } from "../domain/article.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import type { CardId } from "../domain/card-id.ts";
import type { Result } from "../domain/result.ts";
import { failed, ok } from "../domain/result.ts";
import type { Scope } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import { articleKey, decodeArticle, decodeArticleHead, headBeginning } from "./article-entry.ts";
import { cardKey, decodeCardHead } from "./card-entry.ts";
import type { CollectionHead, CollectionPage } from "./collection-entry.ts";
import {
  decodeHead,
  decodePage,
  decodePageIndex,
  headKey,
  pageIndexKey,
  pageKey,
  sitePagesPrefix,
} from "./collection-entry.ts";
import type { ContentHash } from "./content-hash.ts";
import type { Manifest, MapName } from "./manifest.ts";
import { gzippedDocument } from "./prerendered-feed.ts";
import type { DeflatedBody, FoundEntry, PackFailure } from "./pack.ts";
import { Pack } from "./pack.ts";
import type { Redirect } from "./redirect-entry.ts";
import { decodeRedirect, redirectKey } from "./redirect-entry.ts";
import type { ValueCache } from "./value-cache.ts";
import { prerenderedFeedKey, packKey } from "./value-keys.ts";

/** The part of a KV namespace that is read. */
export interface ValueSource {
  get(
    key: string,
    options: { readonly type: "arrayBuffer"; readonly cacheTtl: number },
  ): Promise<ArrayBuffer | null>;
}

/**
 * Why something that the release names could not be read. None of these means that it does not exist: they are
 * answered 503, never 404.
 */
export type StoreFailure =
  | { readonly reason: "kv-failed"; readonly key: string; readonly detail: string }
  | { readonly reason: "value-missing"; readonly key: string }
  | { readonly reason: "value-corrupted"; readonly key: string; readonly detail: string };

export type StoreResult<Value> = Promise<Result<Value, StoreFailure>>;

/** An article with others of its category. */
export interface ArticleToReadOn {
  readonly article: Article;
  /** Two at most. */
  readonly related: readonly ArticleHeader[];
}

/** How many articles are looked at on each side for one of the same category. */
const NEIGHBOUR_REACH = 32;

/** A picture and the hash of what is on it. */
export interface StoredCard {
  readonly hash: string;
  readonly png: Uint8Array;
}

/** An entry, and the key in KV of the pack that it is in. */
interface FoundValue {
  readonly key: string;
  readonly entry: FoundEntry;
}

/** Values never change under their key, so an edge may keep them as long as it likes. */
const CACHE_TTL_SECONDS = 31_536_000;

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
    const found = await this.#find("articles", articleKey(id));
    if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
    const { key, entry } = found.value;
    const body = entry.readBody();
    return body.ok ? ok(decodeArticle(id, entry.head, body.value)) : corrupted(key, body.failure);
  }

  /**
   * An article and those of the same first category that stand nearest to it in its pack, one on each side: mostly of the
   * same day. One read, and nothing that is stored depends on what stands beside it.
   */
  async articleToReadOn(id: ShareId): StoreResult<ArticleToReadOn | null> {
    const key = articleKey(id);
    const hash = this.manifest.packOf("articles", key);
    if (hash === null) return ok(null);
    const pack = await this.#pack(hash);
    if (!pack.ok) return pack;
    const own = pack.value.find(key);
    if (!own.ok) return corrupted(packKey(hash), own.failure);
    if (own.value === null) return ok(null);
    const body = own.value.readBody();
    if (!body.ok) return corrupted(packKey(hash), body.failure);
    const article = decodeArticle(id, own.value.head, body.value);
    const [category] = article.categories;
    if (category === undefined) return ok({ article, related: [] });
    const entries = pack.value.nearest(key, headBeginning(category), NEIGHBOUR_REACH);
    if (!entries.ok) return corrupted(packKey(hash), entries.failure);
    const related = entries.value.map((entry) =>
      decodeArticleHead(String.fromCodePoint(...entry.key) as ShareId, entry.head),
    );
    return ok({ article, related });
  }

  /** Whether the release has an article. One read; none where no pack can hold it. */
  async hasArticle(id: ShareId): StoreResult<boolean> {
    const found = await this.#find("articles", articleKey(id));
    return found.ok ? ok(found.value !== null) : found;
  }

  /** Articles in the order of `ids`, those that are missing left out. All reads at once, one for each pack. */
  async articles(ids: readonly ShareId[]): StoreResult<readonly Article[]> {
    return this.#readArticles(ids, (entry) => entry.readBody());
  }

  /** As `articles`, with bodies as they are stored. */
  async storedArticles(ids: readonly ShareId[]): StoreResult<readonly Article<DeflatedBody>[]> {
    return this.#readArticles(ids, (entry) => entry.storedBody());
  }

  /** The head of a scope; null where there is no such scope. One read. */
  async head(scope: Scope): StoreResult<CollectionHead | null> {
    const found = await this.#find("collections", headKey(scope));
    if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
    return this.#body(found.value, decodeHead);
  }

  /** The archive pages of a scope, newest first; empty where there is no such scope. One read. */
  async pageIndex(scope: Scope): StoreResult<readonly ArchivePage[]> {
    const found = await this.#find("collections", pageIndexKey(scope));
    if (!found.ok || found.value === null) return found.ok ? ok([]) : found;
    return this.#body(found.value, decodePageIndex);
  }

  /** One archive page; null where there is no such page. One read. */
  async page(scope: Scope, name: string): StoreResult<CollectionPage | null> {
    const found = await this.#find("collections", pageKey(scope, name));
    if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
    return this.#body(found.value, decodePage);
  }

  /** A share card as it is now; null where the release has none of that id. One read. */
  async card(id: CardId): StoreResult<StoredCard | null> {
    const found = await this.#find("cards", cardKey(id));
    if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
    const hash = decodeCardHead(found.value.entry.head);
    return this.#body(found.value, (png) => ({ hash, png }));
  }

  /** The packs with the site's archive pages of one time, such as `2022-01`. No read. */
  sitePagePacks(period: string): readonly ContentHash[] {
    return this.manifest.packsOf("collections", sitePagesPrefix(period));
  }

  /** All articles of one time, in the order of their pages. As many reads as `sitePagePacks` has packs, at once. */
  async sitePages(period: string): StoreResult<readonly ArticleRef[]> {
    const prefix = sitePagesPrefix(period);
    const hashes = this.sitePagePacks(period);
    const refs: ArticleRef[] = [];
    const packs = await Promise.all(hashes.map(async (hash) => this.#pack(hash)));
    for (const [index, hash] of hashes.entries()) {
      const key = packKey(hash);
      const pack = packs[index];
      if (pack === undefined) continue;
      if (!pack.ok) return pack;
      const entries = pack.value.entriesOf(prefix);
      if (!entries.ok) return corrupted(key, entries.failure);
      for (const entry of entries.value) {
        const page = this.#body({ key, entry }, decodePage);
        if (!page.ok) return page;
        refs.push(...page.value.refs);
      }
    }
    return ok(refs);
  }

  /** Where an old path leads; null where the release knows none. One read; none where no pack can hold it. */
  async redirect(path: string): StoreResult<Redirect | null> {
    const found = await this.#find("redirects", redirectKey(path));
    if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
    return ok(decodeRedirect(found.value.entry.head));
  }

  /** A finished feed document, gzipped. One read. */
  async prerendered(hash: ContentHash, format: FeedFormat): StoreResult<Uint8Array<ArrayBuffer>> {
    const key = prerenderedFeedKey(hash);
    const value = await this.#value(key);
    if (!value.ok) return value;
    const document = gzippedDocument(value.value, format);
    if (document.ok) return document;
    return failed({ reason: "value-corrupted", key, detail: document.failure.detail });
  }

  async #readArticles<Body>(
    ids: readonly ShareId[],
    readBody: (entry: FoundEntry) => Result<Body, PackFailure>,
  ): StoreResult<readonly Article<Body>[]> {
    const articles: Article<Body>[] = [];
    const finding = ids.map(async (id) => ({
      id,
      found: await this.#find("articles", articleKey(id)),
    }));
    for (const { id, found } of await Promise.all(finding)) {
      if (!found.ok) return found;
      if (found.value === null) continue;
      const { key, entry } = found.value;
      const body = readBody(entry);
      if (!body.ok) return corrupted(key, body.failure);
      articles.push(decodeArticle(id, entry.head, body.value));
    }
    return ok(articles);
  }

  #body<Value>(
    { key, entry }: FoundValue,
    decode: (body: Uint8Array) => Value,
  ): Result<Value, StoreFailure> {
    const body = entry.readBody();
    return body.ok ? ok(decode(body.value)) : corrupted(key, body.failure);
  }

  async #find(map: MapName, entryKey: Uint8Array): StoreResult<FoundValue | null> {
    const hash = this.manifest.packOf(map, entryKey);
    if (hash === null) return ok(null);
    const pack = await this.#pack(hash);
    if (!pack.ok) return pack;
    const key = packKey(hash);
    const entry = pack.value.find(entryKey);
    if (!entry.ok) return corrupted(key, entry.failure);
    return ok(entry.value === null ? null : { key, entry: entry.value });
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
    const pack = Pack.open(value.value, hash);
    if (!pack.ok) return corrupted(key, pack.failure);
    this.#cache.set(hash, pack.value, value.value.byteLength);
    return pack;
  }

  async #value(key: string): StoreResult<Uint8Array<ArrayBuffer>> {
    try {
      const value = await this.#values.get(key, {
        type: "arrayBuffer",
        cacheTtl: CACHE_TTL_SECONDS,
      });
      return value === null ? failed({ reason: "value-missing", key }) : ok(new Uint8Array(value));
    } catch (error) {
      return failed({ reason: "kv-failed", key, detail: String(error) });
    }
  }
}

function corrupted(key: string, failure: PackFailure): Result<never, StoreFailure> {
  return failed({ reason: "value-corrupted", key, detail: failure.detail });
}
