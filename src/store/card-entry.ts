import type { CardId } from "../domain/card-id.ts";

/* The `cards` map: its keys are ids of cards; a head is the hash of what is on the card, a body a PNG. */

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
