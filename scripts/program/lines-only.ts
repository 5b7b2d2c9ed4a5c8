import { decode, encode } from "@jridgewell/sourcemap-codec";
import * as v from "valibot";

const sourceMap = v.looseObject({ mappings: v.string(), names: v.array(v.string()) });

/**
 * A source map that knows the line of every place in the code, and no column: an error's trace is about lines, and without
 * columns a map is less than half as large.
 */
export function linesOnly(map: string): string {
  const read = v.parse(sourceMap, JSON.parse(map));
  const lines = decode(read.mappings).map((places) => {
    let before = "";
    return places.flatMap(([column, source, line]) => {
      const place = `${source}:${line}`;
      if (source === undefined || line === undefined || place === before) return [];
      before = place;
      return [[column, source, line, 0] as [number, number, number, number]];
    });
  });
  return JSON.stringify({ ...read, names: [], mappings: encode(lines) });
}
