import type { ArticleRef } from "../domain/article.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import type { Result } from "../domain/result.ts";
import { failed, ok } from "../domain/result.ts";
import type { NamedScope, Scope } from "../domain/scope.ts";
import { SITE_SCOPE, parseScopeKey, scopeKey } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { plainPath } from "../domain/plain-path.ts";
import type { StoredRef } from "./collection-entry.ts";
import { readRef, storedRef } from "./collection-entry.ts";
import type { ContentHash } from "./content-hash.ts";
import { HASH_BYTES, contentHash, hashBytes, readHash } from "./content-hash.ts";
import { joinedBytes, u32s } from "./joined-bytes.ts";
import { KeyColumn, encodeKeyColumn } from "./key-column.ts";
import { prerenderedFeedKey } from "./prerendered-feed.ts";

/** The version of the manifest's format, raised by every change. */
export const RELEASE_FORMAT_VERSION = 4;

/** The format of version 0.1.0. Only the first deploy of a later version reads it, for comparison; Workers never do. */
const FIRST_FORMAT_VERSION = 1;
/** They have no late articles; format 3 is 2 with pages of the site's own. Workers never read them either. */
const FORMATS_WITHOUT_LATE: ReadonlySet<number> = new Set([2, 3]);

/** The sorted maps of a release. */
export const MAP_NAMES = ["articles", "redirects", "collections", "cards"] as const;

export type MapName = (typeof MAP_NAMES)[number];

/** A pack as the manifest knows it. */
export interface PackRef {
  readonly firstKey: Uint8Array;
  readonly hash: ContentHash;
}

/** What the manifest knows about the site, each category, and as many tags as there is room for. */
export interface ScopeRecord {
  readonly scope: Scope;
  readonly title: string;
  readonly count: number;
  /** The name of the newest archive page, to which feeds link; empty where there are no articles. */
  readonly newestPage: string;
  /** Changes exactly when the content of the scope's feeds does. */
  readonly digest: ContentHash;
  /** The digest without articles that came late: a function of the release's articles. */
  readonly datedDigest: ContentHash;
  /** When the digest last changed, in seconds since 1970. */
  readonly changedAt: number;
  /** The key of the prerendered feed in KV; null where feeds are rendered on request. */
  readonly prerendered: string | null;
}

/** An article that came so long after its date that feeds show it because of its arrival. */
export interface LateArticle extends ArticleRef {
  /** When it came, in seconds since 1970. */
  readonly arrivedAt: number;
}

/** A scope whose feeds show late articles. It may be a tag that is too rare to have a record. */
export interface LateScope {
  readonly scope: Scope;
  /** The digest of its feeds, with those that its dates bring and those that came late. */
  readonly digest: ContentHash;
  readonly articles: readonly LateArticle[];
  /** Whether its feed is prerendered, as it may be because of them. */
  readonly isPrerendered: boolean;
}

/** What the manifest knows about a feed format. */
export interface FormatRecord {
  /** A hash of the code that makes its documents. */
  readonly renderer: ContentHash;
  /** When the renderer last changed, in seconds since 1970. */
  readonly changedAt: number;
}

export type FormatRecords = Readonly<Record<FeedFormat, FormatRecord>>;

/** A page of the site's own. */
export interface PageRecord {
  /** Its path, percent-decoded and NFC. */
  readonly address: string;
  /** Old paths that lead to it, percent-decoded and NFC. */
  readonly aliases: readonly string[];
}

/** Everything a manifest holds. */
export interface ReleaseContents {
  readonly site: Site;
  readonly articleCount: number;
  /**
   * Articles published at this second since 1970 or later have a share card of their own; null where there are no
   * cards.
   */
  readonly cardsSince: number | null;
  /**
   * A hash of everything that pages show but their packs do not hold: code, settings, titles, whether there are share
   * cards.
   */
  readonly pageBasis: ContentHash;
  readonly formats: FormatRecords;
  /** Whether `scopes` holds every tag, so that any other does not exist. */
  readonly hasAllTags: boolean;
  readonly maps: Readonly<Record<MapName, readonly PackRef[]>>;
  /** In the order of their keys: the site, the categories, the tags. */
  readonly scopes: readonly PlannedScope[];
  readonly late: readonly LateScope[];
  /** The site's own pages; absent where there are none. */
  readonly pages?: readonly PageRecord[];
}

/** A scope before its prerendered feed has a name. Its late articles are not in it. */
export type PlannedScope = Omit<ScopeRecord, "digest" | "prerendered"> & {
  readonly isPrerendered: boolean;
};

