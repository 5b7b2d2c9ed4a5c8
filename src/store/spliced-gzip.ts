import { crc32 } from "node:zlib";
import { u32s } from "./joined-bytes.ts";
import { joinedCrc } from "./joined-crc.ts";
import type { DeflatedBody } from "./pack.ts";
import { FINAL_BLOCK } from "./pack.ts";

/** RFC 1952, section 2.3: deflate, no name, no time, unknown system. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
/**
 * RFC 1951, section 3.2.4: an uncompressed block begins with its length and the complement of that, in 16 bits each.
 */
const STORED_HEADER_BYTES = 5;
const MOST_STORED_BYTES = 0xffff;

/** RFC 1952, section 2.3.1: the checksum and the length of the document come last. */
const TRAILER_BYTES = 8;

/**
 * Makes a gzipped document from pieces. Texts are stored uncompressed, and deflated bodies are put between them unread,
 * which takes a tenth of the time that compressing the whole document takes.
 */
export function splicedGzip(
  pieces: readonly (Uint8Array | DeflatedBody)[],
): Uint8Array<ArrayBuffer> {
  const sizes = pieces.reduce((sum, piece) => sum + splicedBytes(piece), 0);
  const spliced = new Uint8Array(
    HEADER.byteLength + sizes + FINAL_BLOCK.byteLength + TRAILER_BYTES,
  );
  spliced.set(HEADER);
  let at = HEADER.byteLength;
  let [crc, length] = [0, 0];
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) {
      storeText(piece, spliced, at);
      crc = crc32(piece, crc);
    } else {
      // What comes next overwrites its final block.
      spliced.set(piece.bytes, at);
      crc = joinedCrc(crc, piece.crc, piece.byteLength);
    }
    at += splicedBytes(piece);
    length += piece.byteLength;
  }
  spliced.set(FINAL_BLOCK, at);
  spliced.set(u32s([crc, length]), at + FINAL_BLOCK.byteLength);
  return spliced;
}

function splicedBytes(piece: Uint8Array | DeflatedBody): number {
  if (!(piece instanceof Uint8Array)) return piece.bytes.byteLength - FINAL_BLOCK.byteLength;
  const blocks = Math.ceil(piece.byteLength / MOST_STORED_BYTES);
  return blocks * STORED_HEADER_BYTES + piece.byteLength;
}

/** Writes a text as stored blocks. */
function storeText(text: Uint8Array, spliced: Uint8Array, place: number): void {
  let at = place;
  for (let start = 0; start < text.byteLength; start += MOST_STORED_BYTES) {
    const length = Math.min(MOST_STORED_BYTES, text.byteLength - start);
    const isWhole = length === text.byteLength;
    // Stored, and not the last block of the document.
    spliced[at] = 0;
    spliced[at + 1] = length;
    spliced[at + 2] = length >>> 8;
    spliced[at + 3] = ~length;
    spliced[at + 4] = ~length >>> 8;
    spliced.set(isWhole ? text : text.subarray(start, start + length), at + STORED_HEADER_BYTES);
    at += STORED_HEADER_BYTES + length;
  }
}
