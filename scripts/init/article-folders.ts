import type { SiteFile } from "./list-site-files.ts";

/** Folders other than `_posts` that hold nothing but dated files, as an archive of old articles does. */
export interface ArticleFolders {
  readonly folders: readonly string[];
  readonly articles: readonly SiteFile[];
  /** Such folders that Jekyll leaves out, and what to do. */
  readonly leftovers: readonly string[];
}

/**
 * Finds the folders in which all files with front matter are dated: what Jekyll would take for pages are articles.
 *
 * @param pages files with front matter that lie in no `_posts`
 */
export function findArticleFolders(
  pages: readonly SiteFile[],
  isExcluded: (path: string) => boolean,
): ArticleFolders {
  const byFolder = Map.groupBy(
    pages.filter(({ path }) => path.includes("/")),
    ({ path }) => path.split("/")[0] ?? "",
  );
  const folders: string[] = [];
  const articles: SiteFile[] = [];
  const leftovers: string[] = [];
  for (const [folder, files] of byFolder) {
    if (!files.every(({ isDated }) => isDated)) continue;
    const kept = files.filter(({ path }) => !isExcluded(path));
    if (kept.length === 0) {
      leftovers.push(
        `${folder}: articles that exclude keeps out; add "${folder}" to sources if they are to be read`,
      );
    } else {
      folders.push(folder);
      articles.push(...kept);
    }
  }
  return { folders, articles, leftovers };
}
