import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { PackLimits } from "../../../src/store/cut-packs.ts";
import { compareKeys } from "../../../src/store/key-column.ts";
import { cutPacks } from "../../../src/store/cut-packs.ts";
import type { BringBody, IndexSource, IndexedOutcome } from "./index-pack.ts";
import { decodeIndexPack, encodeIndexPack } from "./index-pack.ts";

/**
 * The version of the format, raised by every change. It is part of every pack's hash.
 */
const INDEX_FORMAT_VERSION = 1;

/** How an index is cut: into some 40 packs for 100,000 articles, of half a megabyte each as KV has them. */
const INDEX_PACK_LIMITS: PackLimits = { minimumBytes: 1024 * 1024, maximumBytes: 4096 * 1024 };

/** What an outcome takes about: by itself, for a character of its texts, and for each thing that it names. */
const RECORD_BYTES = 500;
const CHARACTER_BYTES = 3;
const ITEM_BYTES = 150;

/** A quarter less than by gzip, since its window holds the whole pack. More effort than this takes ten times as long for a twentieth. */
const COMPRESSION = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 },
};

/** A pack of an index, which is encoded only when it is written. */
export interface PlannedIndexPack {
  readonly hash: ContentHash;
  readonly encode: () => Uint8Array;
}

/** The key of a pack of an index in KV. */
export function indexKey(hash: ContentHash): string {
  return `i/${hash}`;
}

/**
 * Cuts outcomes into packs as articles are: in the order of their share ids, which begin with the day, so that new ones lie in the
 * last pack or two. Those of files that are no articles come first.
 *
 * @param hashBefore the pack that holds these outcomes and no others; null if none is known
 */
export function planIndex(
  outcomes: readonly IndexedOutcome[],
  sources: readonly IndexSource[],
  hashBefore: (pack: readonly IndexedOutcome[]) => ContentHash | null = () => null,
): readonly PlannedIndexPack[] {
  const entries = outcomes
    .map((indexed) => ({ indexed, key: keyOf(indexed, sources), size: sizeOf(indexed) }))
    .toSorted((a, b) => compareKeys(a.key, b.key));
  return cutPacks(entries, INDEX_PACK_LIMITS).map((pack) => {
    const own = pack.map(({ indexed }) => indexed);
    const content = (): Uint8Array => encodeIndexPack(own, sources);
    return {
      hash: hashBefore(own) ?? hashOf(content()),
      encode: () => new Uint8Array(brotliCompressSync(content(), COMPRESSION)),
    };
  });
}

const encoder = new TextEncoder();

function keyOf({ source, outcome }: IndexedOutcome, sources: readonly IndexSource[]): Uint8Array {
  const { result, pathInSource } = outcome;
  const id = result.kind === "article" ? result.article.id : "";
  const number = sources.findIndex(({ folder }) => folder === source);
  return encoder.encode(`${id}/${number}/${pathInSource}`);
}

function sizeOf({ outcome: { result, lookups, diagnostics } }: IndexedOutcome): number {
  const items = lookups.length + diagnostics.length;
  if (result.kind === "skipped") return RECORD_BYTES + ITEM_BYTES * items;
  const { title, summary, links, localFiles, redirects, guessedRedirects } = result.article;
  const named = [links, localFiles, redirects, guessedRedirects].map(({ length }) => length);
  const all = named.reduce((sum, count) => sum + count, items);
  return RECORD_BYTES + CHARACTER_BYTES * (title.length + summary.length) + ITEM_BYTES * all;
}

function hashOf(content: Uint8Array): ContentHash {
  return contentHash([`offprint index ${INDEX_FORMAT_VERSION}`, content]);
}

/** Opens a pack of an index; null if it is not the one that its hash names. */
export function openIndexPack(
  bytes: Uint8Array,
  hash: ContentHash,
  sources: readonly IndexSource[],
  bring: BringBody,
): readonly IndexedOutcome[] | null {
  let content: Uint8Array;
  try {
    content = brotliDecompressSync(bytes);
  } catch {
    return null;
  }
  return hashOf(content) === hash ? decodeIndexPack(content, sources, bring) : null;
}
