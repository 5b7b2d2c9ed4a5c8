import { posix, relative, sep } from "node:path";

/** The settings `exclude` and `include`: globs, relative to the folder of `wrangler.toml`. */
export interface PathGlobs {
  readonly exclude: readonly string[];
  readonly include: readonly string[];
}

/** What the globs say about a path: it is read whatever its name is, it is passed over, or they say nothing. */
export type GlobVerdict = "included" | "excluded" | null;

export interface PathJudge {
  /** What the globs say about a path, from what they say about the folder that it is in. */
  readonly verdictOn: (path: string, ofFolder: GlobVerdict) => GlobVerdict;
  /** Whether an `include` names something in a folder, so that one has to look into it though it is passed over. */
  readonly mayInclude: (folder: string) => boolean;
}

/**
 * Makes the judge of one run. A glob that names a folder names all that is in it, and `include` beats `exclude`.
 *
 * @param root the folder of `wrangler.toml`, absolute
 */
export function createPathJudge(root: string, { exclude, include }: PathGlobs): PathJudge {
  // `drafts/` and `drafts/**` say the same as `drafts`.
  const [out = [], into = []] = [exclude, include].map((globs) =>
    globs.map((glob) => posix.normalize(glob).replace(/(?:\/|\/\*\*)+$/, "")),
  );
  const written = (path: string): string => relative(root, path).split(sep).join("/");
  return {
    verdictOn(path, ofFolder) {
      if (ofFolder === "included" || into.length + out.length === 0) return ofFolder;
      const name = written(path);
      const isNamed = (glob: string): boolean => posix.matchesGlob(name, glob);
      if (into.some(isNamed)) return "included";
      return ofFolder === "excluded" || out.some(isNamed) ? "excluded" : null;
    },
    mayInclude: (folder) => into.some((glob) => glob.startsWith(`${written(folder)}/`)),
  };
}
