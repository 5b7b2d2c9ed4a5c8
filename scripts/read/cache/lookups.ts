import { isDeepStrictEqual } from "node:util";
import type { FindLocalFile, LocalFile, LocalReference } from "../files/local-file.ts";

/** Another file that an article names, as it was found; null where it was not there. */
export interface Lookup {
  readonly reference: LocalReference;
  readonly found: LocalFile | null;
}

/** A finder that writes down what it was asked for and what it found, so that `areStillFound` can ask again. */
export function recordLookups(find: FindLocalFile): {
  readonly find: FindLocalFile;
  readonly lookups: readonly Lookup[];
} {
  const lookups: Lookup[] = [];
  return {
    lookups,
    find: (reference) => {
      const found = find(reference);
      lookups.push({ reference, found });
      return found;
    },
  };
}

/** Whether all that an article names is as it was when the article was read. */
export function areStillFound(lookups: readonly Lookup[], find: FindLocalFile): boolean {
  return lookups.every(({ reference, found }) => isDeepStrictEqual(find(reference), found));
}
