import type { Stats } from "node:fs";
import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { FoundFile } from "../files/find-articles.ts";
import { createLocalFileFinder } from "../files/find-local-files.ts";
import type { ReadContext } from "../article/read-article.ts";
import { readArticle } from "../article/read-article.ts";
import { storeArticle } from "../article/store-article.ts";
import { unlessMissing } from "../../terminal/unless-missing.ts";
import { mapWithinBudget } from "./cpu-budget.ts";
import type { FileOutcome } from "./outcome-chunk.ts";
import { stampFile } from "./file-stamp.ts";
import { recordLookups } from "./lookups.ts";
import { outcomeOfFault, outcomeOfSlowFile } from "./unread-file.ts";

/** The context for reading all files of a site. It is sent to threads, so it holds no functions. */
export interface ReadingContext extends Omit<ReadContext, "findLocalFile"> {
  /** The folder of `wrangler.toml`, absolute. */
  readonly root: string;
  /** Milliseconds since 1970, taken before the first file is read. */
  readonly startedAt: number;
}

/**
 * Reads files as compressed articles, without those that were deleted since they were found. Anything that goes wrong
 * with one file becomes an error diagnostic of that file.
 */
export type ReadFiles = (files: readonly FoundFile[]) => readonly FileOutcome[];

/** The limit for each file, loading the code included. Any hundred thousand bytes take less than one second. */
const BUDGET = { cpuSeconds: 10, windowMilliseconds: 20_000 };

export function createArticleReader(context: ReadingContext): ReadFiles {
  const { root, startedAt } = context;
  const findIn = createLocalFileFinder();
  const read = (found: FoundFile): FileOutcome | null => {
    const { file, path, pathInSource, source } = found;
    try {
      const finder = findIn({ project: root, source, article: dirname(file) });
      const { find: findLocalFile, lookups } = recordLookups(finder);
      const content = readIfThere(file);
      if (content === null) return null;
      const { bytes, stats } = content;
      const { diagnostics, ...outcome } = readArticle(bytes, found, { ...context, findLocalFile });
      const stamp = stampFile(bytes, stats, startedAt);
      const result =
        outcome.kind === "skipped"
          ? outcome
          : { kind: outcome.kind, article: storeArticle(outcome.article) };
      return { path, pathInSource, stamp, lookups, diagnostics, result };
    } catch (error) {
      return outcomeOfFault(error, found, root);
    }
  };
  const giveUp = (found: FoundFile): FileOutcome => outcomeOfSlowFile(found, BUDGET.cpuSeconds);
  return (task) =>
    mapWithinBudget(task, read, giveUp, BUDGET).filter((outcome) => outcome !== null);
}

function readIfThere(file: string): { readonly stats: Stats; readonly bytes: Uint8Array } | null {
  try {
    // The status is taken first, so that a change between the two calls is noticed the next time.
    const stats = statSync(file);
    return { stats, bytes: readFileSync(file) };
  } catch (error) {
    return unlessMissing(null)(error);
  }
}
