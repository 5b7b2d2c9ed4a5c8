import type { Stats } from "node:fs";
import { statSync } from "node:fs";

/** The status of a path, links followed; null if it is missing, circular or too long. */
export function statOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
