import { readFileSync, writeFileSync } from "node:fs";

/*
 * `npm start` bundles while wrangler is still loading, so that wrangler's own first `[build]` finds all done. A file says
 * of which start that is true; it is read and written under the lock of bundling. Without `npm start` there is no such file.
 */

/** Who bundles, and for which start. */
export interface StartTurn {
  readonly file: string;
  /** No other start has the same. */
  readonly start: string;
  readonly bundler: "ahead" | "wrangler";
}

/** Whether this start's turn has been bundled for already; wrangler's next one is for a change, and never is. */
export function isBundled({ file, start, bundler }: StartTurn): boolean {
  const state = readState(file);
  if (bundler === "ahead") return state === taken(start);
  writeFileSync(file, taken(start));
  return state === ready(start);
}

/** Notes that the release is there. */
export function markBundled({ file, start, bundler }: StartTurn): void {
  if (bundler === "ahead") writeFileSync(file, ready(start));
}

const ready = (start: string): string => `${start} ready`;
const taken = (start: string): string => `${start} taken`;

function readState(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
