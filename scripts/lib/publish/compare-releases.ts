import type { ArticleHeader } from "../../../src/domain/article.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";
import type { NamedScope, Scope } from "../../../src/domain/scope.ts";
import type { ShareId } from "../../../src/domain/share-id.ts";
import { decodeArticleHead } from "../../../src/store/article-entry.ts";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { Directory, MapName } from "../../../src/store/directory.ts";
import { Pack } from "../../../src/store/pack.ts";
import type { Redirect } from "../../../src/store/redirect-entry.ts";
import { decodeRedirect } from "../../../src/store/redirect-entry.ts";
import { packKey } from "../../../src/store/value-keys.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { inTurns } from "../in-turns.ts";

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
}

/** An old address, percent-decoded, and where it led. */
export interface LostAddress {
  readonly path: string;
  readonly ledTo: Exclude<Redirect, { readonly kind: "gone" }>;
}

export type PackReadFailure =
  | ApiFailure
  | { readonly reason: "pack-unreadable"; readonly key: string; readonly detail: string };

/** The bytes of a pack; null where it is not there. */
export type ReadPack = (hash: ContentHash) => Promise<Result<Uint8Array | null, ApiFailure>>;

const PACKS_AT_ONCE = 6;

const decoder = new TextDecoder();

/** Reads packs out of KV. */
export function packsOf(namespace: KvNamespace): ReadPack {
  return async (hash) => namespace.get(packKey(hash));
}

/** Compares two releases by the packs that only one of them has: a day's publish reads a few, the same release none. */
export async function compareReleases(
  before: Directory,
  after: Directory,
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
  });
}

interface ReadableRelease {
  readonly release: Directory;
  readonly read: ReadPack;
}

/** An entry of a map, without its body. */
interface FoundHead {
  readonly head: Uint8Array;
  /** Over everything that is stored of it. */
  readonly hash: ContentHash;
}

type EntriesByKey = ReadonlyMap<string, FoundHead>;

interface MapChanges {
  readonly added: EntriesByKey;
  readonly changed: EntriesByKey;
  /** As they were. */
  readonly removed: EntriesByKey;
}

async function compareMaps(
  map: MapName,
  before: ReadableRelease,
  after: ReadableRelease,
): Promise<Result<MapChanges, PackReadFailure>> {
  const old = await entriesOf(before, packsBeyond(map, before.release, after.release));
  if (!old.ok) return old;
  const young = await entriesOf(after, packsBeyond(map, after.release, before.release));
  if (!young.ok) return young;
  const beyond = (entries: EntriesByKey, others: EntriesByKey): EntriesByKey =>
    new Map([...entries].filter(([key]) => !others.has(key)));
  return ok({
    added: beyond(young.value, old.value),
    changed: new Map(
      [...young.value].filter(
        ([key, { hash }]) => old.value.has(key) && old.value.get(key)?.hash !== hash,
      ),
    ),
    removed: beyond(old.value, young.value),
  });
}

function packsBeyond(map: MapName, release: Directory, other: Directory): readonly ContentHash[] {
  const shared = new Set(other.packs(map).map(({ hash }) => hash));
  return release
    .packs(map)
    .map(({ hash }) => hash)
    .filter((hash) => !shared.has(hash));
}

async function entriesOf(
  { release: { release }, read }: ReadableRelease,
  hashes: readonly ContentHash[],
): Promise<Result<EntriesByKey, PackReadFailure>> {
  const entries = new Map<string, FoundHead>();
  let failure: PackReadFailure | null = null;
  await inTurns(hashes, PACKS_AT_ONCE, async (hash) => {
    if (failure !== null) return;
    const bytes = await read(hash);
    if (!bytes.ok) {
      ({ failure } = bytes);
      return;
    }
    const unreadable =
      bytes.value === null
        ? `it is missing, though release "${release}" counts on it`
        : addEntries(bytes.value, hash, entries);
    if (unreadable !== null) {
      failure = { reason: "pack-unreadable", key: packKey(hash), detail: unreadable };
    }
  });
  return failure === null ? ok(entries) : failed(failure);
}

/** Null, or what is wrong with the pack. */
function addEntries(
  bytes: Uint8Array,
  hash: ContentHash,
  entries: Map<string, FoundHead>,
): string | null {
  const pack = Pack.open(bytes, hash);
  if (!pack.ok) return pack.failure.detail;
  for (let index = 0; index < pack.value.keys.count; index += 1) {
    const entry = pack.value.entry(index);
    if (!entry.ok) return entry.failure.detail;
    const { key, head, readBody } = entry.value;
    const body = readBody();
    if (!body.ok) return body.failure.detail;
    // A copy, so that the pack can go.
    entries.set(decoder.decode(key), {
      head: head.slice(),
      hash: contentHash([head, body.value]),
    });
  }
  return null;
}

function compareFeeds(
  before: Directory,
  after: Directory,
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
