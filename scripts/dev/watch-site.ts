import { mkdirSync, watch, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CONFIG_FILES } from "../config/config-file.ts";
import { statOf } from "../read/files/stat-of.ts";
import { THEME_FILE } from "../look/read-theme.ts";
import { REMOVED_FILE } from "../removed/read-removed.ts";
import type { FolderWatch } from "./watch-folder.ts";
import { watchFolder } from "./watch-folder.ts";

/** A running watch over the parts of a site that `wrangler dev` does not watch itself. */
export interface SiteWatch {
  /** Makes wrangler bundle again if anything changed before wrangler began to watch. */
  readonly catchUp: () => void;
  /** Makes wrangler bundle again. */
  readonly bundleAgain: () => void;
  readonly close: () => void;
}

const FILES: ReadonlySet<string | null> = new Set([...CONFIG_FILES, REMOVED_FILE, THEME_FILE]);
/** `watch_dir` in wrangler.toml names it. It names no articles: wrangler follows links, and goes round one to a folder above. */
const WATCHED = "build/watched";

/**
 * Watches the settings, `removed.txt`, `theme.css`, the icon, the source folders and pages, and makes `wrangler dev` bundle again after changes in
 * them.
 *
 * @param root the folder of `wrangler.toml`
 * @param sources the source folders, folders and files with pages, and the icon, relative to `root`
 * @param warn is told of folders that cannot be watched
 * @param onChange is called for every change, before wrangler bundles
 */
export function watchSite(
  root: string,
  sources: readonly string[],
  warn: (line: string) => void,
  onChange: () => void,
): SiteWatch {
  mkdirSync(join(root, WATCHED), { recursive: true });
  let changes = 0;
  const bundleAgain = (): void => {
    changes += 1;
    writeFileSync(join(root, WATCHED, "changed"), String(changes));
  };
  const noteChange = (): void => {
    onChange();
    bundleAgain();
  };
  // The folder is watched and not the files, because editors replace a file, and a watch on the old one sees nothing.
  const watchers: FolderWatch[] = [
    watch(root, (_event, name) => {
      if (FILES.has(name)) noteChange();
    }),
  ];
  for (const folder of sources.map((source) => resolve(root, source))) {
    try {
      watchers.push(
        statOf(folder)?.isFile() === true
          ? watchFile(folder, noteChange)
          : watchFolder(folder, noteChange, (path) => isNoPartOfSite(root, path)),
      );
    } catch (error) {
      warn(`Cannot watch "${folder}": ${String(error)}; changes in it show after a restart`);
    }
  }
  return {
    catchUp: () => {
      if (changes > 0) bundleAgain();
    },
    bundleAgain,
    close: () => {
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Watches a file in its folder, since editors replace files. */
function watchFile(file: string, onChange: () => void): FolderWatch {
  return watch(dirname(file), (_event, name) => {
    if (name === basename(file)) onChange();
  });
}

/**
 * Whether a folder holds no article and no page: it is hidden, holds programs, or is what bundling writes, whose changes
 * would make it bundle for ever.
 */
function isNoPartOfSite(root: string, path: string): boolean {
  return /^(?:\.|node_modules$)/.test(basename(path)) || path === join(root, "build");
}
