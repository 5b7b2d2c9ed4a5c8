import { hash as digestOf } from "node:crypto";
import type { Scope } from "./scope.ts";
import { scopeKey } from "./scope.ts";
import type { ShareId } from "./share-id.ts";
import { parseShareId } from "./share-id.ts";

declare const brand: unique symbol;

/** What a share card is named by: an article's share id, or twelve hexadecimal digits for the site or a category. */
export type CardId = ShareId | (string & { readonly [brand]: "ScopeCardId" });

/** The two parts of a card's address. */
export interface CardAddress {
  readonly id: CardId;
  /** A hash of what was on the card when the address was made. */
  readonly hash: string;
}

const SCOPE_ID_DIGITS = 12;
const FILE = /^(?<id>[0-9a-z]{10}|[0-9a-f]{12})-(?<hash>[0-9a-f]{16})\.png$/;

/** The id of the card of the site or a category. */
export function scopeCardId(scope: Scope): CardId {
  return digestOf("sha256", scopeKey(scope)).slice(0, SCOPE_ID_DIGITS) as CardId;
}

/** Reads `{id}-{hash}.png`; null where it is something else. */
export function parseCardFile(file: string): CardAddress | null {
  const { id, hash } = FILE.exec(file)?.groups ?? {};
  if (id === undefined || hash === undefined) return null;
  return { id: parseShareId(id) ?? (id as CardId), hash };
}
