import { posix } from "node:path";
import type { JekyllPost } from "./jekyll-paths.ts";

export const POSTS = "posts";

/**
 * The collection of a document, which is `posts` where its folder's name says no other, and its path there: of a post below
 * `_posts` with the folders before it, of another collection below its folder, which lies in Jekyll's root.
 *
 * @param file the path from the root of the Jekyll site, with extension
 * @param pathInSource the path inside the source folder, without extension
 */
export function documentPlace(
  file: string,
  pathInSource: string,
): Pick<JekyllPost, "collection" | "path"> {
  if (!file.includes("_")) return { collection: POSTS, path: pathInSource };
  const folders = posix
    .normalize(file)
    .split("/")
    .slice(0, -1)
    .filter((name) => name !== "..");
  const collection = collectionOf(folders);
  const at = folders.indexOf(`_${collection}`);
  if (at === -1) return { collection, path: pathInSource };
  const inner = collection === POSTS ? folders.toSpliced(at, 1) : folders.slice(at + 1);
  return { collection, path: [...inner, posix.basename(pathInSource)].join("/") };
}

/** The name of the collection that the folder `_name` of a file is for. */
function collectionOf(folders: readonly string[]): string {
  if (folders.includes("_posts") || folders.includes("_drafts")) return POSTS;
  return folders.find((name) => name.startsWith("_"))?.slice(1) ?? POSTS;
}
