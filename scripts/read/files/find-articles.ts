import type { Dirent, Stats } from "node:fs";
import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { createDiagnosticLog } from "../../diagnostics/diagnostic.ts";

/** A file in a source folder. */
export interface FoundFile {
  /** Where it is on disk, absolute. */
  readonly file: string;
  /** As diagnostics name it: the source folder as written in the settings, and what follows. */
  readonly path: string;
  /** The source folder on disk, absolute. */
  readonly source: string;
  /** Inside the source folder, with `/` between folders and with extension. */
  readonly pathInSource: string;
}

export interface FoundFiles {
  /** Files that are read as articles, by source folder and then by path in code units, so that every machine agrees. */
  readonly articles: readonly FoundFile[];
  /** All other files: images, and what people leave lying about. */
  readonly others: readonly FoundFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Jekyll's `markdown_ext`, and HTML. */
const ARTICLE_EXTENSION = /\.(?:md|markdown|mkdown|mkdn|mkd|html|htm)$/i;
/** Texts that other programs read as articles, and this one does not. */
const UNREAD_EXTENSION = /\.(?:rmd|qmd|txt|text|mdx|rst|adoc|asciidoc|textile|org|docx?)$/i;
const DATED_NAME = /^\d{4}-\d{1,2}-\d{1,2}-/;

const SOURCE_MISSING = "source-missing";

/** Whether a folder of articles is not there at all: what is left is not the site. */
export function lacksSource(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code }) => code === SOURCE_MISSING);
}

/**
 * Lists the files in source folders and the folders in them. Hidden files, `node_modules` and names with `~` or `#` at the
 * end are passed over; links are followed, but no folder is read twice.
 *
 * @param root what relative source folders are relative to
 */
export function findArticles(root: string, sources: readonly string[]): FoundFiles {
  const articles: FoundFile[] = [];
  const others: FoundFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const visited = new Set<string>();
  for (const source of sources) {
    const folder = resolve(root, source);
    const log = createDiagnosticLog(source);
    if (!isFolder(folder)) {
      const advice = `create it, or correct "sources" in wrangler.toml or OFFPRINT_SOURCES`;
      log.error(1, SOURCE_MISSING, `There is no source folder "${source}"`, advice);
    } else {
      const written = source.replace(/\/+$/, "");
      for (const { pathInSource, isFile } of listFiles(folder, "", visited)) {
        const file = join(folder, pathInSource);
        const found = { file, path: `${written}/${pathInSource}`, source: folder, pathInSource };
        if (isFile || isReadable(file)) {
          sortFound(found, articles, others, diagnostics);
        } else {
          const advice = "correct the link or its rights";
          const fileLog = createDiagnosticLog(found.path);
          fileLog.error(1, "file-unreadable", "The file cannot be opened", advice);
          diagnostics.push(...fileLog.diagnostics);
        }
      }
    }
    diagnostics.push(...log.diagnostics);
  }
  return { articles, others, diagnostics };
}

function sortFound(
  found: FoundFile,
  articles: FoundFile[],
  others: FoundFile[],
  diagnostics: Diagnostic[],
): void {
  const log = createDiagnosticLog(found.path);
  const name = found.pathInSource.slice(found.pathInSource.lastIndexOf("/") + 1);
  if (ARTICLE_EXTENSION.test(name)) {
    articles.push(found);
  } else {
    others.push(found);
    if (UNREAD_EXTENSION.test(name) && (DATED_NAME.test(name) || startsWithFence(found.file))) {
      const what = "The file looks like an article, but files of this kind are not read";
      log.warn(1, "file-not-read", what, "rename it to .md or .html, or move it out of the folder");
    }
  }
  diagnostics.push(...log.diagnostics);
}

interface ListedFile {
  readonly pathInSource: string;
  /** Whether the folder says that it is one; a link has to be followed to know. */
  readonly isFile: boolean;
}

function listFiles(root: string, folder: string, visited: Set<string>): readonly ListedFile[] {
  const path = join(root, folder);
  const realPath = realpathSync(path);
  if (visited.has(realPath)) return [];
  visited.add(realPath);
  const entries = readdirSync(path, { withFileTypes: true }).filter(
    ({ name }) => !isPassedOver(name),
  );
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (isFolderEntry(entry, root, inner)) return listFiles(root, inner, visited);
      return [{ pathInSource: inner, isFile: entry.isFile() }];
    });
}

/** What a Jekyll repository holds besides articles; `_posts` and `_drafts` are read. */
const JEKYLL_FOLDERS = new Set(["_site", "_layouts", "_includes", "_sass", "_data", "_plugins"]);

function isPassedOver(name: string): boolean {
  return (
    name.startsWith(".") ||
    name === "node_modules" ||
    JEKYLL_FOLDERS.has(name) ||
    /[~#]$/.test(name)
  );
}

function isFolderEntry(entry: Dirent, root: string, path: string): boolean {
  return entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(root, path)));
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

function isReadable(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}

/** Null for links that lead nowhere or round in a circle. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function startsWithFence(path: string): boolean {
  const start = Buffer.alloc(8);
  const descriptor = openSync(path, "r");
  const length = readSync(descriptor, start);
  closeSync(descriptor);
  return /^\uFEFF?---\s/.test(start.toString("utf8", 0, length));
}
