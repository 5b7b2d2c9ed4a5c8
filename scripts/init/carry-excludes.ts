import { join, posix } from "node:path";
import type { Table } from "../config/config-file.ts";
import { createPathJudge } from "../read/files/path-globs.ts";
import { textsOf } from "./jekyll-config.ts";

/** What Jekyll's `exclude` means for the files that are there. */
export interface CarriedExcludes {
  /** Whether Jekyll leaves a file out. */
  readonly isExcluded: (path: string) => boolean;
  /** Globs that leave out the same of `files`, those only that leave out any. */
  readonly globsFor: (files: readonly string[]) => {
    readonly globs: readonly string[];
    /** Entries for which there is no such glob. */
    readonly astray: readonly string[];
  };
}

/**
 * Reads Jekyll's `exclude` and `include` as its `EntryFilter` does, where a name leaves out all that begins with it, and `*`
 * stands for slashes too.
 */
export function readExcludes(config: Table): CarriedExcludes {
  const clean = (entry: string): string => entry.replace(/^\.?\//, "");
  const entries = textsOf(config["exclude"]).map(clean).filter(Boolean);
  const included = textsOf(config["include"]).map((entry) => clean(entry).replace(/\/$/, ""));
  const isIncluded = (path: string): boolean =>
    included.some((entry) => path === entry || path.startsWith(`${entry}/`));
  const excludes = (entry: string, path: string): boolean =>
    path.startsWith(entry) || matchesAcrossFolders(entry, path);
  return {
    isExcluded: (path) => !isIncluded(path) && entries.some((entry) => excludes(entry, path)),
    globsFor: (files) => {
      const globs: string[] = [];
      const astray: string[] = [];
      for (const entry of entries) {
        const out = files.filter((path) => !isIncluded(path) && excludes(entry, path));
        if (out.length === 0) continue;
        const glob = candidatesFor(entry).find((candidate) => isSame(candidate, files, out));
        if (glob === undefined) astray.push(entry);
        else globs.push(glob);
      }
      return { globs, astray };
    },
  };
}

/** Ruby's `File.fnmatch?` without flags. */
function matchesAcrossFolders(pattern: string, path: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|\\]/g, String.raw`\$&`)
    .replaceAll("**/", "*")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  try {
    return new RegExp(`^${source}$`).test(path);
  } catch {
    // Brackets that are no set.
    return false;
  }
}

function candidatesFor(entry: string): readonly string[] {
  const plain = entry.replace(/\/$/, "");
  return [plain, `${plain}*`, `**/${plain}`, `**/${posix.basename(plain)}`, `${plain}/**`];
}

/** Whether a glob leaves out the same files. */
function isSame(glob: string, files: readonly string[], out: readonly string[]): boolean {
  const judge = createPathJudge("/", { exclude: [glob], include: [] });
  const isOut = (path: string): boolean => {
    const parts = path.split("/");
    return parts.some(
      (_, index) => judge.verdictOn(join("/", ...parts.slice(0, index + 1)), null) === "excluded",
    );
  };
  return files.filter(isOut).length === out.length && out.every(isOut);
}
