import { joinedBytes } from "./joined-bytes.ts";
import { compareKeys } from "./key-column.ts";
import type { PackEntry } from "./pack.ts";
import { packEntry } from "./pack.ts";
import { blockKey } from "./search-layout.ts";

/** Where a term stands: article and place in turn, by rising numbers of articles and, in each, rising places. */
export type TermPlaces = readonly number[];

/** A piece of a list that is longer is cut. A page of results reads one or two of them. */
const PIECE_BYTES = 4096;
/** A block is inflated as a whole. */
const BLOCK_BYTES = 12_288;
const EMPTY = new Uint8Array();
const encoder = new TextEncoder();

/** The blocks of a part of the index, as entries of its pack. */
export function encodeTerms(terms: ReadonlyMap<string, TermPlaces>): readonly PackEntry[] {
  const sorted = Array.from(terms, ([term, places]) => ({ term: encoder.encode(term), places }));
  sorted.sort((a, b) => compareKeys(a.term, b.term));
  const entries: PackEntry[] = [];
  let block: Uint8Array[] = [];
  let size = 0;
  let key: Uint8Array = EMPTY;
  let before: Uint8Array = EMPTY;
  const endBlock = (): void => {
    if (block.length > 0) entries.push(packEntry(key, EMPTY, joinedBytes(block)));
    block = [];
    size = 0;
    before = EMPTY;
  };
  for (const { term, places } of sorted) {
    for (const { newest, bytes } of piecesOf(places)) {
      if (size > BLOCK_BYTES) endBlock();
      if (block.length === 0) key = blockKey(term, newest);
      const shared = sharedBytes(before, term);
      const rest = term.subarray(shared);
      const lengths = [shared, rest.byteLength].flatMap(numberBytes);
      const piece = [newest, bytes.length].flatMap(numberBytes);
      block.push(Uint8Array.from(lengths), rest, Uint8Array.from(piece), Uint8Array.from(bytes));
      size += lengths.length + rest.byteLength + piece.length + bytes.length;
      before = term;
    }
  }
  endBlock();
  return entries;
}

interface Piece {
  readonly newest: number;
  readonly bytes: readonly number[];
}

/** The articles of a term, the newest first. */
function piecesOf(places: TermPlaces): readonly Piece[] {
  const pieces: Piece[] = [];
  let bytes: number[] = [];
  let newest = -1;
  let before = -1;
  let end = places.length;
  while (end > 0) {
    const article = places[end - 2] ?? 0;
    let start = end - 2;
    while (start > 0 && places[start - 2] === article) start -= 2;
    if (newest < 0) [newest, before] = [article, article];
    const count = (end - start) / 2;
    pushNumber(bytes, (before - article) * 2 + Number(count > 1));
    if (count > 1) pushNumber(bytes, count);
    let place = 0;
    for (let at = start + 1; at < end; at += 2) {
      pushNumber(bytes, (places[at] ?? 0) - place);
      place = places[at] ?? 0;
    }
    before = article;
    end = start;
    if (bytes.length >= PIECE_BYTES) {
      pieces.push({ newest, bytes });
      bytes = [];
      newest = -1;
    }
  }
  if (newest >= 0) pieces.push({ newest, bytes });
  return pieces;
}

function sharedBytes(a: Uint8Array, b: Uint8Array): number {
  let shared = 0;
  while (shared < a.byteLength && shared < b.byteLength && a[shared] === b[shared]) shared += 1;
  return shared;
}

function numberBytes(number: number): readonly number[] {
  const bytes: number[] = [];
  pushNumber(bytes, number);
  return bytes;
}

const PAYLOAD = 128;

function pushNumber(bytes: number[], number: number): void {
  let rest = number;
  while (rest >= PAYLOAD) {
    bytes.push((rest % PAYLOAD) + PAYLOAD);
    rest = Math.floor(rest / PAYLOAD);
  }
  bytes.push(rest);
}
