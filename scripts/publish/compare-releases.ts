import pMap from "p-map";
import type { ArticleHeader } from "../../src/domain/article.ts";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { NamedScope, Scope } from "../../src/domain/scope.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { decodeArticleHead } from "../../src/store/article-entry.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Manifest, MapName } from "../../src/store/manifest.ts";
import { Pack } from "../../src/store/pack.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import { decodeRedirect } from "../../src/store/redirect-entry.ts";
import { packKey } from "../../src/store/value-keys.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { ReadPack } from "./read-pack.ts";
import { findLostArticles } from "./lost-articles.ts";

/** An article, as far as every list tells of it. */
export type NamedArticle = Pick<ArticleHeader, "id" | "title" | "published">;

/** What is different for readers. */
export interface ReleaseChanges {
  readonly added: readonly NamedArticle[];
  readonly changed: readonly NamedArticle[];
  /** As they were. */
  readonly removed: readonly NamedArticle[];
  /** Old addresses that lead somewhere else than before, new ones and those that lead nowhere any more included. */
  readonly addressesChanged: number;
  /** Those that led somewhere, and lead nowhere any more. */
  readonly addressesLost: readonly LostAddress[];
  /** Those that said that something was withdrawn, and do not say it any more. */
  readonly noLongerWithdrawn: readonly string[];
  /** Feeds of site, categories and busy tags that show something else now, new ones included. */
  readonly feedsChanged: readonly Scope[];
  /** Categories that no article is in any more. */
  readonly categoriesRemoved: readonly NamedScope[];
  /** How many articles of both releases may have changed or not: KV has lost what they were. */
  readonly uncompared: number;
}

/** An old address, percent-decoded, and where it led. */
export interface LostAddress {
  readonly path: string;
  readonly ledTo: Exclude<Redirect, { readonly kind: "gone" }>;
}

export type PackReadFailure =
  | ApiFailure
  | { readonly reason: "pack-unreadable"; readonly key: string; readonly detail: string }
  /** Nothing else tells of what was in them. */
  | {
      readonly reason: "packs-lost";
      readonly release: string;
      readonly keys: readonly string[];
      readonly what: "articles" | "old addresses";
    };

const PACKS_AT_ONCE = 6;

const decoder = new TextDecoder();

interface ReadableRelease {
  readonly release: Manifest;
  readonly read: ReadPack;
}

/** An entry of a map, without its body. */
interface Entry<Value> {
  readonly decode: () => Value;
  /** Over everything that is stored of it; null where only a list tells of it. */
  readonly hash: ContentHash | null;
}

type Entries<Value> = ReadonlyMap<string, Entry<Value>>;

interface ReadEntries<Value> {
  readonly entries: Entries<Value>;
  /** Packs that are not there. */
  readonly lost: readonly ContentHash[];
}

/** One of the maps that are compared. */
interface ComparedMap<Value> {
  readonly name: MapName;
  readonly decode: (key: string, head: Uint8Array) => Value;
  /** What else tells of entries whose packs are lost. */
  readonly entriesOfLost: (
    before: ReadableRelease,
    lost: readonly ContentHash[],
  ) => Promise<Result<Entries<Value>, PackReadFailure>>;
}

const ARTICLES: ComparedMap<NamedArticle> = {
  name: "articles",
  decode: (key, head) => decodeArticleHead(key as ShareId, head),
  async entriesOfLost({ release, read }, lost) {
    const articles = await findLostArticles(release, lost, read);
    if (articles.ok) {
      return ok(
        new Map(articles.value.map((found) => [found.id, { decode: () => found, hash: null }])),
      );
    }
    const { reason, key } = articles.failure;
    if (reason !== "kv-failed") return packsLost(release, lost, "articles");
    const { detail } = articles.failure;
    return failed({ reason: "api-unreachable", request: `GET ${key}`, detail });
  },
};

const ADDRESSES: ComparedMap<Redirect> = {
  name: "redirects",
  decode: (_path, head) => decodeRedirect(head),
  entriesOfLost: async ({ release }, lost) => packsLost(release, lost, "old addresses"),
};

function packsLost(
  { release }: Manifest,
  lost: readonly ContentHash[],
  what: "articles" | "old addresses",
): Result<never, PackReadFailure> {
  return failed({ reason: "packs-lost", release, keys: lost.map(packKey), what });
}

/**
 * Compares two releases by the packs that only one of them has: a day's publish reads a few, the same release none. Where
 * packs of the earlier one are lost, its lists say which articles it had.
 */
