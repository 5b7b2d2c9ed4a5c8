import { readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FolderWatch } from "./watch-folder.ts";

const FOLDER = "build";
/** Holds why the site was not bundled, for `npm start`, in whose output wrangler buries it. */
const FILE = "failed-bundle.txt";

/** Leaves word of why the site was not bundled; null takes it back. */
export function noteFailedBundle(root: string, why: string | null): void {
  const file = join(root, FOLDER, FILE);
  try {
    if (why === null) rmSync(file, { force: true });
    else writeFileSync(file, why);
  } catch {
    // Why it failed has been said already; it may be that nothing can be written there.
  }
}

/** Watches for word of a bundling that failed. `onFailure` may be called twice for one. */
export function watchFailedBundle(root: string, onFailure: () => void): FolderWatch {
  return watch(join(root, FOLDER), (_event, name) => {
    if (name === FILE) onFailure();
  });
}

/** Why the last bundling failed; null if it did not. */
export function readFailedBundle(root: string): string | null {
  try {
    return readFileSync(join(root, FOLDER, FILE), "utf8");
  } catch {
    return null;
  }
}
