import { basename, dirname, posix, resolve } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { errorAt, hasError, warningAt } from "../../diagnostics/diagnostic.ts";
import { boundYoungSpace } from "../../terminal/bound-young-space.ts";
import type { FollowFile } from "./follow-file.ts";
import { categoriesOfFolder, isJekyllSite, sourceFromRoot } from "./jekyll-site.ts";
import type { FileFault } from "./list-files.ts";
import { ARTICLE_EXTENSION, listFiles } from "./list-files.ts";
import type { PathGlobs } from "./path-globs.ts";
import { ofFolder } from "./of-folder.ts";
import { createPathJudge } from "./path-globs.ts";
import { USUAL_PLACE, placesOfSources } from "./places-of-sources.ts";
import { pathInFolder } from "./path-in-folder.ts";
import { readPart } from "./read-part.ts";
import { SOURCES_NAMED, missingSources } from "./source-folder.ts";
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
  readonly folder: FolderFacts;
}

/** What is known of an article from the folders that it is in. */
export interface FolderFacts {
  /** What the source folder counts as in addresses of files, wherever it is (`placesOfSources`). */
  readonly place: string;
  /** The path of the source folder from the root of its Jekyll site (`sourceFromRoot`). */
  readonly fromRoot: string;
  /** The categories that Jekyll takes from the folders before the source folder, where that is a `_posts`. */
  readonly categories: readonly string[];
  /** A BCP 47 tag; null where the settings name none for the folder. */
  readonly language: string | null;
  /** Stands before what the article's id is made of; empty for nearly all. */
  readonly idPrefix: string;
}

/** What is known from most folders. */
export const PLAIN_FOLDER: FolderFacts = {
  place: USUAL_PLACE,
  fromRoot: "",
  categories: [],
  language: null,
  idPrefix: "",
};

export interface FoundFiles {
  /** Files that are read as articles, sorted by source folder and then by code units of the path, on every machine. */
  readonly articles: readonly FoundFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly search: Search;
}

/** What a search for articles looked at: what it found is so as long as nothing there changes. */
export interface Search {
  /** The absolute paths of the folders that were listed. */
  readonly folders: readonly string[];
  /** The absolute paths of files that are no articles and were looked into. */
  readonly others: readonly string[];
  /** How many of the articles are in each source folder, in the order of the settings. */
  readonly counts: readonly number[];
  /** Whether anything was found behind a link, or is no file: then more than these folders decides what is found. */
  readonly hasLinks: boolean;
}

/** Text formats that other programs read as articles but this one does not. */
const UNREAD_EXTENSION = /\.(?:rmd|qmd|txt|text|mdx|rst|adoc|asciidoc|textile|org|docx?)$/i;
/** What is found stays, by which the space for new objects grows. */
const FILES_BETWEEN_LOOKS = 1000;
const DATED_NAME = /^\d{4}-\d{1,2}-\d{1,2}-/;
const OPENING_FENCE = /^\uFEFF?---\s/;

/** What the settings say about the files of a site besides its source folders. */
export interface FileSettings extends PathGlobs {
  /** Names of Jekyll's collections whose documents are articles, without the `_` of their folders. */
  readonly collections: readonly string[];
  /** Folders and files with pages, relative to the folder of `wrangler.toml`. */
  readonly pages: readonly string[];
  /** BCP 47 tags by folder, relative to the folder of `wrangler.toml`. */
  readonly languages: ReadonlyMap<string, string>;
}

/** What a site says that says nothing. */
export const PLAIN_FILE_SETTINGS: FileSettings = {
  exclude: [],
  include: [],
  collections: [],
  pages: [],
  languages: new Map(),
};

/**
 * Lists the articles in source folders and their subfolders, without hidden files, backups of editors and other folders of
 * a Jekyll site. Of the root of a Jekyll site it lists the posts, drafts and the collections in the settings. Links are
 * followed where `follow` lets them, but no folder is read twice.
 *
 * @param root the folder that relative source folders are relative to
 * @param absent absolute paths of files that count as if they were on disk
 */
