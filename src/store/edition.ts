import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import type { Result } from "../domain/result.ts";
import { failed, ok } from "../domain/result.ts";
import type { ContentHash } from "./content-hash.ts";
import { contentHash } from "./content-hash.ts";
import { gzipOnce } from "./gzip.ts";

/** Counts changes of the format; part of every edition's hash. */
export const EDITION_FORMAT_VERSION = 1;

/**
 * The finished feed documents of one scope in one value:
 *
 *     "OFE1" | length of each gzipped document: u32 × 3 | the documents, in the order of `FEED_FORMAT_NAMES`
 */
const MAGIC = "OFE1";
const PREFIX_BYTES = MAGIC.length + 4 * FEED_FORMAT_NAMES.length;

/** What is wrong with a value that should be an edition. */
export interface EditionFailure {
  readonly reason: "edition-corrupted";
  readonly detail: string;
}

/** The name of an edition: a function of its uncompressed documents. */
export function editionHash(documents: Readonly<Record<FeedFormat, Uint8Array>>): ContentHash {
  return contentHash([
    `offprint edition ${EDITION_FORMAT_VERSION}`,
    ...FEED_FORMAT_NAMES.map((format) => documents[format]),
  ]);
}

export async function encodeEdition(
  documents: Readonly<Record<FeedFormat, Uint8Array>>,
): Promise<Uint8Array> {
  const zipped = await Promise.all(
    FEED_FORMAT_NAMES.map(async (format) => gzipOnce(documents[format])),
  );
  const edition = new Uint8Array(
    PREFIX_BYTES + zipped.reduce((sum, document) => sum + document.byteLength, 0),
  );
  edition.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(edition.buffer);
  let at = PREFIX_BYTES;
  for (const [index, document] of zipped.entries()) {
    view.setUint32(MAGIC.length + 4 * index, document.byteLength, true);
    edition.set(document, at);
    at += document.byteLength;
  }
  return edition;
}

/** One document of an edition, gzipped as it is stored. */
export function gzippedDocument(
  edition: Uint8Array<ArrayBuffer>,
  format: FeedFormat,
): Result<Uint8Array<ArrayBuffer>, EditionFailure> {
  const magic = new TextDecoder().decode(edition.subarray(0, MAGIC.length));
  if (edition.byteLength < PREFIX_BYTES || magic !== MAGIC) {
    return failed({
      reason: "edition-corrupted",
      detail: `it begins with ${JSON.stringify(magic)}`,
    });
  }
  const view = new DataView(edition.buffer, edition.byteOffset);
  let at = PREFIX_BYTES;
  for (const [index, name] of FEED_FORMAT_NAMES.entries()) {
    const length = view.getUint32(MAGIC.length + 4 * index, true);
    if (name === format) {
      const document = edition.subarray(at, at + length);
      return document.byteLength === length
        ? ok(document)
        : failed({ reason: "edition-corrupted", detail: `it ends inside its ${format} document` });
    }
    at += length;
  }
  throw new TypeError(`There is no feed format "${format}"`);
}
