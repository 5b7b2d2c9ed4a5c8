import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Settings } from "../config/settings.ts";

/** For so many addresses of a site something is kept. */
const MOST_ADDRESSES = 3;

/**
 * The file that keeps something for the site's address: articles name that address, so `npm start` and a deploy read them
 * differently. Only the three newest files of a kind stay.
 */
export function cacheFile(
  folder: string,
  kind: "articles" | "bundle" | "index" | "lists" | "pages",
  { site }: Pick<Settings, "site">,
): string {
  const file = join(folder, `${kind}-${contentHash([site.url])}`);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const others = names
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => join(folder, name))
    .filter((other) => other !== file)
    .map((other) => ({ other, usedAt: statSync(other).mtimeMs }))
    .toSorted((a, b) => b.usedAt - a.usedAt);
  for (const { other } of others.slice(MOST_ADDRESSES - 1)) rmSync(other);
  return file;
}
