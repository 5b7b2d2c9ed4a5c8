import { crc32 } from "node:zlib";
import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import type { FeedView } from "../domain/feed-view.ts";
import type { Result } from "../domain/result.ts";
import { failed, ok } from "../domain/result.ts";
import type { ContentHash } from "./content-hash.ts";
import { HASH_BYTES, contentHash, hashBytes, readHash } from "./content-hash.ts";
import { gzipOnce } from "./gzip.ts";
import { joinedBytes, u32s } from "./joined-bytes.ts";

/** The version of the format, raised by every change. It is part of every prerendered feed's key. */
export const PRERENDERED_FORMAT_VERSION = 3;

/**
 * A prerendered feed, which holds the feed documents of one scope:
 *
 *     "OFE3" | the hash in its key: 16 bytes | for each document, u32: length and CRC of its gzipped bytes
 *     the gzipped documents, in the order of `PRERENDERED_DOCUMENTS`
 */
const MAGIC = "OFE3";
/** With texts first, then the same without. */
const PRERENDERED_DOCUMENTS = (["texts", "summaries"] as const).flatMap((view) =>
  FEED_FORMAT_NAMES.map((format) => ({ format, view })),
);
const RECORDS_START = MAGIC.length + HASH_BYTES;
const RECORD_BYTES = 8;
const PREFIX_BYTES = RECORDS_START + RECORD_BYTES * PRERENDERED_DOCUMENTS.length;
const KEY_PREFIX = "e/";

/** What prerendered documents show. Digests are made on request, because they change when a day is over. */
export type PrerenderedView = Exclude<FeedView, "digest">;

/** What is wrong with a value that should be a prerendered feed. */
export interface PrerenderedFeedFailure {
  readonly reason: "prerendered-feed-corrupted";
  readonly detail: string;
}

/**
 * The key of a prerendered feed in KV. It is a hash of all that the documents depend on, so it is known before they are
 * made.
 *
 * @param digest a hash of what they show
 * @param renderers hashes of the code that makes them
 */
export function prerenderedFeedKey(
  digest: ContentHash,
  renderers: Readonly<Record<FeedFormat, ContentHash>>,
): string {
  const hash = contentHash([
    `offprint prerendered feed ${PRERENDERED_FORMAT_VERSION}`,
    digest,
    ...FEED_FORMAT_NAMES.map((format) => renderers[format]),
  ]);
  return KEY_PREFIX + hash;
}

/**
 * Makes the value that is stored under a key.
 *
 * @param key from `prerenderedFeedKey`
 */
export async function encodePrerenderedFeed(
  key: string,
  documentIn: (format: FeedFormat, view: PrerenderedView) => Uint8Array,
): Promise<Uint8Array> {
  const zipped = await Promise.all(
    PRERENDERED_DOCUMENTS.map(async ({ format, view }) => gzipOnce(documentIn(format, view))),
  );
  return joinedBytes([
    new TextEncoder().encode(MAGIC),
    hashBytes(hashIn(key)),
    u32s(zipped.flatMap((document) => [document.byteLength, crc32(document)])),
    ...zipped,
  ]);
}

/**
 * One document of a prerendered feed, still gzipped.
 *
 * @param key under which it was stored; an intact prerendered feed of another key is refused too
 */
export function gzippedDocument(
  prerendered: Uint8Array<ArrayBuffer>,
  key: string,
  format: FeedFormat,
  view: PrerenderedView,
): Result<Uint8Array<ArrayBuffer>, PrerenderedFeedFailure> {
  const magic = new TextDecoder().decode(prerendered.subarray(0, MAGIC.length));
  if (prerendered.byteLength < PREFIX_BYTES || magic !== MAGIC) {
    return corrupted(`it begins with ${JSON.stringify(magic)}, not "${MAGIC}"`);
  }
  const hash = readHash(prerendered, MAGIC.length);
  if (hash !== hashIn(key)) return corrupted(`it is the prerendered feed "${KEY_PREFIX}${hash}"`);
  const records = new DataView(prerendered.buffer, prerendered.byteOffset + RECORDS_START);
  const wanted = PRERENDERED_DOCUMENTS.findIndex(
    (document) => document.format === format && document.view === view,
  );
  let start = PREFIX_BYTES;
  for (let index = 0; index < wanted; index += 1) {
    start += records.getUint32(index * RECORD_BYTES, true);
  }
  const length = records.getUint32(wanted * RECORD_BYTES, true);
  const document = prerendered.subarray(start, start + length);
  if (document.byteLength !== length) {
    return corrupted(`it ends inside its ${format} document of ${view}`);
  }
  return crc32(document) === records.getUint32(wanted * RECORD_BYTES + 4, true)
    ? ok(document)
    : corrupted(`the checksum of its ${format} document of ${view} differs`);
}

function hashIn(key: string): ContentHash {
  return key.slice(KEY_PREFIX.length) as ContentHash;
}

function corrupted(detail: string): Result<never, PrerenderedFeedFailure> {
  return failed({ reason: "prerendered-feed-corrupted", detail });
}
