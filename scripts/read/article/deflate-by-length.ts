import type { DeflatedBody, PackEntry } from "../../../src/store/pack.ts";

/** Deflates the bodies of entries, the shortest first: one stream can deflate them all in this order (`deflate-body.ts`). */
export function deflateByLength(
  entries: readonly PackEntry[],
): ReadonlyMap<PackEntry, DeflatedBody> {
  const shortestFirst = entries.toSorted((a, b) => bodyLength(a) - bodyLength(b));
  return new Map(shortestFirst.map((entry) => [entry, entry.deflate()]));
}

function bodyLength({ size, key, head }: PackEntry): number {
  return size - key.byteLength - head.byteLength;
}
