import type { ArticleHeader } from "../../src/domain/article.ts";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import type { Result } from "../../src/domain/result.ts";
import { allOk, failed, mapped, ok } from "../../src/domain/result.ts";
import type { NamedScope, Scope } from "../../src/domain/scope.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { entryIdOf } from "../../src/render/feed-entry.ts";
import { articleKey, decodeArticleHead } from "../../src/store/article-entry.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { MapName, ScopeRecord } from "../../src/store/release-contents.ts";
import type { PackFailure } from "../../src/store/pack.ts";
import { Pack, packKey } from "../../src/store/pack.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import { decodeRedirect, pathOfRedirectKey } from "../../src/store/redirect-entry.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import { mapConcurrently } from "../terminal/map-concurrently.ts";
import type { ReadableRelease } from "./readable-release.ts";
import { openRelease } from "./readable-release.ts";

/** What every list says about an article. */
export type NamedArticle = Pick<ArticleHeader, "id" | "entryId" | "title" | "published">;

/** An article whose entry is another one for readers. */
export interface RenamedEntry {
  readonly article: NamedArticle;
  /** The id that the entry had. */
  readonly idBefore: string;
}

/** How the articles of two releases differ. */
export interface ArticleChanges {
  readonly added: readonly NamedArticle[];
  readonly changed: readonly NamedArticle[];
  /** Those among them whose entries have another id in feeds now. */
  readonly entriesRenamed: readonly RenamedEntry[];
  /** Of those that changed, the ones whose title and date both are others. */
  readonly retitled: readonly { readonly before: NamedArticle; readonly now: NamedArticle }[];
  /** As they were before. */
  readonly removed: readonly NamedArticle[];
  /** How many pages of the site's own are new, changed or gone. */
  readonly pagesChanged: number;
  /** How many articles of both releases could not be compared, because KV has lost the earlier text. */
  readonly uncompared: number;
}

/** What differs between two releases for readers. */
export interface ReleaseChanges extends ArticleChanges {
  /** How many old addresses lead elsewhere than before, including new ones and those that lead nowhere now. */
  readonly addressesChanged: number;
  /** Old addresses that led somewhere before and lead nowhere now. */
  readonly addressesLost: readonly LostAddress[];
  /** Paths that answered 410 before and do not now. */
  readonly noLongerWithdrawn: readonly string[];
  /** The site, categories and busy tags whose feeds show something else now, including new ones. */
  readonly feedsChanged: readonly Scope[];
  /** Categories that have no article any more. */
  readonly categoriesEmptied: readonly EmptiedScope[];
}

/** A category that lost its last article. */
export interface EmptiedScope {
  readonly scope: NamedScope;
  /** Whether its feeds stay, without entries; not where it was renamed or withdrawn. */
  readonly isKept: boolean;
}

/** An old address, percent-decoded, and where it led. */
export interface LostAddress {
  readonly path: string;
  readonly ledTo: Exclude<Redirect, { readonly kind: "gone" }>;
}

export type PackReadFailure =
  | ApiFailure
  | { readonly reason: "pack-unreadable"; readonly key: string; readonly detail: string }
  /** Nothing else says what was in these packs. */
  | {
      readonly reason: "packs-lost";
      readonly release: string;
      readonly keys: readonly string[];
      readonly what: "articles" | "old addresses";
    };

const PACKS_AT_ONCE = 6;

const decoder = new TextDecoder();

/** Stands for a page of the site's own among articles. */
const A_PAGE = "page";

function withoutPages(entries: readonly (NamedArticle | typeof A_PAGE)[]): readonly NamedArticle[] {
  return entries.filter((entry) => entry !== A_PAGE);
}

/** An article that is in two releases, if its entry has another id in feeds. */
function renamedEntry(
  before: NamedArticle,
  article: NamedArticle,
  idAuthority: string,
): readonly RenamedEntry[] {
  const idBefore = entryIdOf(before, idAuthority);
  return entryIdOf(article, idAuthority) === idBefore ? [] : [{ article, idBefore }];
}

/** The formats in which a feed of the next release differs: all if its content changed, else those with a new renderer. */
export function changedFormats(
  previous: Manifest,
  next: Manifest,
  { scope, digest }: ScopeRecord,
): readonly FeedFormat[] {
  if (previous.scope(scope)?.digest !== digest) return FEED_FORMAT_NAMES;
  return FEED_FORMAT_NAMES.filter(
    (format) => previous.formats[format].renderer !== next.formats[format].renderer,
  );
}

/**
 * Compares two releases by the packs that only one of them has: few after a day's changes, none for the same release. If
 * packs of the earlier one are lost, its archive pages say which articles it had.
 */
