import type { ShareId } from "../domain/share-id.ts";
import type { ContentHash } from "./content-hash.ts";

/*
 * The `search` map. Articles are numbered from the oldest on, so that those that come change no number. What is known of a
 * term is where it stands in which articles, the newest first. It lies in two values: one of the part of the older articles that the
 * term's hash chooses, and the one of the newest articles.
 *
 *     i/{number}   the share ids of older articles: head: 7 bytes each
 *     n/{part}     the newest articles: the ids that are in no other value under NUL; terms
 *     o/{part}     older articles: terms
 *
 * Inside a value, terms lie in blocks, sorted, and are found by the key of the block: the first term, NUL, and how far the newest of
 * its articles there is from the last that can be, in four bytes, the highest first. A long list of articles lies in several pieces, so that it need
 * not be read beyond what a page shows.
 *
 *     block: for each piece: bytes shared with the term before, other bytes, those; newest article; length; articles
 *     article: 2 × distance from the one before + whether there are several places; their number if so; distances of places
 *
 * All numbers but the keys' are in bytes of seven bits, the lowest first, of which the highest bit says that more follow.
 */

/** The version of the format and of what is indexed, raised by every change. It is part of the names of all values. */
export const SEARCH_FORMAT_VERSION = 1;

/** What the manifest knows of the index. */
export interface SearchRecord {
  /** All articles in it. */
  readonly articles: number;
  /** How many values hold the terms of older articles, and of the newest. */
  readonly olderParts: number;
  readonly newestParts: number;
  /** How many ids a value holds; those behind the last full value are with the newest articles. */
  readonly idsPerValue: number;
  /** The years of the articles' dates with the number of the first, the earliest first. */
  readonly years: readonly (readonly [year: number, first: number])[];
  /** Changes whenever anything of an article does that a feed shows. */
  readonly digest: ContentHash;
  /** When the digest last changed, in seconds since 1970. */
  readonly changedAt: number;
}

const PART_DIGITS = 6;
/** Articles have smaller numbers. */
const LAST_NUMBER = 0xff_ff_ff_ff;
const NUMBER_BYTES = 4;

/** The key in the map under which the manifest knows a pack. */
export function searchPackName(kind: "ids" | "newest" | "older", part: number): string {
  return `${kind.charAt(0)}/${String(part).padStart(PART_DIGITS, "0")}`;
}

/** Under which ids lie in their pack. */
export const IDS_KEY = Uint8Array.of(0);

/** The key of a block that begins with a term and, among its articles, with one. */
export function blockKey(term: Uint8Array, article: number): Uint8Array {
  const key = new Uint8Array(term.byteLength + 1 + NUMBER_BYTES);
  key.set(term);
  new DataView(key.buffer).setUint32(term.byteLength + 1, LAST_NUMBER - article);
  return key;
}

/** Whether a block begins with a term. */
export function beginsWithTerm(key: Uint8Array, term: Uint8Array): boolean {
  if (key.byteLength !== term.byteLength + 1 + NUMBER_BYTES) return false;
  return term.every((byte, index) => key[index] === byte);
}

/**
 * The part that holds a term, of so many. When one more is needed, one of them is divided in two, and all others stay as they
 * are.
 */
export function partOf(term: string, parts: number): number {
  const hash = hashOf(term);
  const divided = hash & (powerOfTwo(parts) - 1);
  return divided < parts ? divided : divided - powerOfTwo(parts) / 2;
}

/** By which power of two hashes are divided in a part; a part with another one is another part. */
export function divisorOf(part: number, parts: number): number {
  const power = powerOfTwo(parts);
  const isDivided = part >= power / 2 || part + power / 2 < parts;
  return isDivided ? power : power / 2;
}

/** The smallest that is not below. */
function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}

/** FNV-1a of UTF-16 units, stirred so that its low bits depend on all. */
function hashOf(term: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < term.length; index += 1) {
    hash = Math.imul(hash ^ term.charCodeAt(index), 0x01_00_01_93);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c_1b_3c_6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

const ID_BYTES = 7;
const ID_CHARACTERS = 10;
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const BITS_PER_CHARACTER = 5;
const BYTE = 256;

/** Share ids in a row. */
export function encodeIds(ids: readonly ShareId[]): Uint8Array {
  const bytes = new Uint8Array(ids.length * ID_BYTES);
  for (const [index, id] of ids.entries()) {
    let number = 0;
    for (const character of id) {
      number = number * 2 ** BITS_PER_CHARACTER + ALPHABET.indexOf(character);
    }
    for (let byte = ID_BYTES - 1; byte >= 0; byte -= 1) {
      bytes[index * ID_BYTES + byte] = number % BYTE;
      number = Math.floor(number / BYTE);
    }
  }
  return bytes;
}

/** The id at an index of what `encodeIds` wrote. */
export function decodeId(bytes: Uint8Array, index: number): ShareId {
  let number = 0;
  for (let byte = 0; byte < ID_BYTES; byte += 1) {
    number = number * BYTE + (bytes[index * ID_BYTES + byte] ?? 0);
  }
  let id = "";
  for (let character = 0; character < ID_CHARACTERS; character += 1) {
    id = ALPHABET.charAt(number % ALPHABET.length) + id;
    number = Math.floor(number / ALPHABET.length);
  }
  return id as ShareId;
}
