import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";

/**
 * Creates a search for files that are called like one that is missing except for capitals, which count on the machine that deploys
 * though they may not on the author's. Each folder is listed once.
 */
export function createCapitalsSearch(): (file: string) => string | null {
  const listed = new Map<string, ReadonlyMap<string, string>>();
  return (file) => {
    const folder = dirname(file);
    const names = listed.get(folder) ?? namesIn(folder);
    listed.set(folder, names);
    return names.get(basename(file).toLowerCase()) ?? null;
  };
}

/** The names in a folder by their lower case; none where it cannot be listed. */
function namesIn(folder: string): ReadonlyMap<string, string> {
  try {
    return new Map(readdirSync(folder).map((name) => [name.toLowerCase(), name]));
  } catch {
    return new Map();
  }
}
