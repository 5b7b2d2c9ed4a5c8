import type { Dirent } from "node:fs";
import { lstatSync, readdirSync, realpathSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { errorAt, hasError, warningAt } from "../../diagnostics/diagnostic.ts";
import { errorDetail } from "../../terminal/error-detail.ts";
import type { FollowFile } from "./follow-file.ts";
import { SPECIAL, describeRefusal } from "./follow-file.ts";
import { isServedFile } from "./local-file.ts";
import { readPart } from "./read-part.ts";
import { FOLDER_UNREADABLE, SOURCES_NAMED, missingSources } from "./source-folder.ts";
import { statOf } from "./stat-of.ts";

/** A file in a source folder. */
export interface FoundFile {
  /** The absolute path of the file on disk. */
  readonly file: string;
  /** The path as diagnostics name it: the source folder as in the settings, then the path inside it. */
  readonly path: string;
  /** The absolute path of the source folder on disk. */
  readonly source: string;
  /** The path inside the source folder, with `/` between folders and with extension. */
  readonly pathInSource: string;
}

export interface FoundFiles {
  /** Files that are read as articles, sorted by source folder and then by code units of the path, on every machine. */
  readonly articles: readonly FoundFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The extensions of Jekyll's `markdown_ext` setting, and HTML. */
const ARTICLE_EXTENSION = /\.(?:md|markdown|mkdown|mkdn|mkd|html|htm)$/i;
/** Text formats that other programs read as articles but this one does not. */
const UNREAD_EXTENSION = /\.(?:rmd|qmd|txt|text|mdx|rst|adoc|asciidoc|textile|org|docx?)$/i;
const DATED_NAME = /^\d{4}-\d{1,2}-\d{1,2}-/;
/** Hidden files, backups of editors, and folders of a Jekyll site other than `_posts` and `_drafts`. */
const PASSED_OVER = /^\.|[~#]$|^(?:node_modules|_(?:site|layouts|includes|sass|data|plugins))$/;
const OPENING_FENCE = /^\uFEFF?---\s/;

/** The errors of a folder that was deleted, or replaced by a file. */
const GONE: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR"]);

const FILE_UNREADABLE = "file-unreadable";

/**
 * Lists the articles in source folders and their subfolders, without hidden files, backups of editors and other folders of
 * a Jekyll site. Links are followed where `follow` lets them, but no folder is read twice.
 *
 * @param root the folder that relative source folders are relative to
 */
export function findArticles(
  root: string,
  sources: readonly string[],
  follow: FollowFile,
): FoundFiles {
  const articles: FoundFile[] = [];
  const diagnostics = [...missingSources(root, sources)];
  const visited = new Set<string>();
  for (const source of sources) {
    const folder = resolve(root, source);
    if (statOf(folder)?.isDirectory() !== true) continue;
    const written = source.replace(/\/+$/, "");
    const report = (pathInSource: string, fault: FileFault): void => {
      const { level = "error", code, what, advice } = fault;
      diagnostics.push({
        ...errorAt(`${written}/${pathInSource}`, null, code, what, advice),
        level,
      });
    };
    const listing = { visited, follow, report, isBehindLink: false };
    for (const pathInSource of listFiles(folder, "", listing)) {
      const file = join(folder, pathInSource);
      if (ARTICLE_EXTENSION.test(pathInSource)) {
        articles.push({ file, path: `${written}/${pathInSource}`, source: folder, pathInSource });
      } else if (looksLikeArticle(file)) {
        const what = "The file looks like an article, but files of this kind are not read";
        const advice = "rename it to .md or .html, or move it out of the folder";
        report(pathInSource, { level: "warning", code: "file-not-read", what, advice });
      }
    }
  }
  if (articles.length === 0 && !hasError(diagnostics)) {
    const what = "There is no article in the source folders";
    const advice = `put one there (.md, .markdown or .html), or correct ${SOURCES_NAMED}`;
    diagnostics.push(warningAt(sources.join(","), null, "sources-empty", what, advice));
  }
  return { articles, diagnostics };
}

/** Whether a file in a text format that is not read has a dated name or begins like an article. */
function looksLikeArticle(file: string): boolean {
  if (!UNREAD_EXTENSION.test(file)) return false;
  if (DATED_NAME.test(basename(file))) return true;
  try {
    return OPENING_FENCE.test(readPart(file, 0, 8).toString());
  } catch {
    // It was deleted meanwhile, or may not be read: nobody can say, and no reader misses it.
    return false;
  }
}

type FileFault = Pick<Diagnostic, "code" | "what" | "advice"> & Partial<Pick<Diagnostic, "level">>;

interface Listing {
  /** The folders that were read, without links. */
  readonly visited: Set<string>;
  readonly follow: FollowFile;
  readonly report: (pathInSource: string, fault: FileFault) => void;
  /** Whether a link leads to the folder: not all that is in it may be published where the folder may. */
  readonly isBehindLink: boolean;
}

function listFiles(root: string, folder: string, listing: Listing): readonly string[] {
  return readFolder(root, folder, listing)
    .filter(({ name }) => !PASSED_OVER.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const kind = kindOf(entry, inner, join(root, inner), listing);
      const isBehindLink = listing.isBehindLink || entry.isSymbolicLink();
      if (kind === "folder") return listFiles(root, inner, { ...listing, isBehindLink });
      return kind === "file" ? inner : [];
    });
}

/** The entries of a folder; none if it was read before, was deleted meanwhile, or cannot be listed. */
function readFolder(root: string, folder: string, { visited, report }: Listing): readonly Dirent[] {
  const path = join(root, folder);
  try {
    const realPath = realpathSync.native(path);
    if (visited.has(realPath)) return [];
    visited.add(realPath);
    return readdirSync(path, { withFileTypes: true });
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
  entry: Dirent,
  pathInSource: string,
  path: string,
  { follow, report, isBehindLink }: Listing,
): "file" | "folder" | null {
  const isArticle = ARTICLE_EXTENSION.test(entry.name);
  if (isMisnamed(entry, path)) {
    if (entry.isDirectory() || isArticle) {
      const what = "The name is not UTF-8, so that it cannot be opened";
      report(pathInSource, { code: "name-not-utf8", what, advice: "rename it" });
    }
    return null;
  }
  if (entry.isFile() && !isBehindLink) return "file";
  if (entry.isDirectory() && !isBehindLink) return "folder";
  const followed = follow(path);
  if (followed.ok) return followed.value.isFolder ? "folder" : "file";
  // An article that names a picture has its own diagnostic.
  if (isServedFile(entry.name)) return null;
  const { failure } = followed;
  if (failure.reason === "missing") {
    const what = "The link leads nowhere, in a circle, or where nothing may be read";
    report(pathInSource, { code: FILE_UNREADABLE, what, advice: "correct it, or delete it" });
  } else if (isArticle || statOf(path)?.isDirectory() === true) {
    const [why, advice] = describeRefusal(failure);
    const subject = entry.isSymbolicLink() ? "The link" : "The path";
    const isPlain = !isBehindLink && !entry.isSymbolicLink();
    const what = isPlain ? `This ${SPECIAL}` : `${subject} ${why}`;
    report(pathInSource, { code: "link-refused", what: `${what}; it was skipped`, advice });
  }
  return null;
}

/** Whether a name is in no file system as it was decoded, since its bytes are not UTF-8. */
function isMisnamed({ name }: Dirent, path: string): boolean {
  return name.includes("\uFFFD") && lstatSync(path, { throwIfNoEntry: false }) === undefined;
}
