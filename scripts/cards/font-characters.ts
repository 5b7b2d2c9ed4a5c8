import { closeSync, openSync, readSync } from "node:fs";
import { inflateSync } from "node:zlib";

/*
 * The `cmap` table of a font says which characters it has. The ranges in a web font's stylesheet only tell a browser which
 * file to load, and include characters that no file has.
 */

// Sizes and places in WOFF 1.0 (https://www.w3.org/TR/WOFF/), in bytes.
const HEADER_BYTES = 44;
const TABLE_COUNT_AT = 12;
const ENTRY_BYTES = 20;

/**
 * Reads the ranges of code points that a font has glyphs for.
 *
 * @param file a WOFF 1.0 file
 */
export function readFontCharacters(file: string): readonly (readonly [number, number])[] {
  const handle = openSync(file, "r");
  try {
    const read = (length: number, position: number): Buffer => {
      const bytes = Buffer.alloc(length);
      readSync(handle, bytes, 0, length, position);
      return bytes;
    };
    const header = read(HEADER_BYTES, 0);
    if (header.toString("latin1", 0, 4) !== "wOFF") {
      throw new TypeError(`"${file}" is no WOFF file`);
    }
    const count = header.readUInt16BE(TABLE_COUNT_AT);
    const directory = read(count * ENTRY_BYTES, HEADER_BYTES);
    for (let at = 0; at < directory.length; at += ENTRY_BYTES) {
      if (directory.toString("latin1", at, at + 4) !== "cmap") continue;
      const stored = read(directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 4));
      const length = directory.readUInt32BE(at + 12);
      return readCmap(stored.length === length ? stored : inflateSync(stored));
    }
    throw new TypeError(`"${file}" has no table "cmap"`);
  } finally {
    closeSync(handle);
  }
}

/** Reads OpenType's table "cmap": its subtable of format 12, which has all of Unicode, or else the one of format 4. */
function readCmap(cmap: Buffer): readonly (readonly [number, number])[] {
  const places = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.readUInt32BE(4 + index * 8 + 4),
  );
  const full = places.find((place) => cmap.readUInt16BE(place) === 12);
  if (full !== undefined) return readFormat12(cmap.subarray(full));
  const basic = places.find((place) => cmap.readUInt16BE(place) === 4);
  return basic === undefined ? [] : readFormat4(cmap.subarray(basic));
}

function readFormat12(table: Buffer): readonly (readonly [number, number])[] {
  return Array.from({ length: table.readUInt32BE(12) }, (_, index) => {
    const at = 16 + index * 12;
    return [table.readUInt32BE(at), table.readUInt32BE(at + 4)] as const;
  });
}

function readFormat4(table: Buffer): readonly (readonly [number, number])[] {
  const doubled = table.readUInt16BE(6);
  // The table has all ends, then two bytes of padding, then all beginnings. The last segment, 0xFFFF, only marks the end.
  return Array.from({ length: doubled / 2 }, (_, index) => {
    const to = table.readUInt16BE(14 + index * 2);
    return [table.readUInt16BE(16 + doubled + index * 2), to] as const;
  }).filter(([from]) => from !== 0xffff);
}
