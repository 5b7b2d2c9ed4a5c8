import { closeSync, openSync, readSync } from "node:fs";
import { inflateSync } from "node:zlib";

/*
 * Which characters a font really has: its `cmap` table. The ranges that a web font's stylesheet gives say only where a
 * browser should look, and name characters that no file has.
 */

/** WOFF 1.0 (https://www.w3.org/TR/WOFF/): the header, and an entry of the table directory. */
const HEADER_BYTES = 44;
const TABLE_COUNT_AT = 12;
const ENTRY_BYTES = 20;

/**
 * The ranges of code points that a font has a glyph for.
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

/** OpenType, "cmap": the best of the Unicode subtables, format 12 before format 4. */
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
  // Behind the ends stand two bytes of padding; the last segment is 0xFFFF and means nothing.
  return Array.from({ length: doubled / 2 }, (_, index) => {
    const to = table.readUInt16BE(14 + index * 2);
    return [table.readUInt16BE(16 + doubled + index * 2), to] as const;
  }).filter(([from]) => from !== 0xffff);
}