export async function compareReleases(
  before: ReadableRelease,
  after: ReadableRelease,
): Promise<Result<ReleaseChanges, PackReadFailure>> {
  const articles = await compareArticles(before, after);
  return articles.ok ? compareRest(before, after, articles.value) : articles;
}

/** Compares what two releases hold of articles. It depends on nothing else that the manifests say. */
export async function compareArticles(
  before: ReadableRelease,
  after: ReadableRelease,
): Promise<Result<ArticleChanges, PackReadFailure>> {
  const articles = await compareMaps<NamedArticle | typeof A_PAGE>("articles", before, after, {
    nameOf: (key) => key,
    decode: (id, head) => (id.startsWith("/") ? A_PAGE : decodeArticleHead(id as ShareId, head)),
  });
  if (!articles.ok) return articles;
  const lost = await findLostArticles(before, articles.value.lost);
  if (!lost.ok) return lost;
  // The comparison cannot know what was in lost packs, and takes the articles of them that are still there for new.
  const lostIds = new Set(lost.value.map(({ id }) => id));
  const notBefore = withoutPages(articles.value.added);
  const stillThere = new Set(notBefore.map(({ id }) => id));
  return ok({
    added: notBefore.filter(({ id }) => !lostIds.has(id)),
    changed: withoutPages(articles.value.changed.map(({ now }) => now)),
    entriesRenamed: articles.value.changed.flatMap(({ before: old, now }) =>
      old === A_PAGE || now === A_PAGE
        ? []
        : renamedEntry(old, now, before.manifest.site.idAuthority),
    ),
    retitled: articles.value.changed.flatMap(({ before: old, now }) =>
      old !== A_PAGE &&
      now !== A_PAGE &&
      old.title !== now.title &&
      old.published.epochSeconds !== now.published.epochSeconds
        ? [{ before: old, now }]
        : [],
    ),
    removed: [
      ...withoutPages(articles.value.removed),
      ...lost.value.filter(({ id }) => !stillThere.has(id)),
    ],
    pagesChanged: [
      articles.value.added,
      articles.value.changed.map(({ now }) => now),
      articles.value.removed,
    ]
      .flat()
      .filter((entry) => entry === A_PAGE).length,
    uncompared: lostIds.intersection(stillThere).size,
  });
}

/**
 * Compares what else differs between two releases.
 *
 * @param articles what `compareArticles` found
 */
export async function compareRest(
  before: ReadableRelease,
  after: ReadableRelease,
  articles: ArticleChanges,
): Promise<Result<ReleaseChanges, PackReadFailure>> {
  const addresses = await compareMaps("redirects", before, after, {
    nameOf: pathOfRedirectKey,
    decode: (path, head) => ({ path, ledTo: decodeRedirect(head) }),
  });
  if (!addresses.ok) return addresses;
  if (addresses.value.lost.length > 0) {
    return packsLost(before, addresses.value.lost, "old addresses");
  }
  const { added, changed, removed: gone } = addresses.value;
  const [old, young] = [before.manifest, after.manifest];
  return ok({
    ...articles,
    addressesChanged: added.length + changed.length + gone.length,
    addressesLost: gone.flatMap(({ path, ledTo }) =>
      ledTo.kind === "gone" || young.pageAt(path) !== null ? [] : [{ path, ledTo }],
    ),
    noLongerWithdrawn: gone.flatMap(({ path, ledTo }) => (ledTo.kind === "gone" ? [path] : [])),
    feedsChanged: young
      .scopes()
      .filter((record) => changedFormats(old, young, record).length > 0)
      .map(({ scope }) => scope),
    categoriesEmptied: old.scopes().flatMap(({ scope, count }) => {
      if (scope.kind !== "category" || count === 0) return [];
      const now = young.scope(scope);
      return (now?.count ?? 0) === 0 ? [{ scope, isKept: now !== null }] : [];
    }),
  });
}

/**
 * The articles of packs that KV has lost, from the archive pages of the whole site, which name every article once. Their
 * texts and categories remain unknown.
 */
async function findLostArticles(
  release: ReadableRelease,
  lost: readonly ContentHash[],
): Promise<Result<readonly NamedArticle[], PackReadFailure>> {
  if (lost.length === 0) return ok([]);
  const listed = await openRelease(release).sitePages("");
  if (!listed.ok) {
    if (listed.failure.reason !== "kv-failed") return packsLost(release, lost, "articles");
    const { key, detail } = listed.failure;
    return failed({ reason: "api-unreachable", request: `GET ${key}`, detail, codes: [] });
  }
  const hashes = new Set<ContentHash | null>(lost);
  return ok(
    listed.value.filter(({ id }) =>
      hashes.has(release.manifest.packOf("articles", articleKey(id))),
    ),
  );
}

