import { existsSync, readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { u32s } from "../../src/store/joined-bytes.ts";
import { keeping } from "../read/cache/with-cache.ts";
import { writeChecked } from "../read/cache/write-checked.ts";
import type { ArticleCells } from "./article-cells.ts";
import type { FreshBodies } from "./fresh-bodies.ts";
import { bodiesInFile, bodiesInMemory } from "./fresh-bodies.ts";
import type { LastRecord } from "./kept-bodies.ts";
import { KeptBodies, bytesOfBodies, bytesOfBody, joinKeptBodies } from "./kept-bodies.ts";
import { LIST_ROW_BYTES, ListRows, emptyRows } from "./list-rows.ts";

/*
 * What was planned for scopes the last time:
 *
 *     "offprint lists 1\n" | the hash `dependsOn` | "\n" | CRC of the rest: u32
 *     number of rows, bytes of their keys and of the articles' cells, length of the head of the last body that is known: 4 × u32 |
 *     its place: f64 | that head
 *     rows | keys | cells | settings and scopes, as JSON
 *
 * It is the only thing that knows where bodies lie in their file, but for those that were appended since, and it can be deleted.
 */
const MAGIC = "offprint lists 1\n";
const U32 = 4;
const F64 = 8;
const NUMBERS = 4 * U32 + F64;
/** The file of bodies is written anew when so much of it is not in use any more, and a little more. */
const MOST_WASTE = 1 / 3;
const WASTE_ALLOWED = 1_000_000;
const SCOPES_AT_ONCE = 4096;

/** What was planned for a scope besides its entries. */
export interface KeptScope {
  /** The name of the scope in stored maps. */
  readonly key: string;
  readonly title: string;
  /** How many articles are in it. */
  readonly count: number;
  /** How many articles its feeds show because of their dates. */
  readonly window: number;
  /** How many of the newest articles digests know. */
  readonly known: number;
  /** The digest of its feeds. */
  readonly digest: ContentHash;
  readonly newestPage: string;
}

/** What earlier bundlings have planned for scopes, and the bodies of their lists. */
export interface KeptLists {
  readonly rows: ListRows;
  /** Rows name them by their numbers here. */
  readonly scopes: readonly KeptScope[];
  /** What the articles were. */
  readonly cells: ArticleCells;
  /** Null where nothing is kept. */
  readonly bodies: KeptBodies | null;
  /** A place for what is planned now. */
  readonly freshBodies: () => FreshBodies;
  /** Keeps what was planned now in place of it. */
  readonly replace: (planned: Pick<KeptLists, "rows" | "scopes" | "cells">) => void;
}

/** For bundlings that keep nothing. */
export const NO_KEPT_LISTS: KeptLists = {
  rows: emptyRows(0, 0),
  scopes: [],
  cells: { bytes: Buffer.alloc(0), settings: contentHash([]) },
  bodies: null,
  freshBodies: bodiesInMemory,
  replace: () => {},
};

/** The files of what is kept. */
export interface ListFiles {
  readonly lists: string;
  readonly bodies: string;
}

/**
 * Opens what was kept of earlier bundlings, or nothing if there is nothing, or it has another `dependsOn`.
 *
 * @param dependsOn a hash of everything besides settings and articles that decides what is planned for it, and how it is stored
 */
export function openKeptLists(files: ListFiles, dependsOn: ContentHash): KeptLists {
  return keeping(() => {
    const kept = readLists(files.lists, dependsOn);
    const last = kept === null ? null : lastAfterTidying(kept, files.bodies, dependsOn);
    const bodies = new KeptBodies(files.bodies, dependsOn, last);
    const { rows, scopes, cells } = kept ?? NO_KEPT_LISTS;
    if (!bodies.isKnown || bodies.hasAdded) findBodies(rows, bodies);
    return {
      rows,
      scopes,
      cells,
      bodies,
      freshBodies: () => bodiesInFile(`${files.bodies}.fresh`),
      replace: (planned) => {
        keeping(() => {
          writeLists(files.lists, dependsOn, { ...planned, last: bodies.last });
        });
      },
    };
  });
}

/** Says in each row where its body lies, if its file is another, or has more than was known. */
function findBodies(rows: ListRows, bodies: KeptBodies): void {
  for (let row = 0; row < rows.count; row += 1) {
    if (bodies.isKnown && rows.hasBody(row)) continue;
    rows.setBody(row, bodies.addedBody(rows.hash(row)));
  }
}

interface ListContents extends Pick<KeptLists, "rows" | "scopes" | "cells"> {
  /** The last body that rows may name. */
  readonly last: LastRecord | null;
}

/** Frees space in the file of bodies where much of it is not in use any more, and says which body is its last that is known. */
function lastAfterTidying(
  { rows, last }: ListContents,
  path: string,
  dependsOn: ContentHash,
): LastRecord | null {
  if (last === null) return null;
  let size = 0;
  for (let row = 0; row < rows.count; row += 1) size += bytesOfBody(rows.storedLength(row));
  if (bytesOfBodies(path) * (1 - MOST_WASTE) <= size + WASTE_ALLOWED) return last;
  const used = Array.from({ length: rows.count }, (_, row) => row).flatMap((row) => {
    const body = rows.body(row);
    return body === null ? [] : { row, body };
  });
  const bodies = used.map(({ body }) => body);
  const joined = joinKeptBodies(path, dependsOn, last, bodies);
  if (joined === null) return last;
  for (const [index, { row, body }] of used.entries()) {
    rows.setBody(row, { ...body, place: joined.places[index] ?? body.place });
  }
  return joined.last;
}

/** Null if there is none, it is damaged, or rests on something else. */
function readLists(path: string, dependsOn: ContentHash): ListContents | null {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const start = startOf(dependsOn);
  const contentStart = start.byteLength + U32;
  if (bytes.byteLength < contentStart + NUMBERS) return null;
  if (!bytes.subarray(0, start.byteLength).equals(start)) return null;
  const content = bytes.subarray(contentStart);
  if (crc32(content) !== bytes.readUInt32LE(start.byteLength)) return null;
  const rowsStart = NUMBERS + content.readUInt32LE(3 * U32);
  const keysStart = rowsStart + content.readUInt32LE(0) * LIST_ROW_BYTES;
  const keysEnd = keysStart + content.readUInt32LE(U32);
  const cellsEnd = keysEnd + content.readUInt32LE(2 * U32);
  const head = Uint8Array.from(content.subarray(NUMBERS, rowsStart));
  const [settings, scopes] = JSON.parse(content.toString("utf8", cellsEnd)) as StoredTexts;
  return {
    rows: new ListRows(
      content.subarray(rowsStart, keysStart),
      content.subarray(keysStart, keysEnd),
    ),
    scopes: scopes.map(([key, title, count, window, known, digest, newestPage]) => ({
      key,
      title,
      count,
      window,
      known,
      digest,
      newestPage,
    })),
    cells: { bytes: content.subarray(keysEnd, cellsEnd), settings },
    last: head.byteLength === 0 ? null : { place: content.readDoubleLE(4 * U32), head },
  };
}

/** Writes them whole or not at all. */
function writeLists(
  path: string,
  dependsOn: ContentHash,
  { rows, scopes, cells, last }: ListContents,
): void {
  const place = Buffer.alloc(F64);
  place.writeDoubleLE(last?.place ?? 0);
  const head = last?.head ?? new Uint8Array();
  writeChecked(path, startOf(dependsOn), [
    u32s([rows.count, rows.keys.byteLength, cells.bytes.byteLength, head.byteLength]),
    place,
    head,
    rows.bytes,
    rows.keys,
    cells.bytes,
    ...storedTexts(cells.settings, scopes),
  ]);
}

/** `JSON.stringify` would make one text of all scopes, which takes more memory than they do. */
function storedTexts(settings: ContentHash, scopes: readonly KeptScope[]): readonly Uint8Array[] {
  const pieces = [Buffer.from(`[${JSON.stringify(settings)},[`)];
  for (let start = 0; start < scopes.length; start += SCOPES_AT_ONCE) {
    const some = scopes.slice(start, start + SCOPES_AT_ONCE);
    const texts = some.map((scope) => JSON.stringify(storedScope(scope)));
    pieces.push(Buffer.from(`${start === 0 ? "" : ","}${texts.join(",")}`));
  }
  return [...pieces, Buffer.from("]]")];
}

/** Without names, which would be most of it. */
function storedScope({ key, title, count, window, known, digest, newestPage }: KeptScope) {
  return [key, title, count, window, known, digest, newestPage] as const;
}

type StoredTexts = readonly [ContentHash, readonly ReturnType<typeof storedScope>[]];

function startOf(dependsOn: ContentHash): Buffer {
  return Buffer.from(`${MAGIC}${dependsOn}\n`);
}
