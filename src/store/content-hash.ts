import { createHash } from "node:crypto";

declare const brand: unique symbol;

/** The first 128 bits of a SHA-256, in base64url: 22 characters. */
export type ContentHash = string & { readonly [brand]: "ContentHash" };

/** The length of a content hash in binary, in bytes. */
export const HASH_BYTES = 16;

/**
 * Hashes parts one after the other. Each is preceded by its length, so that moving bytes from one part to the next
 * changes the hash.
 */
export function contentHash(parts: Iterable<Uint8Array | string>): ContentHash {
  const hash = createHash("sha256");
  // Texts are collected, because a call of `update` costs more than hashing a short text.
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") {
      text += `${byteLength(part)}:${part}`;
    } else {
      hash.update(`${text}${part.byteLength}:`).update(part);
      text = "";
    }
  }
  return hash.update(text).digest().toString("base64url", 0, HASH_BYTES) as ContentHash;
}

const ASCII = /^[\0-\u007F]*$/;
const encoder = new TextEncoder();

function byteLength(text: string): number {
  return ASCII.test(text) ? text.length : encoder.encode(text).byteLength;
}

/** The bytes of a hash, for storing it. */
export function hashBytes(hash: ContentHash): Uint8Array {
  const binary = atob(hash.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0);
}

/** Reads a hash out of stored bytes. */
export function readHash(bytes: Uint8Array, at: number): ContentHash {
  const binary = String.fromCodePoint(...bytes.subarray(at, at + HASH_BYTES));
  const base64 = btoa(binary).replace(/=+$/, "");
  return base64.replaceAll("+", "-").replaceAll("/", "_") as ContentHash;
}