type Meta = Omit<ReleaseContents, "maps" | "scopes" | "late"> & {
  readonly version: number;
  readonly content: ContentHash;
};

/*
 * The manifest:
 *
 *     "OFD1" | release: 16 bytes | length of the meta JSON: u32 | meta JSON
 *     for each map: the first keys of its packs (a key column) | hash of each: 16 bytes
 *     the scopes: keys, titles, newest pages (a column each) | for each: digest: 16 bytes, count: u32, whether prerendered: u8
 *     for each scope, changed at: u32 | length of the late JSON: u32 | late JSON, whose lists of scopes name articles by index
 */
const MAGIC = "OFD1";
const RELEASE_START = 4;
const META_LENGTH_START = RELEASE_START + HASH_BYTES;
const META_START = META_LENGTH_START + 4;
const COUNT_START = HASH_BYTES;
const PRERENDERED_START = COUNT_START + 4;
const SCOPE_RECORD_BYTES = PRERENDERED_START + 1;
const MOMENT_BYTES = 4;
/*
 * Format 2 ends before the late JSON. In format 1 the scopes end the manifest, each with a digest and the hash of its prerendered feed (zeros where it has
 * none) in 16 bytes each, then the moment of change and the count in a u32 each. The meta JSON has no `formats`.
 */
const FIRST_FORMAT_RECORD_BYTES = 2 * HASH_BYTES + 8;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Writes the manifest. The release id in it is a hash of everything but the moments of change and the late articles, so that
 * the same content has the same id whenever and wherever it is bundled.
 */
export function encodeManifest({
  maps,
  scopes,
  formats,
  late,
  ...shown
}: ReleaseContents): Uint8Array {
  const columns = joinedBytes([
    ...MAP_NAMES.flatMap((name) => [
      encodeKeyColumn(maps[name].map((pack) => pack.firstKey)),
      ...maps[name].map((pack) => hashBytes(pack.hash)),
    ]),
    encodeKeyColumn(scopes.map(({ scope }) => encoder.encode(scopeKey(scope)))),
    encodeKeyColumn(scopes.map(({ title }) => encoder.encode(title))),
    encodeKeyColumn(scopes.map(({ newestPage }) => encoder.encode(newestPage))),
    ...scopes.flatMap(({ datedDigest, count, isPrerendered }) => [
      hashBytes(datedDigest),
      u32s([count]),
      Uint8Array.of(Number(isPrerendered)),
    ]),
  ]);
  const version = RELEASE_FORMAT_VERSION;
  const content = contentHash([JSON.stringify({ version, ...shown }), columns]);
  const release = contentHash([content, ...Object.values(renderersOf(formats))]);
  const meta: Meta = { version, ...shown, content, formats };
  const metaBytes = encoder.encode(JSON.stringify(meta));
  const lateBytes = encoder.encode(JSON.stringify(storedLate(late)));
  return joinedBytes([
    encoder.encode(MAGIC),
    hashBytes(release),
    u32s([metaBytes.byteLength]),
    metaBytes,
    columns,
    u32s(scopes.map(({ changedAt }) => changedAt)),
    u32s([lateBytes.byteLength]),
    lateBytes,
  ]);
}

function storedLate(late: readonly LateScope[]) {
  const articles = new Map(late.flatMap((scope) => scope.articles).map((one) => [one.id, one]));
  const indexes = new Map([...articles.keys()].map((id, index) => [id, index]));
  return [
    Array.from(articles.values(), (one): [number, StoredRef] => [one.arrivedAt, storedRef(one)]),
    late.map(({ scope, digest, articles: shown, isPrerendered }) => {
      const numbers = shown.map(({ id }) => indexes.get(id) ?? -1);
      return [scopeKey(scope), digest, numbers, isPrerendered] as const;
    }),
  ] as const;
}

function readLate(bytes: Uint8Array): ReadonlyMap<string, LateScope> {
  const [stored, scopes] = JSON.parse(decoder.decode(bytes)) as ReturnType<typeof storedLate>;
  const articles = stored.map(([arrivedAt, ref]) => ({ ...readRef(ref), arrivedAt }));
  return new Map(
    scopes.map(([key, digest, indexes, isPrerendered]) => {
      const shown = indexes.flatMap((index) => articles[index] ?? []);
      return [key, { scope: parseScopeKey(key), digest, articles: shown, isPrerendered }];
    }),
  );
}

