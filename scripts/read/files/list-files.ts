import type { Dirent } from "node:fs";
import { lstatSync, readdirSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { errorDetail } from "../../terminal/error-detail.ts";
import type { FollowFile } from "./follow-file.ts";
import { SPECIAL, describeRefusal } from "./follow-file.ts";
import { isPostsFolder } from "./jekyll-site.ts";
import { isServedFile } from "./local-file.ts";
import type { GlobVerdict, PathJudge } from "./path-globs.ts";
import { FOLDER_UNREADABLE } from "./source-folder.ts";
import { pathInFolder } from "./path-in-folder.ts";
import { statOf } from "./stat-of.ts";

/** The extensions of Jekyll's `markdown_ext` setting, and HTML. */
export const ARTICLE_EXTENSION = /\.(?:md|markdown|mkdown|mkdn|mkd|html|htm)$/i;

/** Hidden files, backups of editors, and folders of a Jekyll site other than `_posts` and `_drafts`. */
const PASSED_OVER = /^\.|[~#]$|^(?:node_modules|_(?:site|layouts|includes|sass|data|plugins))$/;
/** Of the programs that are installed beside a site; Jekyll excludes them too. */
const INSTALLED = /^vendor\/(?:bundle|cache|gems|ruby)$/;

/** The errors of a folder that was deleted, or replaced by a file. */
const GONE: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR"]);

const FILE_UNREADABLE = "file-unreadable";

export type FileFault = Pick<Diagnostic, "code" | "what" | "advice"> &
  Partial<Pick<Diagnostic, "level">>;

/** What is listed of a folder and those in it. */
export interface Listing {
  /**
   * `all` files; of a Jekyll site all in its `_posts`, `_drafts` and collections, wherever they are; or its `pages`, which
   * are all files but those in folders whose name begins with `_`.
   */
  readonly kind: "all" | "posts" | "pages";
  /** Names of the folders of collections in a Jekyll site (`_recipes`). */
  readonly collections: ReadonlySet<string>;
  readonly judge: PathJudge;
  /** Absolute paths that another listing is for. */
  readonly apart: ReadonlySet<string>;
  /** Absolute paths of files that count as if they were on disk, by their folders, which are there. */
  readonly absent?: ReadonlyMap<string, readonly string[]>;
  /** The folders that were read: by their paths without links, the paths by which they were reached. */
  readonly visited: Map<string, string>;
  readonly follow: FollowFile;
  readonly report: (pathInside: string, fault: FileFault) => void;
}

/** A folder of a listing. */
interface ListedFolder extends Listing {
  /** Whether a link leads to the folder: not all that is in it may be published where the folder may. */
  readonly isBehindLink: boolean;
  /** What the globs of the settings say about the folder. */
  readonly verdict: GlobVerdict;
}

/**
 * The paths of files in a folder and those in it, in the order of their code units. Links are followed where `follow` lets
 * them, but no folder is read twice.
 */
export function listFiles(root: string, listing: Listing): readonly string[] {
  const verdict = listing.judge.verdictOn(root, null);
  return listFolder(root, "", { ...listing, isBehindLink: false, verdict });
}

function listFolder(root: string, folder: string, listed: ListedFolder): readonly string[] {
  const files: string[] = [];
  const own = join(root, folder);
  const entries = readFolder(root, folder, listed).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const inner = folder === "" ? entry.name : `${folder}/${entry.name}`;
    const path = pathInFolder(own, entry.name);
    const next = enter(entry, inner, path, listed);
    if (next === null) continue;
    const kind = kindOf(entry, inner, path, listed);
    if (kind === "folder") for (const file of listFolder(root, inner, next)) files.push(file);
    if (kind === "file" && next.verdict !== "excluded" && next.kind !== "posts") files.push(inner);
  }
  return files;
}

type Entry = Pick<Dirent, "name" | "isFile" | "isDirectory" | "isSymbolicLink">;

function absentEntry(path: string): Entry {
  return {
    name: basename(path),
    isFile: () => true,
    isDirectory: () => false,
    isSymbolicLink: () => false,
  };
}

/** What is listed of an entry of a folder; null where nothing is. */
function enter(
  entry: Entry,
  inner: string,
  path: string,
  listed: ListedFolder,
): ListedFolder | null {
  const { kind, judge, apart } = listed;
  if (apart.has(path)) return null;
  const isBehindLink = listed.isBehindLink || entry.isSymbolicLink();
  const verdict = judge.verdictOn(path, listed.verdict);
  // Most are files of which nothing else is said than of their folder.
  const isLikeFolder = isBehindLink === listed.isBehindLink && verdict === listed.verdict;
  const next = isLikeFolder ? listed : { ...listed, isBehindLink, verdict };
  const isPassedOver = PASSED_OVER.test(entry.name) || isNotOf(kind, entry, inner, listed);
  if (next.verdict === "excluded" || (isPassedOver && next.verdict === null)) {
    // What is in it is left out as it is, unless an `include` names that.
    return entry.isDirectory() && judge.mayInclude(path) ? { ...next, verdict: "excluded" } : null;
  }
  if (kind !== "posts") return next;
  const isWhole = isPostsFolder(entry.name) || listed.collections.has(inner);
  return { ...next, kind: isWhole ? "all" : kind };
}

/** Whether a Jekyll site's posts or pages are elsewhere than at an entry of its folders. */
function isNotOf(
  kind: Listing["kind"],
  entry: Entry,
  inner: string,
  { collections }: Listing,
): boolean {
  if (kind === "all") return false;
  if (kind === "posts" && entry.isFile()) return true;
  const isPosts = isPostsFolder(entry.name) || collections.has(inner);
  if (entry.name.startsWith("_")) return kind === "pages" || !isPosts;
  return INSTALLED.test(inner);
}

/** The entries of a folder; none if it was read before, was deleted meanwhile, or cannot be listed. */
function readFolder(
  root: string,
  folder: string,
  { visited, absent, report }: Listing,
): readonly Entry[] {
  const path = join(root, folder);
  try {
    const realPath = realpathSync.native(path);
    if (visited.has(realPath)) return [];
    visited.set(realPath, path);
    const entries: readonly Entry[] = readdirSync(path, { withFileTypes: true });
    return [...entries, ...(absent?.get(path) ?? []).map(absentEntry)];
  } catch (error) {
    const isGone = error instanceof Error && "code" in error && GONE.has(error.code);
    if (folder === "" || !isGone) {
      const what = `The folder cannot be listed: ${errorDetail(error)}`;
      report(folder, {
        code: FOLDER_UNREADABLE,
        what,
        advice: "correct its rights, run this again",
      });
    }
    return [];
  }
}

/** What an entry of a folder is, where it is a link what that leads to; null, reported, if it cannot be read. */
function kindOf(
  entry: Entry,
  pathInside: string,
  path: string,
  { kind, follow, report, isBehindLink }: ListedFolder,
): "file" | "folder" | null {
  const isArticle = ARTICLE_EXTENSION.test(entry.name);
  if (isMisnamed(entry, path)) {
    if (entry.isDirectory() || isArticle) {
      const what = "The name is not UTF-8, so that it cannot be opened";
      report(pathInside, { code: "name-not-utf8", what, advice: "rename it" });
    }
    return null;
  }
  if (entry.isFile() && !isBehindLink) return "file";
  if (entry.isDirectory() && !isBehindLink) return "folder";
  const followed = follow(path);
  if (followed.ok) return followed.value.isFolder ? "folder" : "file";
  // An article that names a picture has its own diagnostic, and nobody misses what is beside a Jekyll site's posts.
  if (isServedFile(entry.name) || kind === "posts") return null;
  const { failure } = followed;
  if (failure.reason === "missing") {
    const what = "The link leads nowhere, in a circle, or where nothing may be read";
    report(pathInside, { code: FILE_UNREADABLE, what, advice: "correct it, or delete it" });
  } else if (isArticle || statOf(path)?.isDirectory() === true) {
    const [why, advice] = describeRefusal(failure);
    const subject = entry.isSymbolicLink() ? "The link" : "The path";
    const isPlain = !isBehindLink && !entry.isSymbolicLink();
    const what = isPlain ? `This ${SPECIAL}` : `${subject} ${why}`;
    report(pathInside, { code: "link-refused", what: `${what}; it was skipped`, advice });
  }
  return null;
}

/** Whether a name is in no file system as it was decoded, since its bytes are not UTF-8. */
function isMisnamed({ name }: Entry, path: string): boolean {
  return name.includes("\uFFFD") && lstatSync(path, { throwIfNoEntry: false }) === undefined;
}
