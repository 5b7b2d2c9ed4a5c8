/** What can be said by folder of what files have, and the files of which it cannot. */
export interface FolderValues {
  /** By folder; only the outermost of those that say the same. */
  readonly byFolder: Readonly<Record<string, string>>;
  /** Files in one folder with others that have another value. */
  readonly astray: readonly string[];
}

/**
 * Says by folder what files have each for itself, where the innermost folder counts. Nothing is said of folders all of whose
 * files have what is usual.
 *
 * @param values by path with `/` between folders
 * @param usual the value of files in folders of which nothing is said
 */
export function folderValues(
  values: ReadonlyMap<string, string | null>,
  usual: string | null,
): FolderValues {
  const byFolder: Record<string, string> = {};
  const astray: string[] = [];
  const visit = (folder: string, paths: readonly string[], inherited: string | null): void => {
    const found = new Set(paths.map((path) => values.get(path) ?? null));
    const [only = null] = found;
    // Documents and pages in folders beside these have other values.
    const isSayable = /(?:^|\/)_[^/]+(?:\/|$)/.test(folder) && only !== null;
    if (found.size === 1 && (only === inherited || isSayable)) {
      if (only !== null && only !== inherited) byFolder[folder] = only;
      return;
    }
    const own = paths.filter((path) => folderOf(path) === folder);
    const [common = inherited] = mostCommon(own.map((path) => values.get(path) ?? null));
    const said = folder === "" || common === null ? inherited : common;
    if (said !== null && said !== inherited) byFolder[folder] = said;
    astray.push(...own.filter((path) => (values.get(path) ?? null) !== said));
    const below = Map.groupBy(
      paths.filter((path) => folderOf(path) !== folder),
      (path) =>
        path
          .split("/")
          .slice(0, depthOf(folder) + 1)
          .join("/"),
    );
    for (const [inner, inside] of below) visit(inner, inside, said);
  };
  if (values.size > 0) visit("", [...values.keys()], usual);
  return { byFolder, astray };
}

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

function depthOf(folder: string): number {
  return folder === "" ? 0 : folder.split("/").length;
}

/** The values, the most frequent first. */
function mostCommon(values: readonly (string | null)[]): readonly (string | null)[] {
  const groups = [...Map.groupBy(values, (value) => value)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length).map(([value]) => value);
}
