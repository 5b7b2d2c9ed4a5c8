import type { Stats } from "node:fs";
import { statSync } from "node:fs";

/** What is at a path; null where it leads nowhere, round in a circle, or is longer than any path may be. */
export function statOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
