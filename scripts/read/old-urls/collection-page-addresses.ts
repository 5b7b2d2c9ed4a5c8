import { posix } from "node:path";
import type { DateReading } from "../dates/article-date.ts";
import type { AddressSettings } from "./address-settings.ts";
import { permalinksOfFolder } from "./address-settings.ts";
import { POSTS, documentPlace } from "./document-place.ts";
import { jekyllPaths } from "./jekyll-paths.ts";
import { servedPath } from "./page-address.ts";

/** Two times that no part of an address has in common, so that every address with a date in it is a guess. */
const NO_DATE: DateReading = {
  moment: { epochSeconds: Date.UTC(2001, 1, 3, 4, 5, 6) / 1000, offsetMinutes: 0 },
  wallSeconds: Date.UTC(2018, 9, 15, 16, 17, 18) / 1000,
  hasZone: false,
  mayBeUtc: true,
  doubt: null,
};

/**
 * The percent-decoded addresses of a page that is a document of a Jekyll collection, that in use first: what the settings
 * say of its folder. None where they say nothing, for a page in another folder, and of a permalink that needs a date.
 *
 * @param path the path from the folder of `wrangler.toml`, with extension
 * @param pathInSite the path from the root of the Jekyll site, with extension
 */
export function collectionPageAddresses(
  path: string,
  pathInSite: string,
  settings: AddressSettings,
  timeZone: string,
): readonly string[] {
  const place = documentPlace(pathInSite, pathInSite.replace(/\.[^./]+$/, ""));
  const permalinks = permalinksOfFolder(settings, [path, pathInSite]);
  if (place.collection === POSTS || permalinks === null) return [];
  const slug = posix.basename(place.path);
  const document = { ...place, slug, categories: [], date: NO_DATE, timeZone };
  return jekyllPaths(document, permalinks).certain.map(servedPath);
}
