import { crc32 } from "node:zlib";
import type { ShareId } from "../../../src/domain/share-id.ts";
import { articleKey, decodeArticleHead } from "../../../src/store/article-entry.ts";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import { joinedBytes } from "../../../src/store/joined-bytes.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SkipReason } from "../article/skip-reason.ts";
import type { SourceFacts } from "../article/read-article.ts";
import type { BundledArticle } from "../article/store-article.ts";
import type { FileStamp } from "./file-stamp.ts";
import type { Lookup } from "./lookups.ts";
import { DamagedCache } from "./with-cache.ts";

/** A file that was read as an article, and what came of it: its body is compressed, and may lie on disk. */
export interface FileOutcome {
  /** As diagnostics name it. */
  readonly path: string;
  /** What follows the source folder: the same file is another article in another source. */
  readonly pathInSource: string;
  readonly stamp: FileStamp;
  /** Other files that it names, as they were. */
  readonly lookups: readonly Lookup[];
  readonly diagnostics: readonly Diagnostic[];
  readonly result:
    | { readonly kind: "article"; readonly article: BundledArticle }
    | { readonly kind: "skipped"; readonly why: SkipReason };
}

/** Outcomes as bytes, for a message between threads and for a file. */
export interface OutcomeChunk {
  /** Everything but the bodies: the length of a JSON text, that text, and the heads of the articles. */
  readonly index: Uint8Array<ArrayBuffer>;
  /** Compressed, one behind the other. */
  readonly bodies: Uint8Array<ArrayBuffer>;
}

/** Reads a piece of a chunk's bodies, from where they are kept. */
export type ReadBodies = (place: number, length: number) => Uint8Array;

/** What the index says of a file. */
type IndexRecord = Omit<FileOutcome, "result"> & {
  readonly result:
    | {
        readonly kind: "article";
        readonly id: ShareId;
        readonly facts: SourceFacts;
        readonly entry: EntryRecord;
      }
    | { readonly kind: "skipped"; readonly why: SkipReason };
};

interface EntryRecord {
  readonly hash: ContentHash;
  readonly size: number;
  readonly headLength: number;
  readonly bodyLength: number;
  readonly bodyCrc: number;
  readonly storedLength: number;
  /** Over the body as it is stored. */
  readonly storedCrc: number;
}

const LENGTH_BYTES = 4;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeChunk(outcomes: readonly FileOutcome[]): OutcomeChunk {
  const heads: Uint8Array[] = [];
  const bodies: Uint8Array[] = [];
  const records = outcomes.map(({ result, ...shared }): IndexRecord => {
    if (result.kind === "skipped") return { ...shared, result };
    const { id, entry, path: file, titleLine, identity, redirects, localFiles } = result.article;
    const body = entry.deflate();
    heads.push(entry.head);
    bodies.push(body.bytes);
    return {
      ...shared,
      result: {
        kind: "article",
        id,
        facts: { path: file, titleLine, identity, redirects, localFiles },
        entry: {
          hash: entry.hash,
          size: entry.size,
          headLength: entry.head.byteLength,
          bodyLength: body.byteLength,
          bodyCrc: body.crc,
          storedLength: body.bytes.byteLength,
          storedCrc: crc32(body.bytes),
        },
      },
    };
  });
  const json = encoder.encode(JSON.stringify(records));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, json.byteLength, true);
  return { index: joinedBytes([length, json, ...heads]), bodies: joinedBytes(bodies) };
}

/**
 * @param index as `encodeChunk` wrote it
 * @param readBodies is asked when a body is needed
 */
export function decodeChunk(index: Uint8Array, readBodies: ReadBodies): readonly FileOutcome[] {
  const jsonLength = new DataView(index.buffer, index.byteOffset).getUint32(0, true);
  const json = decoder.decode(index.subarray(LENGTH_BYTES, LENGTH_BYTES + jsonLength));
  const records = JSON.parse(json) as readonly IndexRecord[];
  // A copy: the JSON before them need not stay in memory as long as they do.
  const heads = index.slice(LENGTH_BYTES + jsonLength);
  let headPlace = 0;
  let bodyPlace = 0;
  return records.map(({ result, ...shared }): FileOutcome => {
    if (result.kind === "skipped") return { ...shared, result };
    const { id, facts, entry } = result;
    const head = heads.subarray(headPlace, headPlace + entry.headLength);
    const place = bodyPlace;
    headPlace += entry.headLength;
    bodyPlace += entry.storedLength;
    const article: BundledArticle = {
      ...decodeArticleHead(id, head),
      ...facts,
      entry: {
        key: articleKey(id),
        head,
        hash: entry.hash,
        size: entry.size,
        deflate: () => ({
          bytes: checked(readBodies(place, entry.storedLength), entry, shared.path),
          byteLength: entry.bodyLength,
          crc: entry.bodyCrc,
        }),
      },
    };
    return { ...shared, result: { kind: "article", article } };
  });
}

function checked(bytes: Uint8Array, { storedCrc }: EntryRecord, path: string): Uint8Array {
  if (crc32(bytes) === storedCrc) return bytes;
  throw new DamagedCache(`What was kept of "${path}" is damaged`);
}
