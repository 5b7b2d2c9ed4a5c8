import { posix, resolve } from "node:path";
import { isPostsFolder, sourceFromRoot } from "./jekyll-site.ts";

/** The place of a folder of articles that is no part of a Jekyll site. */
export const USUAL_PLACE = "articles";

/**
 * What source folders count as in addresses of files: as if they were in the site's folder, called `articles`, or `_posts` as
 * they are, or were the site's folder, as the root of a Jekyll site is. So an address tells nothing of where articles were checked
 * out, and a site whose folder `articles` becomes a repository of its own keeps its addresses. Of several with the same place
 * the second counts as if it were in the folder `site-2`, and so on, by their order in the settings.
 *
 * @param root the folder that relative source folders are relative to
 * @returns paths relative to the site's root, by the absolute paths of source folders
 */
export function placesOfSources(
  root: string,
  sources: readonly string[],
): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const source of sources) {
    const folder = resolve(root, source);
    if (places.has(folder)) continue;
    const place = placeOf(sourceFromRoot(root, source));
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    places.set(folder, count === 1 ? place : posix.join(`site-${count}`, place));
  }
  return places;
}

function placeOf(fromRoot: string): string {
  if (fromRoot === "") return fromRoot;
  const name = posix.basename(fromRoot);
  return isPostsFolder(name) ? name : USUAL_PLACE;
}
