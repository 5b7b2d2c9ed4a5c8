import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CONFIG_FILES, isTable, parseConfigFile } from "../config/config-file.ts";

/** wrangler's file in a folder, and whether it is that of a site. */
export interface WranglerFileFound {
  readonly path: string;
  readonly isSite: boolean;
}

/** wrangler's file of a folder; null where there is none. One that cannot be read counts as a site's, which other commands tell of. */
export function findWranglerFile(folder: string): WranglerFileFound | null {
  const name = CONFIG_FILES.find((each) => existsSync(join(folder, each)));
  if (name === undefined) return null;
  const path = join(folder, name);
  const read = parseConfigFile(readFileSync(path, "utf8"), name);
  const vars = read.ok ? read.value.table["vars"] : null;
  return { path, isSite: !read.ok || (isTable(vars) && isTable(vars["SITE"])) };
}

/** The settings of the site that a folder lies in; null where it lies in none. */
export function findSiteAbove(folder: string): string | null {
  let above = dirname(folder);
  while (true) {
    const found = findWranglerFile(above);
    if (found?.isSite === true) return found.path;
    if (above === dirname(above)) return null;
    above = dirname(above);
  }
}
