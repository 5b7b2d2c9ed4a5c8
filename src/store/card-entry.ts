import type { CardId } from "../domain/card-id.ts";

/*
 * The `cards` map: by the id of a card, in its head the hash of what is on it, and as its body a PNG.
 */

const encoder = new TextEncoder();

export function cardKey(id: CardId): Uint8Array {
  return encoder.encode(id);
}

export function encodeCardHead(hash: string): Uint8Array {
  return encoder.encode(hash);
}

export function decodeCardHead(head: Uint8Array): string {
  return new TextDecoder().decode(head);
}
