import { createHash, hash as hashAtOnce } from "node:crypto";

declare const brand: unique symbol;

/** The first 128 bits of a SHA-256, in base64url: 22 characters. */
export type ContentHash = string & { readonly [brand]: "ContentHash" };

/** The length of a content hash in binary, in bytes. */
export const HASH_BYTES = 16;
/** Of base64url (RFC 4648, section 5). */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const HASH_CHARACTERS = 22;
const LAST_BITS = 0b11_0000;

/** Parts lie here one behind the other; what does not fit is hashed piece by piece. */
const ROOM_BYTES = 64 * 1024;
/** A character of a text takes no more. */
const BYTES_PER_CHARACTER = 3;
let room: Uint8Array | null = null;

/**
 * Hashes parts one after the other. Each is preceded by its length, so that moving bytes from one part to the next
 * changes the hash.
 */
export function contentHash(parts: readonly (Uint8Array | string)[]): ContentHash {
  // Texts are collected, because a call for each costs more than hashing a short text.
  let text = "";
  let end = 0;
  for (const part of parts) {
    if (typeof part === "string") {
      text += `${byteLength(part)}:${part}`;
      continue;
    }
    text += `${part.byteLength}:`;
    if (end + BYTES_PER_CHARACTER * text.length + part.byteLength > ROOM_BYTES) {
      return ofMany(parts);
    }
    const place = (room ??= new Uint8Array(ROOM_BYTES));
    const start = end + encoder.encodeInto(text, place.subarray(end)).written;
    place.set(part, start);
    end = start + part.byteLength;
    text = "";
  }
  // An object that hashes costs more than hashing does, so most is hashed by one call.
  if (room === null || end === 0) return shortened(hashAtOnce("sha256", text, "base64url"));
  if (end + BYTES_PER_CHARACTER * text.length > ROOM_BYTES) return ofMany(parts);
  end += encoder.encodeInto(text, room.subarray(end)).written;
  return shortened(hashAtOnce("sha256", room.subarray(0, end), "base64url"));
}

function ofMany(parts: readonly (Uint8Array | string)[]): ContentHash {
  const whole = createHash("sha256");
  for (const part of parts) {
    const length = typeof part === "string" ? byteLength(part) : part.byteLength;
    whole.update(`${length}:`).update(part);
  }
  return shortened(whole.digest("base64url"));
}

/** The beginning of a whole hash. Of the last character, two bits belong to it. */
function shortened(whole: string): ContentHash {
  const last = ALPHABET.charAt(ALPHABET.indexOf(whole.charAt(HASH_CHARACTERS - 1)) & LAST_BITS);
  return (whole.slice(0, HASH_CHARACTERS - 1) + last) as ContentHash;
}

const ASCII = /^[\0-\u007F]*$/;
const encoder = new TextEncoder();

function byteLength(text: string): number {
  return ASCII.test(text) ? text.length : encoder.encode(text).byteLength;
}

/** What each character of the alphabet stands for, by its code. */
const VALUES = new Uint8Array(128);
for (const [value, character] of Array.from(ALPHABET).entries()) {
  VALUES[character.charCodeAt(0)] = value;
}

/** The bytes of a hash, for storing it. A release has one for each scope. */
export function hashBytes(hash: ContentHash): Uint8Array {
  const bytes = new Uint8Array(HASH_BYTES);
  const valueAt = (index: number): number => VALUES[hash.charCodeAt(index)] ?? 0;
  for (let [at, index] = [0, 0]; at < HASH_BYTES; at += 3, index += 4) {
    const [first, second] = [valueAt(index), valueAt(index + 1)];
    bytes[at] = (first << 2) | (second >>> 4);
    if (at + 1 >= HASH_BYTES) break;
    const [third, fourth] = [valueAt(index + 2), valueAt(index + 3)];
    bytes[at + 1] = (second << 4) | (third >>> 2);
    bytes[at + 2] = (third << 6) | fourth;
  }
  return bytes;
}

/** Reads a hash out of stored bytes. Each pack that is opened is compared by it, so it calls nothing of the runtime's. */
export function readHash(bytes: Uint8Array, at: number): ContentHash {
  const end = at + HASH_BYTES;
  let text = "";
  for (let index = at; index < end; index += 3) {
    const first = bytes[index] ?? 0;
    const second = index + 1 < end ? (bytes[index + 1] ?? 0) : 0;
    const third = index + 2 < end ? (bytes[index + 2] ?? 0) : 0;
    text += ALPHABET.charAt(first >>> 2) + ALPHABET.charAt(((first & 3) << 4) | (second >>> 4));
    text += ALPHABET.charAt(((second & 15) << 2) | (third >>> 6)) + ALPHABET.charAt(third & 63);
  }
  return text.slice(0, HASH_CHARACTERS) as ContentHash;
}
