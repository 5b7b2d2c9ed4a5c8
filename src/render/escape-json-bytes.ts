import { Buffer } from "node:buffer";

/** What is needed here of `Buffer`, which is `any` to Cloudflare's types. */
interface Latin1Buffers {
  from(text: string, encoding: "latin1"): Uint8Array<ArrayBuffer>;
  from(
    bytes: ArrayBufferLike,
    start: number,
    length: number,
  ): { readonly toString: (encoding: "latin1") => string };
}

const buffers = Buffer as Latin1Buffers;

/**
 * Escapes UTF-8 for the inside of a JSON string (RFC 8259, section 7). The bytes are taken for a text of one byte a character, in which
 * the engine escapes what has to be and passes all others on. To decode an article, escape and encode it takes longer, and so does
 * looking at each byte here.
 *
 * @param utf8 has no control characters but tabs and line ends, as no article has
 */
export function escapeJsonBytes(utf8: Uint8Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = utf8;
  const text = buffers.from(buffer, byteOffset, byteLength).toString("latin1");
  return buffers.from(JSON.stringify(text).slice(1, -1), "latin1");
}