/** The renderer's hash of each format, in the order of `FEED_FORMAT_NAMES`. */
function renderersOf(formats: FormatRecords): Readonly<Record<FeedFormat, ContentHash>> {
  const { rss, atom, json } = formats;
  return { rss: rss.renderer, atom: atom.renderer, json: json.renderer };
}

/** Why bytes are not a manifest that this code can use. */
export interface ManifestFailure {
  readonly reason: "manifest-unreadable";
  readonly detail: string;
}

/** The manifest of a release, read in place: opening it parses only the settings. */
export class Manifest {
  readonly release: ContentHash;
  /** Changes with everything except moments and the code that makes feeds. */
  readonly content: ContentHash;
  readonly site: Site;
  readonly articleCount: number;
  readonly cardsSince: number | null;
  readonly pageBasis: ContentHash;
  readonly formats: FormatRecords;
  /** The site's own pages, in the order of their addresses. */
  readonly pages: readonly PageRecord[];
  readonly #hasAllTags: boolean;
  readonly #maps: ReadonlyMap<MapName, HashedKeys>;
  readonly #scopeKeys: KeyColumn;
  readonly #scopeTitles: KeyColumn;
  readonly #scopePages: KeyColumn;
  readonly #scopeState: (index: number) => DatedState;
  readonly #prerenderedKey: (digest: ContentHash) => string;
  readonly #lateBytes: Uint8Array | null;
  #late: ReadonlyMap<string, LateScope> | null = null;
  /** Records that were read already, by key. */
  readonly #openedScopes = new Map<string, ScopeRecord>();
  #namesByLowerCase: ReadonlyMap<string, string> | null = null;
  #addresses: ReadonlyMap<string, string> | null = null;

