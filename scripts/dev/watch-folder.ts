import type { FSWatcher } from "node:fs";
import { readdirSync, watch } from "node:fs";
import { platform } from "node:os";
import { join, sep } from "node:path";

/** A folder that is being watched. */
export type FolderWatch = Pick<FSWatcher, "close">;

/**
 * Watches a folder and all folders in it. On Linux each folder is watched on its own, because Node's `recursive` watches
 * single files there, and loses those that an editor replaces.
 *
 * @param onChange is called for every change, for some several times
 * @param isLeftOut whether a folder in it is not watched, from its absolute path
 * @throws if the folder itself cannot be watched
 */
export function watchFolder(
  folder: string,
  onChange: () => void,
  isLeftOut: (path: string) => boolean = () => false,
): FolderWatch {
  if (platform() !== "linux") {
    return watch(folder, { recursive: true }, (_event, name) => {
      const folders = name?.split(sep).slice(0, -1) ?? [];
      const paths = folders.map((_, index) => join(folder, ...folders.slice(0, index + 1)));
      if (!paths.some(isLeftOut)) onChange();
    });
  }
  const watchers = new Map<string, FSWatcher>();
  const forget = (path: string): void => {
    watchers.get(path)?.close();
    watchers.delete(path);
  };
  const watchAll = (path: string): void => {
    if (!watchers.has(path)) {
      const watcher = watch(path, (event, name) => {
        if (name !== null && isLeftOut(join(path, name))) return;
        if (event === "rename") watchAll(path);
        onChange();
      });
      // An error means that the folder is gone.
      watcher.on("error", () => {
        forget(path);
      });
      watchers.set(path, watcher);
    }
    for (const inner of foldersIn(path)) if (!isLeftOut(inner)) watchAll(inner);
  };
  watchAll(folder);
  return {
    close: () => {
      for (const path of watchers.keys()) forget(path);
    },
  };
}

/** The folders in a folder; none if it was deleted meanwhile. */
function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}
