import { readdirSync, realpathSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import { readPart } from "./read-part.ts";
import { statOf } from "./stat-of.ts";

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
/** Hidden files, what editors leave, and what a Jekyll repository holds besides articles: `_posts` and `_drafts` are read. */
const PASSED_OVER = /^\.|[~#]$|^(?:node_modules|_(?:site|layouts|includes|sass|data|plugins))$/;
const OPENING_FENCE = /^\uFEFF?---\s/;

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
    if (!isFolder(folder)) {
      const what = `There is no source folder "${source}"`;
      const advice = `create it, or correct "sources" in wrangler.toml or OFFPRINT_SOURCES`;
      diagnostics.push(errorAt(source, 1, SOURCE_MISSING, what, advice));
      continue;
    }
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
  return { articles, others, diagnostics };
}

/** Whether a file that is not read is dated or begins like an article, in a format of texts. */
function looksLikeArticle(file: string): boolean {
  if (!UNREAD_EXTENSION.test(file)) return false;
  return DATED_NAME.test(basename(file)) || OPENING_FENCE.test(readPart(file, 0, 8).toString());
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
