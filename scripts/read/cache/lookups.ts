import { isDeepStrictEqual } from "node:util";
import type { FindLocalFile, LocalReference } from "../files/local-file.ts";

/** A file that an article refers to, as it was found or not. */
export interface Lookup {
  readonly reference: LocalReference;
  readonly found: ReturnType<FindLocalFile>;
}

/** Wraps a finder so that it records each lookup and its result, which `areStillFound` can repeat. */
export function recordLookups(find: FindLocalFile): {
  readonly find: FindLocalFile;
  readonly lookups: readonly Lookup[];
} {
  const lookups: Lookup[] = [];
  return {
    lookups,
    find: (reference) => {
      const found = find(reference);
      // What an article holds itself is found again as long as it was kept.
      lookups.push({ reference: { base: reference.base, path: reference.path }, found });
      return found;
    },
  };
}

/** Whether every lookup still has the same result as when the article was read. */
export function areStillFound(lookups: readonly Lookup[], find: FindLocalFile): boolean {
  return lookups.every(({ reference, found }) => isDeepStrictEqual(find(reference), found));
}
