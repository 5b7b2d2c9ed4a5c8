import { mkdirSync, watch, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { REMOVED_FILE } from "../removed/read-removed.ts";
import type { FolderWatch } from "./watch-folder.ts";
import { watchFolder } from "./watch-folder.ts";

/** What is watched of a site besides what `wrangler dev` watches itself. */
export interface SiteWatch {
  /** Makes wrangler bundle again if anything has changed so far: it does not watch from its first moment on. */
  readonly catchUp: () => void;
  readonly close: () => void;
}

const FILES: ReadonlySet<string | null> = new Set(["wrangler.toml", REMOVED_FILE]);
/** What `watch_dir` of wrangler.toml names: a change in these makes `wrangler dev` bundle again. */
const ARTICLES = "articles";
const WATCHED = "build/watched";

/**
 * Watches the settings, `removed.txt` and the source folders, and has `wrangler dev` bundle again where it would not
 * notice a change itself.
 *
 * @param root the folder of `wrangler.toml`
 * @param sources relative to it
 * @param warn is told of folders that cannot be watched
 */
export function watchSite(
  root: string,
  sources: readonly string[],
  warn: (line: string) => void,
): SiteWatch {
  mkdirSync(join(root, WATCHED), { recursive: true });
  let changes = 0;
  const note = (): void => {
    changes += 1;
  };
  const bundleAgain = (): void => {
    note();
    writeFileSync(join(root, WATCHED, "changed"), String(changes));
  };
  // Editors replace files, and a watch on a file itself then watches nothing: its folder is watched.
  const watchers: FolderWatch[] = [
    watch(root, (_event, name) => {
      if (FILES.has(name)) bundleAgain();
    }),
  ];
  for (const folder of sources.map((source) => resolve(root, source))) {
    const isWranglers = relative(root, folder).split(sep)[0] === ARTICLES;
    try {
      watchers.push(watchFolder(folder, isWranglers ? note : bundleAgain));
    } catch (error) {
      warn(`Cannot watch "${folder}": ${String(error)}; changes in it show after a restart`);
    }
  }
  return {
    catchUp: () => {
      if (changes > 0) bundleAgain();
    },
    close: () => {
      for (const watcher of watchers) watcher.close();
    },
  };
}
