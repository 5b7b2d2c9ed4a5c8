import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Fault } from "./fault.ts";
import type { FoundFile } from "./find-articles.ts";
import { findArticles } from "./find-articles.ts";
import { createLocalFiles } from "./local-images.ts";
import type { LeftOut, ParsedArticle } from "./read-article.ts";
import { readArticle } from "./read-article.ts";
import type { Settings } from "./settings.ts";
import { settleArticles } from "./settle-articles.ts";

/** A file that is not among the articles. */
export interface LeftOutFile {
  readonly path: string;
  readonly why: LeftOut;
}

export interface ArticleReport {
  readonly articles: readonly ParsedArticle[];
  readonly leftOut: readonly LeftOutFile[];
  /** By file, in the order in which the files were found. */
  readonly faults: readonly Fault[];
  /** Files with an article's extension. */
  readonly fileCount: number;
  readonly others: readonly FoundFile[];
}

/**
 * Reads all articles of the source folders.
 *
 * @param root the folder of `wrangler.toml`, absolute
 * @param showProgress is told the number of files read, and of how many
 */
export function readArticles(
  root: string,
  settings: Pick<Settings, "site" | "sources" | "splitNames">,
  nowEpochSeconds: number,
  showProgress: (done: number, total: number) => void = () => {},
): ArticleReport {
  const found = findArticles(root, settings.sources);
  const localFiles = createLocalFiles();
  const articles: ParsedArticle[] = [];
  const leftOut: LeftOutFile[] = [];
  const faults: Fault[] = [...found.faults];
  for (const [index, file] of found.articles.entries()) {
    const findLocalFile = localFiles.inFolders({
      project: root,
      source: file.source,
      article: dirname(file.file),
    });
    const context = {
      site: settings.site,
      splitNames: settings.splitNames,
      nowEpochSeconds,
      findLocalFile,
    };
    const bytes = readIfThere(file.file);
    if (bytes === null) continue;
    const outcome = readArticle(bytes, file, context);
    faults.push(...outcome.faults);
    if (outcome.kind === "article") articles.push(outcome.article);
    else leftOut.push({ path: file.path, why: outcome.why });
    showProgress(index + 1, found.articles.length);
  }
  const settled = settleArticles(articles);
  return {
    articles: settled.articles,
    leftOut: [
      ...leftOut,
      ...settled.displaced.map(({ path }) => ({ path, why: { reason: "error" } as const })),
    ],
    faults: [...faults, ...settled.faults],
    fileCount: found.articles.length,
    others: found.others,
  };
}

/** Null for a file that was taken away or renamed since the folder was listed. */
function readIfThere(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
