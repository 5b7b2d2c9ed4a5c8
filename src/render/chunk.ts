import { withoutForbiddenCharacters } from "../domain/xml-characters.ts";

/** A piece of a document: text, or an article's body as the UTF-8 that it is stored in, which never becomes text. */
export type Chunk = string | Uint8Array;

/** UTF-8 needs at most three bytes for what a string counts as one. */
const MAXIMUM_BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();

/**
 * The bytes of a document. Articles come without characters that no feed may hold; settings and mistakes may not, and one
 * such character makes a document unreadable, so they are dropped here.
 */
export function encodeChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const parts = chunks.map((chunk) =>
    typeof chunk === "string" ? withoutForbiddenCharacters(chunk) : chunk,
  );
  // Encoding into one large buffer is twice as fast as encoding every text on its own and joining the results.
  const buffer = new Uint8Array(parts.reduce((sum, part) => sum + maximumBytes(part), 0));
  let at = 0;
  for (const part of parts) {
    if (typeof part === "string") {
      at += encoder.encodeInto(part, buffer.subarray(at)).written;
    } else {
      buffer.set(part, at);
      at += part.byteLength;
    }
  }
  return buffer.subarray(0, at);
}

function maximumBytes(part: Chunk): number {
  return typeof part === "string" ? part.length * MAXIMUM_BYTES_PER_UNIT : part.byteLength;
}