  private constructor(bytes: Uint8Array, meta: Meta, mapsStart: number) {
    this.release = readHash(bytes, RELEASE_START);
    this.content = meta.content;
    this.site = meta.site;
    this.articleCount = meta.articleCount;
    this.cardsSince = meta.cardsSince;
    this.pageBasis = meta.pageBasis;
    this.formats = meta.formats;
    this.pages = meta.pages ?? [];
    this.#hasAllTags = meta.version !== FIRST_FORMAT_VERSION && meta.hasAllTags;
    let at = mapsStart;
    const next = <Part extends KeyColumn | HashedKeys>(Kind: new (rest: Uint8Array) => Part) => {
      const part = new Kind(bytes.subarray(at));
      at += part.byteLength;
      return part;
    };
    this.#maps = new Map(MAP_NAMES.map((name) => [name, next(HashedKeys)]));
    this.#scopeKeys = next(KeyColumn);
    this.#scopeTitles = next(KeyColumn);
    this.#scopePages = next(KeyColumn);
    const { count } = this.#scopeKeys;
    const renderers = renderersOf(meta.formats);
    this.#prerenderedKey = (digest) => prerenderedFeedKey(digest, renderers);
    this.#scopeState =
      meta.version === FIRST_FORMAT_VERSION
        ? firstFormatStates(bytes.subarray(at))
        : scopeStates(bytes.subarray(at), count, this.#prerenderedKey);
    const lateStart = at + count * (SCOPE_RECORD_BYTES + MOMENT_BYTES);
    this.#lateBytes =
      meta.version === RELEASE_FORMAT_VERSION ? sizedPart(bytes.subarray(lateStart)) : null;
  }

  /** Opens a manifest, or says why it cannot be used. */
  static open(bytes: Uint8Array): Result<Manifest, ManifestFailure> {
    if (bytes.byteLength < META_START || decoder.decode(bytes.subarray(0, 4)) !== MAGIC) {
      return unreadable(`${bytes.byteLength} bytes that do not begin with "${MAGIC}"`);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const mapsStart = META_START + view.getUint32(META_LENGTH_START, true);
    try {
      const meta = JSON.parse(decoder.decode(bytes.subarray(META_START, mapsStart))) as Meta;
      if (meta.version === FIRST_FORMAT_VERSION) {
        const content = readHash(bytes, RELEASE_START);
        return ok(new Manifest(bytes, { ...meta, content, formats: UNKNOWN_FORMATS }, mapsStart));
      }
      if (meta.version !== RELEASE_FORMAT_VERSION && !FORMATS_WITHOUT_LATE.has(meta.version)) {
        return unreadable(
          `its format is ${meta.version}, this code reads ${RELEASE_FORMAT_VERSION}`,
        );
      }
      return ok(new Manifest(bytes, meta, mapsStart));
    } catch {
      return unreadable("it is cut off or damaged");
    }
  }

  /** The only pack that can hold `key`; null where no pack can. */
  packOf(map: MapName, key: Uint8Array): ContentHash | null {
    return this.#maps.get(map)?.at(key) ?? null;
  }

  /** The packs that can hold keys which begin with `prefix`, in key order. */
  packsOf(map: MapName, prefix: Uint8Array): readonly ContentHash[] {
    return this.#maps.get(map)?.withPrefix(prefix) ?? [];
  }

  /** All packs of a map, in key order. */
  packs(map: MapName): readonly PackRef[] {
    return this.#maps.get(map)?.all() ?? [];
  }

  /**
   * The record of a scope; null for a category that does not exist, and for a tag that does not exist or is too rare.
   */
  scope(scope: Scope): ScopeRecord | null {
    const key = scopeKey(scope);
    const opened = this.#openedScopes.get(key);
    if (opened !== undefined) return opened;
    const index = this.#scopeKeys.indexOf(encoder.encode(key));
    return index < 0 ? null : this.#scopeAt(index);
  }

  /** The articles of a scope's feeds that came late; null where there are none. */
  late(scope: Scope): LateScope | null {
    return this.#openedLate().get(scopeKey(scope)) ?? null;
  }

  /** All scopes whose feeds show late articles. */
  lateScopes(): readonly LateScope[] {
    return [...this.#openedLate().values()];
  }

  /** Whether a scope certainly does not exist. Only of a tag this cannot always be told. */
  lacks(scope: Scope): boolean {
    return (scope.kind !== "tag" || this.#hasAllTags) && this.scope(scope) === null;
  }

  /** The title of a scope; its name where the manifest has no title, as for rare tags. */
  titleOf(scope: Scope): string {
    return this.scope(scope)?.title ?? (scope.kind === "site" ? this.site.title : scope.name);
  }

  /** The title of a category, by its slug. */
  readonly categoryTitle = (slug: string): string => this.titleOf({ kind: "category", name: slug });

  /** The site, every category, and as many tags as have room, in the order of their keys. */
  scopes(): readonly ScopeRecord[] {
    return Array.from({ length: this.#scopeKeys.count }, (_, index) => this.#scopeAt(index));
  }

  /**
   * The address of the site's own page that a path means, in whatever spelling; null where it means none. Of two pages
   * that differ in the spelling only, each has its own.
   *
   * @param path percent-decoded and NFC
   */
  pageAt(path: string): string | null {
    if (this.pages.length === 0) return null;
    this.#addresses ??= addressesByPath(this.pages);
    return this.#addresses.get(path) ?? this.#addresses.get(plainPath(path)) ?? null;
  }

  /** The name of a category or known tag that equals another except for capitals; null where there is none. */
  nameInAnyCase(scope: NamedScope): string | null {
    if (this.#scopeKeys.indexOf(encoder.encode(scopeKey(scope))) >= 0) return scope.name;
    this.#namesByLowerCase ??= new Map(
      Array.from({ length: this.#scopeKeys.count }, (_, index) =>
        decoder.decode(this.#scopeKeys.key(index)),
      ).map((key) => [key.toLowerCase(), key]),
    );
    const found = this.#namesByLowerCase.get(scopeKey(scope).toLowerCase());
    const known = found === undefined ? SITE_SCOPE : parseScopeKey(found);
    return known.kind === "site" ? null : known.name;
  }

  #scopeAt(index: number): ScopeRecord {
    const key = decoder.decode(this.#scopeKeys.key(index));
    const record = this.#openedScopes.get(key) ?? {
      scope: parseScopeKey(key),
      title: decoder.decode(this.#scopeTitles.key(index)),
      newestPage: decoder.decode(this.#scopePages.key(index)),
      ...this.#stateOf(key, index),
    };
    this.#openedScopes.set(key, record);
    return record;
  }

  #stateOf(key: string, index: number): ScopeState {
    const dated = this.#scopeState(index);
    const late = this.#openedLate().get(key);
    if (late === undefined) return { ...dated, digest: dated.datedDigest };
    const { digest, isPrerendered } = late;
    return { ...dated, digest, prerendered: isPrerendered ? this.#prerenderedKey(digest) : null };
  }

  /** Late articles, which are parsed only when they are asked for. */
  #openedLate(): ReadonlyMap<string, LateScope> {
    this.#late ??= this.#lateBytes === null ? new Map() : readLate(this.#lateBytes);
    return this.#late;
  }
}

/** The addresses of pages by all paths that lead there, the surest last, since it counts. */
function addressesByPath(pages: readonly PageRecord[]): ReadonlyMap<string, string> {
  const paths = (of: (page: PageRecord) => readonly string[]): (readonly [string, string])[] =>
    pages.flatMap((page) => of(page).map((path) => [path, page.address] as const));
  return new Map([
    ...paths(({ aliases }) => aliases.map(plainPath)),
    ...paths(({ aliases }) => aliases),
    ...paths(({ address }) => [plainPath(address)]).toReversed(),
    ...paths(({ address }) => [address]),
  ]);
}

type ScopeState = Omit<ScopeRecord, "scope" | "title" | "newestPage">;

/** What is known of a scope without its late articles. */
type DatedState = Omit<ScopeState, "digest">;

/** Returns a function that reads the record and the moment of the scope at an index. */
function scopeStates(
  bytes: Uint8Array,
  count: number,
  prerenderedKey: (digest: ContentHash) => string,
): (index: number) => DatedState {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return (index) => {
    const at = index * SCOPE_RECORD_BYTES;
    const datedDigest = readHash(bytes, at);
    const isPrerendered = view.getUint8(at + PRERENDERED_START) !== 0;
    return {
      datedDigest,
      count: view.getUint32(at + COUNT_START, true),
      changedAt: view.getUint32(count * SCOPE_RECORD_BYTES + index * MOMENT_BYTES, true),
      prerendered: isPrerendered ? prerenderedKey(datedDigest) : null,
    };
  };
}

function firstFormatStates(bytes: Uint8Array): (index: number) => DatedState {
  return (index) => {
    const record = bytes.subarray(index * FIRST_FORMAT_RECORD_BYTES);
    const prerendered = record.subarray(HASH_BYTES, 2 * HASH_BYTES);
    const view = new DataView(record.buffer, record.byteOffset + 2 * HASH_BYTES);
    return {
      datedDigest: readHash(record, 0),
      count: view.getUint32(4, true),
      changedAt: view.getUint32(0, true),
      prerendered: prerendered.some((byte) => byte !== 0) ? `e/${readHash(prerendered, 0)}` : null,
    };
  };
}

/** It equals no renderer, so all feeds count as changed. */
const UNKNOWN_FORMAT: FormatRecord = { renderer: "" as ContentHash, changedAt: 0 };
const UNKNOWN_FORMATS: FormatRecords = {
  rss: UNKNOWN_FORMAT,
  atom: UNKNOWN_FORMAT,
  json: UNKNOWN_FORMAT,
};

/** What follows a length in four bytes; throws a RangeError where there is less. */
function sizedPart(bytes: Uint8Array): Uint8Array {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const start = Uint32Array.BYTES_PER_ELEMENT;
  if (start + length > bytes.byteLength) throw new RangeError(`${length} bytes are cut off`);
  return bytes.subarray(start, start + length);
}

/** A key column that is followed by a hash for each key. */
class HashedKeys {
  readonly byteLength: number;
  readonly #keys: KeyColumn;
  readonly #hashes: Uint8Array;
  /** Hashes that were read already, by index. */
  readonly #read: (ContentHash | undefined)[] = [];

  constructor(bytes: Uint8Array) {
    this.#keys = new KeyColumn(bytes);
    this.byteLength = this.#keys.byteLength + this.#keys.count * HASH_BYTES;
    this.#hashes = bytes.subarray(this.#keys.byteLength, this.byteLength);
  }

  at(key: Uint8Array): ContentHash | null {
    const index = this.#keys.floor(key);
    return index < 0 ? null : this.#hash(index);
  }

  withPrefix(prefix: Uint8Array): readonly ContentHash[] {
    // The pack before the prefix may hold it, and so may all packs whose first key begins with it.
    const indexes = new Set([this.#keys.floor(prefix), ...this.#keys.indexesOf(prefix)]);
    return [...indexes].filter((index) => index >= 0).map((index) => this.#hash(index));
  }

  all(): readonly PackRef[] {
    return Array.from({ length: this.#keys.count }, (_, index) => ({
      firstKey: this.#keys.key(index),
      hash: this.#hash(index),
    }));
  }

  #hash(index: number): ContentHash {
    return (this.#read[index] ??= readHash(this.#hashes, index * HASH_BYTES));
  }
}

function unreadable(detail: string): Result<never, ManifestFailure> {
  return failed({ reason: "manifest-unreadable", detail });
}
