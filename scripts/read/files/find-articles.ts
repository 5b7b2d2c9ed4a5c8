import { readdirSync, realpathSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import { readPart } from "./read-part.ts";
import { missingSources, SOURCES_NAMED } from "./source-folder.ts";
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
  /** All other files, such as images. */
  readonly others: readonly FoundFile[];
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

/**
 * Lists the files in source folders and their subfolders, without hidden files, backups of editors and other folders of
 * a Jekyll site. Links are followed, but no folder is read twice.
 *
 * @param root the folder that relative source folders are relative to
 */
export function findArticles(root: string, sources: readonly string[]): FoundFiles {
  const articles: FoundFile[] = [];
  const others: FoundFile[] = [];
  const missing = missingSources(root, sources);
  const diagnostics = [...missing];
  const visited = new Set<string>();
  for (const source of sources) {
    const folder = resolve(root, source);
    if (!isFolder(folder)) continue;
    const written = source.replace(/\/+$/, "");
    for (const { pathInSource, isFile } of listFiles(folder, "", visited)) {
      const file = join(folder, pathInSource);
      const path = `${written}/${pathInSource}`;
      const found = { file, path, source: folder, pathInSource };
      if (!isFile && !isReadable(file)) {
        const what = "The file cannot be opened";
        const advice = "correct the link or its rights";
        diagnostics.push(errorAt(path, 1, "file-unreadable", what, advice));
      } else if (ARTICLE_EXTENSION.test(pathInSource)) {
        articles.push(found);
      } else {
        others.push(found);
        if (!looksLikeArticle(file)) continue;
        const what = "The file looks like an article, but files of this kind are not read";
        const advice = "rename it to .md or .html, or move it out of the folder";
        diagnostics.push(warningAt(path, 1, "file-not-read", what, advice));
      }
    }
  }
  if (articles.length === 0 && missing.length === 0) {
    const what = "There is no article in the source folders";
    const advice = `put one there (.md, .markdown or .html), or correct ${SOURCES_NAMED}`;
    diagnostics.push(warningAt(sources.join(","), null, "sources-empty", what, advice));
  }
  return { articles, others, diagnostics };
}

/** Whether a file in a text format that is not read has a dated name or begins like an article. */
function looksLikeArticle(file: string): boolean {
  if (!UNREAD_EXTENSION.test(file)) return false;
  return DATED_NAME.test(basename(file)) || OPENING_FENCE.test(readPart(file, 0, 8).toString());
}

interface ListedFile {
  readonly pathInSource: string;
  /** Whether the folder lists it as a file; a link has to be followed to know. */
  readonly isFile: boolean;
}

function listFiles(root: string, folder: string, visited: Set<string>): readonly ListedFile[] {
  const path = join(root, folder);
  const realPath = realpathSync(path);
  if (visited.has(realPath)) return [];
  visited.add(realPath);
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !PASSED_OVER.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const isLinked = entry.isSymbolicLink() && isFolder(join(root, inner));
      if (entry.isDirectory() || isLinked) return listFiles(root, inner, visited);
      return [{ pathInSource: inner, isFile: entry.isFile() }];
    });
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

function isReadable(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}
