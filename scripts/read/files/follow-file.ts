import { spawnSync } from "node:child_process";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";
import { LFS_ADVICE, LFS_POINTER } from "./lfs-pointer.ts";
import { isJekyllSite } from "./jekyll-site.ts";
import { realPathOf } from "./real-path-of.ts";
import { statOf } from "./stat-of.ts";

/** Where a path leads when all links in it are followed. */
interface Target {
  /** The absolute path on disk, without links. */
  readonly path: string;
  readonly isFolder: boolean;
}

/** Why a path leads to nothing that may be published. */
export type FileRefusal =
  | {
      /** It leads nowhere, or in a circle. */
      readonly reason: "missing";
      /** The name of a file that is there, and is called so except for capitals. */
      readonly near?: string;
    }
  | RefusedFile;

/** A file that is there, but may not be published. */
export interface RefusedFile {
  readonly reason: "refused";
  readonly why: "outside" | "hidden" | "ignored" | "special" | "lfs-pointer";
  /** Where the path leads: relative to the site's folder if it is in there, else absolute. */
  readonly target: string;
}

/** Says where a path leads, or why that may not be published. */
export type FollowFile = (path: string) => Result<Target, FileRefusal>;

/** A folder in which files may be published, as written and without links. */
interface PublishedFolder {
  readonly path: string;
  readonly target: string;
  readonly isSource: boolean;
}

/** Said of what is neither file nor folder. */
export const SPECIAL = "is no file but a pipe, a socket or a device";
const MAXIMUM_OUTPUT_BYTES = 1024 * 1024 * 1024;

/**
 * Creates the check of one run that no link and no article publishes what was not meant to be: a path may lead only to
 * files and folders in a source folder, in the site's folder, or in the one beside a Jekyll site's `_posts`; to none that is
 * hidden there, and to none that git ignores. A file that lies in a source folder, without a link, is never asked about in
 * git: that it lies there is the publisher's word.
 *
 * @param root the folder of `wrangler.toml`, absolute
 * @param sources the source folders, absolute or relative to it; they may be links to any other folder
 * @param others further folders in which files may be published, absolute
 */
export function createFollowFile(
  root: string,
  sources: readonly string[],
  others: readonly string[] = [],
): FollowFile {
  const folders = publishedFolders(root, sources, others);
  const ignored = new Map<string, ReadonlySet<string>>();
  const isIgnoredIn = (folder: string, segments: readonly string[]): boolean => {
    const paths = ignored.get(folder) ?? ignoredPaths(folder);
    ignored.set(folder, paths);
    // A disk of macOS keeps names as they were written, and git says them composed (core.precomposeUnicode).
    const names = segments.map((segment) => segment.normalize("NFC"));
    return (
      paths.has(names.join("/")) ||
      names.some((_, index) => paths.has(`${names.slice(0, index + 1).join("/")}/`))
    );
  };
  const isIgnored = (folder: string, inner: string): boolean => {
    const segments = inner.split(sep);
    // A checkout inside the folder has rules of its own, about which git says nothing outside of it.
    return segments.some((_, depth) => {
      const checkout = join(folder, ...segments.slice(0, depth));
      const isAsked = depth === 0 || statOf(join(checkout, ".git")) !== null;
      return isAsked && isIgnoredIn(checkout, segments.slice(depth));
    });
  };
  return (path) => {
    const target = realPathOf(path);
    const stats = target === null ? null : statOf(target);
    if (target === null || stats === null) return failed({ reason: "missing" });
    const refuse = (why: RefusedFile["why"]): Result<never, FileRefusal> => {
      const inSite = relative(realPathOf(root) ?? root, target);
      const isInSite = !inSite.startsWith("..");
      return failed({ reason: "refused", why, target: isInSite ? inSite : target });
    };
    if (!stats.isFile() && !stats.isDirectory()) return refuse("special");
    // The innermost comes first: what is hidden below it is hidden below all.
    const folder = folders.find((each) => isBelow(target, each.target));
    if (folder === undefined) return refuse("outside");
    const inner = relative(folder.target, target);
    if (inner.split(sep).some((segment) => segment.startsWith("."))) return refuse("hidden");
    const isPlain = folder.isSource && join(folder.path, inner) === path;
    if (!isPlain && isIgnored(folder.target, inner)) return refuse("ignored");
    return ok({ path: target, isFolder: stats.isDirectory() });
  };
}

/** The message about a refused file, to be put behind what it is, and the advice. */
export function describeRefusal({
  why,
  target,
}: RefusedFile): readonly [what: string, advice: string] {
  const instead = "put what is meant in its place";
  switch (why) {
    case "outside":
      return [
        `leads to "${target}", which is neither in a source folder nor in the site's folder`,
        `${instead}, or name its folder in the setting "sources"`,
      ];
    case "hidden":
      return [`leads to "${target}", which is hidden: a name in it begins with a dot`, instead];
    case "ignored":
      return [
        `leads to "${target}", which git ignores`,
        `${instead}, or take it out of .gitignore if it may be published`,
      ];
    case "special":
      return [`leads to "${target}", which ${SPECIAL}`, instead];
    case "lfs-pointer":
      return [`is only ${LFS_POINTER}`, LFS_ADVICE];
  }
}

function publishedFolders(
  root: string,
  sources: readonly string[],
  others: readonly string[],
): readonly PublishedFolder[] {
  const written = sources.map((source) => resolve(root, source));
  const jekyllSites = written
    .filter((source) => basename(source).startsWith("_"))
    .map((source) => dirname(source));
  return [
    // Of all that is in a Jekyll site's root only the posts are meant to be published.
    ...written.map((path) => ({ path, isSource: !isJekyllSite(path) })),
    ...[root, ...jekyllSites, ...others].map((path) => ({ path, isSource: false })),
  ]
    .flatMap((folder) => {
      const target = realPathOf(folder.path);
      return target === null ? [] : { ...folder, target };
    })
    .toSorted((a, b) => b.target.length - a.target.length);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/**
 * The paths in a folder that git ignores, with `/` at the end of those that are folders. Empty if the folder is not in a
 * checkout, if git is missing, or if git ignores the folder itself, since it then says nothing about what is in it.
 */
function ignoredPaths(folder: string): ReadonlySet<string> {
  const args = ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"];
  const options = { cwd: folder, encoding: "utf8", maxBuffer: MAXIMUM_OUTPUT_BYTES } as const;
  const { status, stdout } = spawnSync("git", args, options);
  return new Set(
    status === 0
      ? stdout
          .normalize("NFC")
          .split("\0")
          .filter((path) => !/^(?:\.\/)?$/.test(path))
      : [],
  );
}
