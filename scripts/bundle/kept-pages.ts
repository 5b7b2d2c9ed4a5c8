import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { crc32 } from "node:zlib";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { joinedBytes } from "../../src/store/joined-bytes.ts";
import type { DeflatedBody, PackEntry } from "../../src/store/pack.ts";
import { lazyPackEntry } from "../../src/store/pack.ts";
import { deflateBody } from "../read/article/deflate-body.ts";
import { DamagedCache, keeping } from "../read/cache/with-cache.ts";

/*
 * The file: "offprint pages 1\n" | the hash `dependsOn` | "\n" | records, each:
 *
 *     CRC of all before the records and of the rest of this head: u32 | length and CRC of the body as it is stored: 2 × u32 | length and CRC of the body: 2 × u32 |
 *     how many articles stand before the first that shows its lead: u32 | digest | hash of the entry | the stored body
 *
 * Two programs may append at once, perhaps with another `dependsOn`; neither reads what was appended after it began.
 */
const MAGIC = "offprint pages 1\n";
const HASH_LENGTH = 22;
const FIELDS = 6;
const FIELDS_BYTES = FIELDS * 4;
const HEAD_BYTES = FIELDS_BYTES + 2 * HASH_LENGTH;
/** The file is written anew when it holds more than so many times the pages in use, and a few more. */
const MOST_WASTE = 2;
const WASTE_ALLOWED = 1000;
const EMPTY = new Uint8Array();

/** An archive page, or the head of a scope, by all that decides what is on it besides the code. */
export interface PageName {
  /** Of its feeds, which has the scope, the page's name and all that its articles hold in it. */
  readonly digest: ContentHash;
  /** How many articles stand before the first that is shown with its lead, because it lies in a pack too many. */
  readonly before: number;
}

/** Archive pages as entries of the `collections` map: those of earlier bundlings are neither encoded nor deflated again. */
export interface KeptPages {
  /** @param encode makes the page's body */
  readonly entry: (name: PageName, key: Uint8Array, encode: () => Uint8Array) => PackEntry;
  /** Keeps what was deflated since the last time. */
  readonly flush: () => void;
  /** Frees space where most of what is kept is not in use any more: to be called when all pages are planned. */
  readonly tidy: () => void;
}

/** For bundlings that keep nothing. */
export const NO_KEPT_PAGES: KeptPages = { entry: newEntry, flush: () => {}, tidy: () => {} };

interface KeptPage {
  readonly hash: ContentHash;
  readonly stored: DeflatedBody;
  readonly storedCrc: number;
  /** Its head and body as they lie in the file. */
  readonly record: Uint8Array;
}

/**
 * Opens what was kept of earlier bundlings, or nothing if there is nothing, or it has another `dependsOn`.
 *
 * @param dependsOn a hash of everything besides a page's name that decides what is on it, and how it is stored
 */
export function openKeptPages(path: string, dependsOn: ContentHash): KeptPages {
  const start = Buffer.from(`${MAGIC}${dependsOn}\n`);
  const seed = crc32(start);
  const kept = keeping(() => readKept(path, start));
  const used = new Map<string, KeptPage>();
  let fresh: Uint8Array[] = [];
  return {
    entry: (name, key, encode) => {
      const text = textOf(name);
      const found = kept.get(text);
      if (found === undefined) {
        const entry = newEntry(name, key, encode);
        const deflate = (): DeflatedBody => {
          const stored = entry.deflate();
          fresh.push(recordOf(name, entry.hash, stored, seed));
          return stored;
        };
        return { ...entry, deflate };
      }
      used.set(text, found);
      return keptEntry(found, key);
    },
    flush: () => {
      if (fresh.length === 0) return;
      // In one piece, so that what another program appends at the same time stands before or behind it.
      keeping(() => {
        appendFileSync(path, joinedBytes(fresh));
      });
      fresh = [];
    },
    tidy: () => {
      if (kept.size <= MOST_WASTE * used.size + WASTE_ALLOWED) return;
      const records = Array.from(used.values(), ({ record }) => record);
      keeping(() => {
        writeFileSync(`${path}.new`, joinedBytes([start, ...records]));
        renameSync(`${path}.new`, path);
      });
    },
  };
}

function textOf({ digest, before }: PageName): string {
  return `${digest} ${before}`;
}

function keptEntry({ hash, stored, storedCrc }: KeptPage, key: Uint8Array): PackEntry {
  const size = key.byteLength + stored.byteLength;
  const deflate = (): DeflatedBody => {
    if (crc32(stored.bytes) === storedCrc) return stored;
    throw new DamagedCache("What was kept of a list is damaged");
  };
  return { key, head: EMPTY, hash, size, deflate };
}

function newEntry(_name: PageName, key: Uint8Array, encode: () => Uint8Array): PackEntry {
  return lazyPackEntry(key, EMPTY, encode(), deflateBody);
}

function recordOf(
  { digest, before }: PageName,
  hash: ContentHash,
  { bytes, byteLength, crc }: DeflatedBody,
  seed: number,
): Uint8Array {
  const head = Buffer.alloc(HEAD_BYTES);
  const numbers = [bytes.byteLength, crc32(bytes), byteLength, crc, before];
  for (const [index, number] of numbers.entries()) head.writeUInt32LE(number, 4 * (index + 1));
  head.write(digest + hash, FIELDS_BYTES, "latin1");
  head.writeUInt32LE(crc32(head.subarray(4), seed), 0);
  return joinedBytes([head, bytes]);
}

/** The pages in a file, by name. What stands from a damaged head on, which a crash may have left, is taken away. */
function readKept(path: string, start: Buffer): ReadonlyMap<string, KeptPage> {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  if (!bytes.subarray(0, start.byteLength).equals(start)) {
    writeFileSync(path, start);
    return new Map();
  }
  const pages = new Map<string, KeptPage>();
  const end = readRecords(bytes, start.byteLength, pages);
  if (end < bytes.byteLength) truncateSync(path, end);
  return pages;
}

/** Reads records from a place on, and says where they end. */
function readRecords(bytes: Buffer, start: number, pages: Map<string, KeptPage>): number {
  const seed = crc32(bytes.subarray(0, start));
  let end = start;
  while (end + HEAD_BYTES <= bytes.byteLength) {
    const bodyStart = end + HEAD_BYTES;
    const [crc = 0, length = 0, storedCrc = 0, byteLength = 0, bodyCrc = 0, before = 0] = fieldsAt(
      bytes,
      end,
    );
    const bodyEnd = bodyStart + length;
    if (bodyEnd > bytes.byteLength) break;
    if (crc32(bytes.subarray(end + 4, bodyStart), seed) !== crc) break;
    const hashes = bytes.toString("latin1", end + FIELDS_BYTES, bodyStart);
    const digest = hashes.slice(0, HASH_LENGTH) as ContentHash;
    pages.set(textOf({ digest, before }), {
      hash: hashes.slice(HASH_LENGTH) as ContentHash,
      stored: { bytes: bytes.subarray(bodyStart, bodyEnd), byteLength, crc: bodyCrc },
      storedCrc,
      record: bytes.subarray(end, bodyEnd),
    });
    end = bodyEnd;
  }
  return end;
}

function fieldsAt(bytes: Buffer, start: number): readonly number[] {
  return Array.from({ length: FIELDS }, (_, index) => bytes.readUInt32LE(start + 4 * index));
}
