import { existsSync, readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import { u32s } from "../../../src/store/joined-bytes.ts";
import type { RowContents } from "./outcome-rows.ts";
import { ROW_BYTES } from "./outcome-rows.ts";
import { writeChecked } from "./write-checked.ts";

/*
 * The rows of all outcomes that were in use when it was written, so that the file with the outcomes, which is large, need not be read to
 * find them. It is written anew when a hundredth of them is out of date; chunks behind the last that it names count before it:
 *
 *     "offprint index 1\n" | the hash `dependsOn` | "\n" | CRC of the rest: u32
 *     number of rows: u32 | outcomes in the file: u32 | place of the last chunk: f64 | length of its head: u32 | that head
 *     rows | paths and lists, as JSON
 */
const MAGIC = "offprint index 1\n";
const U32 = 4;
const F64 = 8;
const HEAD_START = 2 * U32 + F64 + U32;

/** The last chunk of the file with the outcomes. An index of another file, or of what stood in it before, names none that is there. */
export interface LastChunk {
  readonly place: number;
  readonly head: Uint8Array;
}

export interface OutcomeIndex extends RowContents {
  readonly last: LastChunk;
  /** The number of outcomes in the file, including those that are out of date. */
  readonly written: number;
}

type Texts = readonly [RowContents["paths"], RowContents["lists"]];

/** Reads an index; null if there is none, it is damaged, or rests on something else. It can be made anew. */
export function readIndex(path: string, dependsOn: ContentHash): OutcomeIndex | null {
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  const start = startOf(dependsOn);
  const contentStart = start.byteLength + U32;
  if (bytes.byteLength < contentStart || !bytes.subarray(0, start.byteLength).equals(start)) {
    return null;
  }
  const content = bytes.subarray(contentStart);
  if (crc32(content) !== bytes.readUInt32LE(start.byteLength)) return null;
  const rowsStart = HEAD_START + content.readUInt32LE(HEAD_START - U32);
  const textsStart = rowsStart + content.readUInt32LE(0) * ROW_BYTES;
  const [paths, lists] = JSON.parse(content.toString("utf8", textsStart)) as Texts;
  return {
    written: content.readUInt32LE(U32),
    last: {
      place: content.readDoubleLE(2 * U32),
      // A copy, so that the rest can be freed.
      head: Uint8Array.from(content.subarray(HEAD_START, rowsStart)),
    },
    rows: content.subarray(rowsStart, textsStart),
    paths,
    lists,
  };
}

/** Writes an index, whole or not at all. */
export function writeIndex(
  path: string,
  dependsOn: ContentHash,
  { rows, paths, lists, last, written }: OutcomeIndex,
): void {
  const place = Buffer.alloc(F64);
  place.writeDoubleLE(last.place);
  writeChecked(path, startOf(dependsOn), [
    u32s([paths.length, written]),
    place,
    u32s([last.head.byteLength]),
    last.head,
    rows,
    Buffer.from(JSON.stringify([paths, lists])),
  ]);
}

function startOf(dependsOn: ContentHash): Buffer {
  return Buffer.from(`${MAGIC}${dependsOn}\n`);
}
