import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import type { Result } from "../domain/result.ts";
import { failed, ok } from "../domain/result.ts";
import type { ContentHash } from "./content-hash.ts";
import { contentHash } from "./content-hash.ts";
import { gzipOnce } from "./gzip.ts";
import { joinedBytes, u32s } from "./joined-bytes.ts";

/** The version of the format, raised by every change. It is part of every prerendered feed's key. */
export const PRERENDERED_FORMAT_VERSION = 1;

/**
 * A prerendered feed, which holds the feed documents of one scope:
 *
 *     "OFE1" | length of each gzipped document: u32 × 3 | the documents, in the order of `FEED_FORMAT_NAMES`
 */
const MAGIC = "OFE1";
const PREFIX_BYTES = MAGIC.length + 4 * FEED_FORMAT_NAMES.length;

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
  return `e/${hash}`;
}

export async function encodePrerenderedFeed(
  documentIn: (format: FeedFormat) => Uint8Array,
): Promise<Uint8Array> {
  const zipped = await Promise.all(
    FEED_FORMAT_NAMES.map(async (format) => gzipOnce(documentIn(format))),
  );
  const lengths = u32s(zipped.map(({ byteLength }) => byteLength));
  return joinedBytes([new TextEncoder().encode(MAGIC), lengths, ...zipped]);
}

/** One document of a prerendered feed, still gzipped. */
export function gzippedDocument(
  prerendered: Uint8Array<ArrayBuffer>,
  format: FeedFormat,
): Result<Uint8Array<ArrayBuffer>, PrerenderedFeedFailure> {
  const magic = new TextDecoder().decode(prerendered.subarray(0, MAGIC.length));
  if (prerendered.byteLength < PREFIX_BYTES || magic !== MAGIC) {
    return corrupted(`it begins with ${JSON.stringify(magic)}`);
  }
  const view = new DataView(prerendered.buffer, prerendered.byteOffset);
  const lengthOf = (index: number): number => view.getUint32(MAGIC.length + 4 * index, true);
  const wanted = FEED_FORMAT_NAMES.indexOf(format);
  let start = PREFIX_BYTES;
  for (let index = 0; index < wanted; index += 1) start += lengthOf(index);
  const document = prerendered.subarray(start, start + lengthOf(wanted));
  return document.byteLength === lengthOf(wanted)
    ? ok(document)
    : corrupted(`it ends inside its ${format} document`);
}

function corrupted(detail: string): Result<never, PrerenderedFeedFailure> {
  return failed({ reason: "prerendered-feed-corrupted", detail });
}
