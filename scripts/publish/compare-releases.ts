import pMap from "p-map";
import type { ArticleHeader } from "../../src/domain/article.ts";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { NamedScope, Scope } from "../../src/domain/scope.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { decodeArticleHead, encodeArticleHead } from "../../src/store/article-entry.ts";
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

/** What is different for readers. */
export interface ReleaseChanges {
  readonly added: readonly ArticleHeader[];
  readonly changed: readonly ArticleHeader[];
  /** As they were. */
  readonly removed: readonly ArticleHeader[];
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
  const compare = async (map: MapName): ReturnType<typeof compareMaps> =>
    compareMaps(map, { release: before, read: readBefore }, { release: after, read: readAfter });
  const articles = await compare("articles");
  if (!articles.ok) return articles;
  const addresses = await compare("redirects");
  if (!addresses.ok) return addresses;
  const headers = (entries: EntriesByKey): readonly ArticleHeader[] =>
    [...entries].map(([key, { head }]) => decodeArticleHead(key as ShareId, head));
  const { added, changed, removed } = addresses.value;
  return ok({
    added: headers(articles.value.added),
    changed: headers(articles.value.changed),
    removed: headers(articles.value.removed),
    addressesChanged: added.size + changed.size + removed.size,
    addressesLost: [...removed].flatMap(([path, { head }]) => {
      const ledTo = decodeRedirect(head);
      return ledTo.kind === "gone" ? [] : [{ path, ledTo }];
    }),
    noLongerWithdrawn: [...removed]
      .filter(([, { head }]) => decodeRedirect(head).kind === "gone")
      .map(([path]) => path),
    ...compareFeeds(before, after),
    uncompared: articles.value.uncompared,
  });
}

interface ReadableRelease {
  readonly release: Manifest;
  readonly read: ReadPack;
}

/** An entry of a map, without its body. */
interface FoundHead {
  readonly head: Uint8Array;
  /** Over everything that is stored of it; null where only a list tells of it. */
  readonly hash: ContentHash | null;
}

type EntriesByKey = ReadonlyMap<string, FoundHead>;

interface MapChanges {
  readonly added: EntriesByKey;
  readonly changed: EntriesByKey;
  /** As they were. */
  readonly removed: EntriesByKey;
  readonly uncompared: number;
}

interface ReadEntries {
  readonly entries: EntriesByKey;
  /** Packs that are not there. */
  readonly lost: readonly ContentHash[];
}

async function compareMaps(
  map: MapName,
  before: ReadableRelease,
  after: ReadableRelease,
): Promise<Result<MapChanges, PackReadFailure>> {
  const readable = await entriesOf(before, packsBeyond(map, before.release, after.release));
  if (!readable.ok) return readable;
  const listed = await entriesByLists(map, before, readable.value.lost);
  if (!listed.ok) return listed;
  const old = new Map([...readable.value.entries, ...listed.value]);
  const fresh = await entriesOf(after, packsBeyond(map, after.release, before.release));
  if (!fresh.ok) return fresh;
  const [missing] = fresh.value.lost;
  if (missing !== undefined) {
    const detail = `it is missing, though release "${after.release.release}" counts on it`;
    return failed({ reason: "pack-unreadable", key: packKey(missing), detail });
  }
  const young = fresh.value.entries;
  const beyond = (entries: EntriesByKey, others: EntriesByKey): EntriesByKey =>
    new Map([...entries].filter(([key]) => !others.has(key)));
  const common = [...young].map((entry) => ({ entry, was: old.get(entry[0])?.hash }));
  return ok({
    added: beyond(young, old),
    changed: new Map(
      common.flatMap(({ entry, was }) =>
        was === undefined || was === null || was === entry[1].hash ? [] : [entry],
      ),
    ),
    removed: beyond(old, young),
    uncompared: common.filter(({ was }) => was === null).length,
  });
}

/** What is known of entries whose packs are lost. */
async function entriesByLists(
  map: MapName,
  { release, read }: ReadableRelease,
  lost: readonly ContentHash[],
): Promise<Result<EntriesByKey, PackReadFailure>> {
  if (lost.length === 0) return ok(new Map());
  const articles = map === "articles" ? await findLostArticles(release, lost, read) : null;
  if (articles?.ok === false && articles.failure.reason === "kv-failed") {
    const { key, detail } = articles.failure;
    return failed({ reason: "api-unreachable", request: `GET ${key}`, detail });
  }
  if (articles?.ok !== true) {
    const what = map === "articles" ? "articles" : "old addresses";
    const keys = lost.map(packKey);
    return failed({ reason: "packs-lost", release: release.release, keys, what });
  }
  return ok(
    new Map(
      articles.value.map((article) => [
        article.id,
        { head: encodeArticleHead(article), hash: null },
      ]),
    ),
  );
}

function packsBeyond(map: MapName, release: Manifest, other: Manifest): readonly ContentHash[] {
  const shared = new Set(other.packs(map).map(({ hash }) => hash));
  return release
    .packs(map)
    .map(({ hash }) => hash)
    .filter((hash) => !shared.has(hash));
}

async function entriesOf(
  { read }: ReadableRelease,
  hashes: readonly ContentHash[],
): Promise<Result<ReadEntries, PackReadFailure>> {
  const entries = new Map<string, FoundHead>();
  const lost: ContentHash[] = [];
  let failure: PackReadFailure | null = null;
  await pMap(
    hashes,
    async (hash) => {
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
      const added = addEntries(bytes.value, hash, entries);
      if (!added.ok) failure = { ...added.failure, reason: "pack-unreadable", key: packKey(hash) };
    },
    { concurrency: PACKS_AT_ONCE },
  );
  return failure === null ? ok({ entries, lost }) : failed(failure);
}

/** Opens a pack, and adds what is in it. */
function addEntries(
  bytes: Uint8Array,
  hash: ContentHash,
  entries: Map<string, FoundHead>,
): Result<null, { readonly detail: string }> {
  const pack = Pack.open(bytes, hash);
  if (!pack.ok) return pack;
  for (let index = 0; index < pack.value.keys.count; index += 1) {
    const entry = pack.value.entry(index);
    if (!entry.ok) return entry;
    const { key, head, readBody } = entry.value;
    const body = readBody();
    if (!body.ok) return body;
    // A copy, so that the pack can go.
    entries.set(decoder.decode(key), {
      head: head.slice(),
      hash: contentHash([head, body.value]),
    });
  }
  return ok(null);
}

function compareFeeds(
  before: Manifest,
  after: Manifest,
): Pick<ReleaseChanges, "feedsChanged" | "categoriesRemoved"> {
  return {
    feedsChanged: after
      .scopes()
      .filter(({ scope, digest }) => before.scope(scope)?.digest !== digest)
      .map(({ scope }) => scope),
    categoriesRemoved: before
      .scopes()
      .map(({ scope }) => scope)
      .filter((scope) => scope.kind === "category" && after.scope(scope) === null)
      .filter((scope) => scope.kind !== "site"),
  };
}
