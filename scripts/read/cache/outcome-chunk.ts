import { crc32 } from "node:zlib";
import type { ShareId } from "../../../src/domain/share-id.ts";
import { articleKey, decodeArticleHead } from "../../../src/store/article-entry.ts";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import { joinedBytes, u32s } from "../../../src/store/joined-bytes.ts";
import type { PackEntry } from "../../../src/store/pack.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ReadResult, SourceFacts } from "../article/read-article.ts";
import type { BundledArticle } from "../article/store-article.ts";
import type { FileStamp } from "../files/file-stamp.ts";
import type { Lookup } from "./lookups.ts";
import { DamagedCache } from "./with-cache.ts";

/** The outcome of reading one file as an article. The body is compressed and may be on disk. */
export interface FileOutcome {
  /** The file's path as diagnostics name it. */
  readonly path: string;
  /** The path inside the source folder; below another source folder, the same file would be another article. */
  readonly pathInSource: string;
  readonly stamp: FileStamp;
  /** The other files that the article refers to, as they were found. */
  readonly lookups: readonly Lookup[];
  readonly diagnostics: readonly Diagnostic[];
  readonly result: ReadResult<BundledArticle>;
}

/** Outcomes as bytes, for messages between threads and for the cache file. */
export interface OutcomeChunk {
  /** The byte length of a JSON text as u32, that text, and the heads of the articles. */
  readonly index: Uint8Array<ArrayBuffer>;
  /** The compressed bodies of the articles, one behind the other. */
  readonly bodies: Uint8Array<ArrayBuffer>;
}

/** Reads a piece of a chunk's bodies from memory or disk; `place` counts from the beginning of the bodies. */
export type ReadBodies = (place: number, length: number) => Uint8Array;

/** An outcome as JSON in the index, without the article's head and body. */
type IndexRecord = Omit<FileOutcome, "result"> & {
  readonly result: ReadResult<ArticleRecord>;
};

interface ArticleRecord {
  readonly id: ShareId;
  readonly facts: SourceFacts;
  readonly entry: EntryRecord;
}

interface EntryRecord {
  readonly hash: ContentHash;
  readonly size: number;
  readonly headLength: number;
  readonly bodyLength: number;
  readonly bodyCrc: number;
  readonly storedLength: number;
  /** The CRC-32 of the compressed body. */
  readonly storedCrc: number;
}

const LENGTH_BYTES = 4;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeChunk(outcomes: readonly FileOutcome[]): OutcomeChunk {
  deflateInOrderOfLength(outcomes);
  const heads: Uint8Array[] = [];
  const bodies: Uint8Array[] = [];
  const records = outcomes.map(({ result, ...shared }): IndexRecord => {
    if (result.kind === "skipped") return { ...shared, result };
    const {
      id,
      entry,
      path: file,
      titleLine,
      identity,
      redirects,
      guessedRedirects,
      localFiles,
      mediaHosts,
      links,
    } = result.article;
    const body = entry.deflate();
    heads.push(entry.head);
    bodies.push(body.bytes);
    const article: ArticleRecord = {
      id,
      facts: {
        path: file,
        titleLine,
        identity,
        redirects,
        guessedRedirects,
        localFiles,
        mediaHosts,
        links,
      },
      entry: {
        hash: entry.hash,
        size: entry.size,
        headLength: entry.head.byteLength,
        bodyLength: body.byteLength,
        bodyCrc: body.crc,
        storedLength: body.bytes.byteLength,
        storedCrc: crc32(body.bytes),
      },
    };
    return { ...shared, result: { kind: "article", article } };
  });
  const json = encoder.encode(JSON.stringify(records));
  const index = joinedBytes([u32s([json.byteLength]), json, ...heads]);
  return { index, bodies: joinedBytes(bodies) };
}

/** One stream can deflate them all in this order (`deflate-body.ts`). */
function deflateInOrderOfLength(outcomes: readonly FileOutcome[]): void {
  const entries = outcomes.flatMap(({ result }) =>
    result.kind === "article" ? result.article.entry : [],
  );
  for (const { deflate } of entries.toSorted((a, b) => bodyLength(a) - bodyLength(b))) deflate();
}

function bodyLength({ size, key, head }: PackEntry): number {
  return size - key.byteLength - head.byteLength;
}

/**
 * @param index the index that `encodeChunk` returned
 * @param readBodies called only when a body is needed
 */
export function decodeChunk(index: Uint8Array, readBodies: ReadBodies): readonly FileOutcome[] {
  const jsonLength = new DataView(index.buffer, index.byteOffset).getUint32(0, true);
  const json = decoder.decode(index.subarray(LENGTH_BYTES, LENGTH_BYTES + jsonLength));
  const records = JSON.parse(json) as readonly IndexRecord[];
  // The heads are copied, so that the JSON before them can be freed.
  const heads = index.slice(LENGTH_BYTES + jsonLength);
  let headPlace = 0;
  let bodyPlace = 0;
  return records.map(({ result, ...shared }): FileOutcome => {
    if (result.kind === "skipped") return { ...shared, result };
    const { id, facts, entry } = result.article;
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
