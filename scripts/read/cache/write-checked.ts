import { closeSync, openSync, renameSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { u32s } from "../../../src/store/joined-bytes.ts";

/**
 * Writes a file whole or not at all: a beginning, the CRC of the rest in four bytes, and the rest, whose pieces are not joined,
 * since they are large.
 */
export function writeChecked(path: string, start: Uint8Array, rest: readonly Uint8Array[]): void {
  const crc = rest.reduce((before, piece) => crc32(piece, before), 0);
  const file = openSync(`${path}.new`, "w");
  try {
    for (const piece of [start, u32s([crc]), ...rest]) writeAll(file, piece);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}

function writeAll(file: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.byteLength) written += writeSync(file, bytes, written);
}
