import { Buffer } from "node:buffer";
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
  return Buffer.from(hash, "base64url");
}

/** Reads a hash out of stored bytes. */
export function readHash(bytes: Uint8Array, at: number): ContentHash {
  const { buffer, byteOffset } = bytes;
  return Buffer.from(buffer, byteOffset + at, HASH_BYTES).toString("base64url") as ContentHash;
}
