import { crc32 } from "node:zlib";
import { joinedBytes, u32s } from "./joined-bytes.ts";
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

/**
 * Makes a gzipped document from pieces. Texts are stored uncompressed, and deflated bodies are put between them unread,
 * which takes a tenth of the time that compressing the whole document takes.
 */
export function splicedGzip(
  pieces: readonly (Uint8Array | DeflatedBody)[],
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [HEADER];
  let [crc, length] = [0, 0];
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) {
      parts.push(...storedBlocks(piece));
      crc = crc32(piece, crc);
    } else {
      parts.push(piece.bytes.subarray(0, -FINAL_BLOCK.byteLength));
      crc = joinedCrc(crc, piece.crc, piece.byteLength);
    }
    length += piece.byteLength;
  }
  // RFC 1952, section 2.3.1: the checksum and the length of the document come last.
  return joinedBytes([...parts, FINAL_BLOCK, u32s([crc, length])]);
}

function storedBlocks(text: Uint8Array): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < text.byteLength; start += MOST_STORED_BYTES) {
    const piece = text.subarray(start, start + MOST_STORED_BYTES);
    const header = new Uint8Array(STORED_HEADER_BYTES);
    const fields = new DataView(header.buffer);
    fields.setUint16(1, piece.byteLength, true);
    fields.setUint16(3, ~piece.byteLength, true);
    parts.push(header, piece);
  }
  return parts;
}