export function findArticles(
  root: string,
  sources: readonly string[],
  follow: FollowFile,
  settings: FileSettings = PLAIN_FILE_SETTINGS,
  absent: Iterable<string> = [],
): FoundFiles {
  const articles: FoundFile[] = [];
  const others: string[] = [];
  const counts: number[] = [];
  const diagnostics = [...missingSources(root, sources)];
  let hasLinks = false;
  const shared = {
    collections: new Set(settings.collections.map((name) => `_${name}`)),
    judge: createPathJudge(root, settings),
    apart: new Set(settings.pages.map((page) => resolve(root, page))),
    visited: new Map<string, string>(),
    absent: Map.groupBy(absent, (file) => dirname(file)),
    follow: (path: string): ReturnType<FollowFile> => {
      hasLinks = true;
      return follow(path);
    },
  };
  const inSource = foundFilesIn(root, sources, settings);
  for (const source of sources) {
    const folder = resolve(root, source);
    const foundBefore = articles.length;
    if (statOf(folder)?.isDirectory() !== true) {
      counts.push(0);
      continue;
    }
    const written = source.replace(/\/+$/, "");
    const fileAt = inSource(source);
    const report = (pathInSource: string, fault: FileFault): void => {
      const { level = "error", code, what, advice } = fault;
      diagnostics.push({
        ...errorAt(`${written}/${pathInSource}`, null, code, what, advice),
        level,
      });
    };
    const kind = isJekyllSite(folder) ? "posts" : "all";
    for (const pathInSource of listFiles(folder, { ...shared, kind, report })) {
      if (ARTICLE_EXTENSION.test(pathInSource)) {
        articles.push(fileAt(pathInSource));
        if (articles.length % FILES_BETWEEN_LOOKS === 0) boundYoungSpace();
        continue;
      }
      const file = pathInFolder(folder, pathInSource);
      if (!UNREAD_EXTENSION.test(file)) continue;
      others.push(file);
      if (looksLikeArticle(file)) {
        const what = "The file looks like an article, but files of this kind are not read";
        const advice = "rename it to .md or .html, or move it out of the folder";
        report(pathInSource, { level: "warning", code: "file-not-read", what, advice });
      }
    }
    counts.push(articles.length - foundBefore);
  }
  if (articles.length === 0 && !hasError(diagnostics)) {
    const what = "There is no article in the source folders";
    const advice = `put one there (.md, .markdown or .html), or correct ${SOURCES_NAMED}`;
    diagnostics.push(warningAt(sources.join(","), null, "sources-empty", what, advice));
  }
  const search = { folders: [...shared.visited.values()], others, counts, hasLinks };
  return { articles, diagnostics, search };
}

/**
 * The articles of a search that would find the same again.
 *
 * @param files their absolute paths, in the order in which they were found
 * @param counts how many of them are in each source folder
 */
export function articlesFoundBefore(
  root: string,
  sources: readonly string[],
  settings: FileSettings,
  files: readonly string[],
  counts: readonly number[],
): readonly FoundFile[] {
  const articles: FoundFile[] = [];
  const inSource = foundFilesIn(root, sources, settings);
  for (const [index, source] of sources.entries()) {
    const fileAt = inSource(source);
    const inner = pathInFolder(resolve(root, source), "").length;
    const end = articles.length + (counts[index] ?? 0);
    for (const file of files.slice(articles.length, end)) {
      articles.push(fileAt(file.slice(inner), file));
      if (articles.length % FILES_BETWEEN_LOOKS === 0) boundYoungSpace();
    }
  }
  return articles;
}

/** Gives, for a source folder, what is known of a file by its path inside it. */
function foundFilesIn(root: string, sources: readonly string[], { languages }: FileSettings) {
  const places = placesOfSources(root, sources);
  return (source: string): ((pathInSource: string, file?: string) => FoundFile) => {
    const folder = resolve(root, source);
    const written = source.replace(/\/+$/, "");
    const fromRoot = sourceFromRoot(root, source);
    const known = {
      ...PLAIN_FOLDER,
      place: places.get(folder) ?? USUAL_PLACE,
      fromRoot,
      categories: categoriesOfFolder(fromRoot),
    };
    const factsOf = (file: string, pathInSource: string): FolderFacts => {
      if (languages.size === 0) return known;
      const pathFromRoot = posix.join(fromRoot, pathInSource);
      return { ...known, language: ofFolder(languages, root, { file, pathFromRoot }) };
    };
    return (pathInSource, file = pathInFolder(folder, pathInSource)) => ({
      file,
      path: `${written}/${pathInSource}`,
      source: folder,
      pathInSource,
      folder: factsOf(file, pathInSource),
    });
  };
}

/** Whether a file in a text format that is not read has a dated name or begins like an article. */
function looksLikeArticle(file: string): boolean {
  if (DATED_NAME.test(basename(file))) return true;
  try {
    return OPENING_FENCE.test(readPart(file, 0, 8).toString());
  } catch {
    // It was deleted meanwhile, or may not be read: nobody can say, and no reader misses it.
    return false;
  }
}