function packsLost(
  { manifest: { release } }: ReadableRelease,
  lost: readonly ContentHash[],
  what: "articles" | "old addresses",
): Result<never, PackReadFailure> {
  return failed({ reason: "packs-lost", release, keys: lost.map(packKey), what });
}

interface MapChanges<Value> {
  readonly added: readonly Value[];
  readonly changed: readonly { readonly before: Value; readonly now: Value }[];
  /** As they were before. */
  readonly removed: readonly Value[];
  /** Packs of the earlier release that KV does not have any more. */
  readonly lost: readonly ContentHash[];
}

interface MapReading<Value> {
  /** What an entry is the same by: its key without what only says where it lies. */
  readonly nameOf: (key: string) => string;
  /** Makes a value of a name and the head that is stored under it. */
  readonly decode: (name: string, head: Uint8Array) => Value;
}

async function compareMaps<Value>(
  map: MapName,
  before: ReadableRelease,
  after: ReadableRelease,
  { nameOf, decode }: MapReading<Value>,
): Promise<Result<MapChanges<Value>, PackReadFailure>> {
  const earlier = await readBeyond(map, before, after);
  if (!earlier.ok) return earlier;
  const later = await readBeyond(map, after, before);
  if (!later.ok) return later;
  const [missing] = later.value.lost;
  if (missing !== undefined) {
    const detail = `it is missing, though release "${after.manifest.release}" counts on it`;
    return failed({ reason: "pack-unreadable", key: packKey(missing), detail });
  }
  const { lost } = earlier.value;
  const named = ({ entries }: { readonly entries: Entries }): Entries =>
    new Map(Array.from(entries, ([key, entry]) => [nameOf(key), entry]));
  const [old, young] = [named(earlier.value), named(later.value)];
  const those = (entries: Entries, isMeant: (key: string, entry: Entry) => boolean) =>
    [...entries].flatMap(([key, entry]) => (isMeant(key, entry) ? [decode(key, entry.head)] : []));
  return ok({
    added: those(young, (key) => !old.has(key)),
    changed: [...young].flatMap(([key, entry]) => {
      const former = old.get(key);
      return former === undefined || former.hash === entry.hash
        ? []
        : [{ before: decode(key, former.head), now: decode(key, entry.head) }];
    }),
    removed: those(old, (key) => !young.has(key)),
    lost,
  });
}

interface Entry {
  readonly head: Uint8Array;
  /** A hash of head and body. */
  readonly hash: ContentHash;
}

type Entries = ReadonlyMap<string, Entry>;

/** Reads the packs of a release that another release does not have. */
async function readBeyond(
  map: MapName,
  { manifest, read }: ReadableRelease,
  other: ReadableRelease,
): Promise<
  Result<{ readonly entries: Entries; readonly lost: readonly ContentHash[] }, PackReadFailure>
> {
  const shared = new Set(other.manifest.packs(map).map(({ hash }) => hash));
  const packs = manifest.packs(map).filter(({ hash }) => !shared.has(hash));
  const opened = await mapConcurrently(packs, PACKS_AT_ONCE, async ({ hash }) =>
    openPack(hash, read),
  );
  return mapped(opened, (all) => ({
    entries: new Map(all.flatMap(({ entries }) => entries ?? [])),
    lost: all.filter(({ entries }) => entries === null).map(({ hash }) => hash),
  }));
}

/** A pack; its entries are null if KV has lost it. */
interface OpenedPack {
  readonly hash: ContentHash;
  readonly entries: readonly (readonly [key: string, entry: Entry])[] | null;
}

async function openPack(
  hash: ContentHash,
  read: ReadableRelease["read"],
): Promise<Result<OpenedPack, PackReadFailure>> {
  const key = packKey(hash);
  const bytes = await read(key);
  if (!bytes.ok) return bytes;
  if (bytes.value === null) return ok({ hash, entries: null });
  const pack = Pack.open(bytes.value, hash);
  const entries = pack.ok ? entriesOf(pack.value) : pack;
  if (entries.ok) return ok({ hash, entries: entries.value });
  return failed({ reason: "pack-unreadable", key, detail: entries.failure.detail });
}

function entriesOf(pack: Pack): Result<NonNullable<OpenedPack["entries"]>, PackFailure> {
  return allOk(
    Array.from({ length: pack.keys.count }, (_, index) => {
      const entry = pack.entry(index);
      if (!entry.ok) return entry;
      // A copy, so that the pack's memory can be freed.
      const head = entry.value.head.slice();
      return mapped(entry.value.readBody(), (body) => {
        const hash = contentHash([head, body]);
        return [decoder.decode(entry.value.key), { head, hash }] as const;
      });
    }),
  );
}