export async function compareReleases(
  before: Manifest,
  after: Manifest,
  readBefore: ReadPack,
  readAfter: ReadPack,
): Promise<Result<ReleaseChanges, PackReadFailure>> {
  const old = { release: before, read: readBefore };
  const young = { release: after, read: readAfter };
  const articles = await compareMaps(ARTICLES, old, young);
  if (!articles.ok) return articles;
  const addresses = await compareMaps(ADDRESSES, old, young);
  if (!addresses.ok) return addresses;
  const { added, changed, removed } = addresses.value;
  const gone = removed.map(([path, ledTo]) => ({ path, ledTo }));
  const values = (entries: readonly (readonly [string, NamedArticle])[]): readonly NamedArticle[] =>
    entries.map(([, value]) => value);
  return ok({
    added: values(articles.value.added),
    changed: values(articles.value.changed),
    removed: values(articles.value.removed),
    addressesChanged: added.length + changed.length + removed.length,
    addressesLost: gone.flatMap(({ path, ledTo }) =>
      ledTo.kind === "gone" ? [] : [{ path, ledTo }],
    ),
    noLongerWithdrawn: gone.filter(({ ledTo }) => ledTo.kind === "gone").map(({ path }) => path),
    feedsChanged: after
      .scopes()
      .filter(({ scope, digest }) => before.scope(scope)?.digest !== digest)
      .map(({ scope }) => scope),
    categoriesRemoved: before
      .scopes()
      .flatMap(({ scope }) =>
        scope.kind === "category" && after.scope(scope) === null ? [scope] : [],
      ),
    uncompared: articles.value.uncompared,
  });
}

interface MapChanges<Value> {
  readonly added: readonly (readonly [string, Value])[];
  readonly changed: readonly (readonly [string, Value])[];
  /** As they were. */
  readonly removed: readonly (readonly [string, Value])[];
  readonly uncompared: number;
}

async function compareMaps<Value>(
  map: ComparedMap<Value>,
  before: ReadableRelease,
  after: ReadableRelease,
): Promise<Result<MapChanges<Value>, PackReadFailure>> {
  const readable = await entriesBeyond(map, before, after.release);
  if (!readable.ok) return readable;
  const { lost } = readable.value;
  const listed = lost.length === 0 ? ok(new Map()) : await map.entriesOfLost(before, lost);
  if (!listed.ok) return listed;
  const old: Entries<Value> = new Map([...readable.value.entries, ...listed.value]);
  const fresh = await entriesBeyond(map, after, before.release);
  if (!fresh.ok) return fresh;
  const young = fresh.value.entries;
  const [missing] = fresh.value.lost;
  if (missing !== undefined) {
    const detail = `it is missing, though release "${after.release.release}" counts on it`;
    return failed({ reason: "pack-unreadable", key: packKey(missing), detail });
  }
  const those = (
    entries: Entries<Value>,
    isMeant: (key: string, entry: Entry<Value>) => boolean,
  ): readonly (readonly [string, Value])[] =>
    [...entries]
      .filter(([key, entry]) => isMeant(key, entry))
      .map(([key, { decode }]) => [key, decode()]);
  const hashBefore = (key: string): ContentHash | null | undefined => old.get(key)?.hash;
  return ok({
    added: those(young, (key) => !old.has(key)),
    changed: those(
      young,
      (key, { hash }) => typeof hashBefore(key) === "string" && hashBefore(key) !== hash,
    ),
    removed: those(old, (key) => !young.has(key)),
    uncompared: [...young.keys()].filter((key) => hashBefore(key) === null).length,
  });
}

/** Reads the packs of a release that another one does not have. */
async function entriesBeyond<Value>(
  map: ComparedMap<Value>,
  { release, read }: ReadableRelease,
  other: Manifest,
): Promise<Result<ReadEntries<Value>, PackReadFailure>> {
  const shared = new Set(other.packs(map.name).map(({ hash }) => hash));
  const packs = release.packs(map.name).filter(({ hash }) => !shared.has(hash));
  const entries = new Map<string, Entry<Value>>();
  const lost: ContentHash[] = [];
  let failure: PackReadFailure | null = null;
  await pMap(
    packs,
    async ({ hash }) => {
      if (failure !== null) return;
      const bytes = await read(hash);
      if (!bytes.ok) {
        ({ failure } = bytes);
        return;
      }
      if (bytes.value === null) {
        lost.push(hash);
        return;
      }
      const added = addEntries(bytes.value, hash, map, entries);
      if (!added.ok) failure = { ...added.failure, reason: "pack-unreadable", key: packKey(hash) };
    },
    { concurrency: PACKS_AT_ONCE },
  );
  return failure === null ? ok({ entries, lost }) : failed(failure);
}

/** Opens a pack, and adds what is in it. */
function addEntries<Value>(
  bytes: Uint8Array,
  packHash: ContentHash,
  map: ComparedMap<Value>,
  entries: Map<string, Entry<Value>>,
): Result<null, { readonly detail: string }> {
  const pack = Pack.open(bytes, packHash);
  if (!pack.ok) return pack;
  for (let index = 0; index < pack.value.keys.count; index += 1) {
    const entry = pack.value.entry(index);
    if (!entry.ok) return entry;
    const body = entry.value.readBody();
    if (!body.ok) return body;
    const key = decoder.decode(entry.value.key);
    // A copy, so that the pack can go.
    const head = entry.value.head.slice();
    const hash = contentHash([head, body.value]);
    entries.set(key, { decode: () => map.decode(key, head), hash });
  }
  return ok(null);
}
