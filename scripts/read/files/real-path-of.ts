import { realpathSync } from "node:fs";

/** The path to which a path leads when all links in it are followed; null if it leads nowhere. */
export function realPathOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}
