import { hash } from "node:crypto";
import type { Identity } from "./identity.ts";

declare const brand: unique symbol;

/**
 * The ten characters of an article's address `/s/{id}`: three for the day, seven for a hash of its identity, in
 * Crockford's base32, lower case. The format is frozen: ids stand in chats and search engines for ever.
 */
export type ShareId = string & { readonly [brand]: "ShareId" };

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const BITS_PER_CHARACTER = 5;
const DAY_CHARACTERS = 3;
const HASH_CHARACTERS = 7;
const LAST_DAY = 32 ** DAY_CHARACTERS - 1;
const UNDATED = 0;

/** The name of an identity that is the address of a share page, which it keeps whatever else changes. */
const SHARE_PAGE = /^\/s\/([^/]+)\/?$/;

/** The share id of an identity; the same on every machine and for ever. */
export function shareIdOf({ name, day }: Identity): ShareId {
  const kept = name.startsWith("/") ? parseShareId(SHARE_PAGE.exec(name)?.[1] ?? "") : null;
  if (kept !== null) return kept;
  return `${encodeDay(day)}${encodeHash(hash("sha256", name))}` as ShareId;
}

/**
 * Reads an id as people type it, with capitals and Crockford's look-alikes (`o` for `0`, `i` and `l` for `1`). Returns
 * the canonical spelling, or null where the text cannot be an id.
 */
export function parseShareId(text: string): ShareId | null {
  const canonical = text.toLowerCase().replaceAll("o", "0").replaceAll(/[il]/g, "1");
  return /^[0-9a-hjkmnp-tv-z]{10}$/.test(canonical) ? (canonical as ShareId) : null;
}

function encodeDay(day: number | null): string {
  return base32(day === null ? UNDATED : Math.min(Math.max(day, 1), LAST_DAY), DAY_CHARACTERS);
}

/** The first 35 bits of the digest, which is in hexadecimal. */
function encodeHash(digest: string): string {
  return base32(Math.floor(parseInt(digest.slice(0, 9), 16) / 2), HASH_CHARACTERS);
}

function base32(value: number, characters: number): string {
  let text = "";
  let rest = value;
  for (let index = 0; index < characters; index += 1) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / 2 ** BITS_PER_CHARACTER);
  }
  return text;
}
