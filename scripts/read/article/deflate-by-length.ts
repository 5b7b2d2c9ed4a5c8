import type { DeflatedBody, PackEntry } from "../../../src/store/pack.ts";
import { bodyLengthOf } from "../../../src/store/pack.ts";

/** Deflates the bodies of entries, the shortest first: one stream can deflate them all in this order (`deflate-body.ts`). */
export function deflateByLength(
  entries: readonly PackEntry[],
): ReadonlyMap<PackEntry, DeflatedBody> {
  const shortestFirst = entries.toSorted((a, b) => bodyLengthOf(a) - bodyLengthOf(b));
  return new Map(shortestFirst.map((entry) => [entry, entry.deflate()]));
}
