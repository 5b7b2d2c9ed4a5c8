import { readFileSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FolderWatch } from "./watch-folder.ts";

const FOLDER = "build";
/**
 * What bundling tells `npm start`, in whose output wrangler buries it: why the site was not bundled, and what of it is still to
 * be drawn.
 */
const FILES = { failed: "failed-bundle.txt", unfinished: "unfinished-bundle.txt" } as const;

export type WordFromBundle = keyof typeof FILES;

/** Leaves word for `npm start`; null takes it back. */
export function leaveWord(root: string, about: WordFromBundle, word: string | null): void {
  const file = join(root, FOLDER, FILES[about]);
  try {
    if (word === null) {
      rmSync(file, { force: true });
      return;
    }
    // Whoever watches never sees a part of it.
    writeFileSync(`${file}.new`, word);
    renameSync(`${file}.new`, file);
  } catch {
    // It has been printed too; it may be that nothing can be written there.
  }
}

/** Watches for word from bundling. `onWord` may be called twice for one, and is when it is taken back. */
export function watchWord(root: string, about: WordFromBundle, onWord: () => void): FolderWatch {
  return watch(join(root, FOLDER), (_event, name) => {
    if (name === FILES[about]) onWord();
  });
}

/** The word that the last bundling left; null if it left none. */
export function readWord(root: string, about: WordFromBundle): string | null {
  try {
    return readFileSync(join(root, FOLDER, FILES[about]), "utf8");
  } catch {
    return null;
  }
}
