import type { ArticleHeader } from "../../../src/domain/article.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";
import type { NamedScope, Scope } from "../../../src/domain/scope.ts";
import type { ShareId } from "../../../src/domain/share-id.ts";
import { decodeArticleHead } from "../../../src/store/article-entry.ts";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { Directory } from "../../../src/store/directory.ts";
import { Pack } from "../../../src/store/pack.ts";
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
  /** Feeds of site, categories and busy tags that show something else now, new ones included. */
  readonly feedsChanged: readonly Scope[];
  /** Categories that no article is in any more. */
  readonly categoriesRemoved: readonly NamedScope[];
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
  const old = await articlesOf(before, packsBeyond(before, after), readBefore);
  if (!old.ok) return old;
  const young = await articlesOf(after, packsBeyond(after, before), readAfter);
  if (!young.ok) return young;
  const added: ArticleHeader[] = [];
  const changed: ArticleHeader[] = [];
  for (const [id, { head, hash }] of young.value) {
    const was = old.value.get(id);
    if (was === undefined) added.push(decodeArticleHead(id, head));
    else if (was.hash !== hash) changed.push(decodeArticleHead(id, head));
  }
  const removed = [...old.value]
    .filter(([id]) => !young.value.has(id))
    .map(([id, { head }]) => decodeArticleHead(id, head));
  return ok({ added, changed, removed, ...compareFeeds(before, after) });
}

function packsBeyond(release: Directory, other: Directory): readonly ContentHash[] {
  const shared = new Set(other.packs("articles").map(({ hash }) => hash));
  return release
    .packs("articles")
    .map(({ hash }) => hash)
    .filter((hash) => !shared.has(hash));
}

interface FoundArticle {
  readonly head: Uint8Array;
  /** Over everything that is stored of it. */
  readonly hash: ContentHash;
}

async function articlesOf(
  { release }: Directory,
  hashes: readonly ContentHash[],
  read: ReadPack,
): Promise<Result<ReadonlyMap<ShareId, FoundArticle>, PackReadFailure>> {
  const articles = new Map<ShareId, FoundArticle>();
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
        : addArticles(bytes.value, hash, articles);
    if (unreadable !== null) {
      failure = { reason: "pack-unreadable", key: packKey(hash), detail: unreadable };
    }
  });
  return failure === null ? ok(articles) : failed(failure);
}

/** Null, or what is wrong with the pack. */
function addArticles(
  bytes: Uint8Array,
  hash: ContentHash,
  articles: Map<ShareId, FoundArticle>,
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
    articles.set(decoder.decode(key) as ShareId, {
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
