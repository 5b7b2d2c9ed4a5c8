import { dirname } from "node:path";
import type { FoundFile } from "../files/find-articles.ts";
import { referenceKey } from "../files/article-link.ts";
import { createFollowFile } from "../files/follow-file.ts";
import type { KnownPictures } from "../files/find-local-picture.ts";
import { createLocalFileFinder } from "../files/find-local-files.ts";
import type { ReadContext } from "../article/read-article.ts";
import { readArticle } from "../article/read-article.ts";
import { storeArticle } from "../article/store-article.ts";
import { unlessMissing } from "../../terminal/unless-missing.ts";
import { mapWithinBudget } from "./cpu-budget.ts";
import type { FileOutcome } from "./file-outcome.ts";
import { lastingStatus } from "../files/file-stamp.ts";
import { MOST_FILE_BYTES, readWholeFile } from "../files/read-whole-file.ts";
import { recordLookups } from "./lookups.ts";
import { outcomeOfFault, outcomeOfLargeFile, outcomeOfSlowFile } from "./unread-file.ts";

/** The context for reading all files of a site. It is sent to threads, so it holds no functions. */
export interface ReadingContext extends Omit<ReadContext, "findLocalFile"> {
  readonly pictures?: KnownPictures;
  /** The folder of `wrangler.toml`, absolute. */
  readonly root: string;
  /** The source folders, as in the settings. */
  readonly sources: readonly string[];
  /** Milliseconds since 1970, taken before the first file is read. */
  readonly startedAt: number;
}

/**
 * Reads files as compressed articles, without those that were deleted since they were found. Anything that goes wrong
 * with one file becomes an error diagnostic of that file.
 */
export type ReadFiles = (files: readonly FileToRead[]) => readonly FileOutcome[];

/** A file, and the paths that its links lead to, if it is read for the second time because they are known now. */
export interface FileToRead extends FoundFile {
  /** By `referenceKey`. */
  readonly linked?: ReadonlyMap<string, string>;
  /** Hosts that articles name with https, likewise. */
  readonly httpsSeen?: ReadonlySet<string>;
}

/** The limit for each file, loading the code included. Any hundred thousand bytes take less than one second. */
export const FILE_BUDGET = { cpuSeconds: 10, windowMilliseconds: 20_000 };

export function createArticleReader(context: ReadingContext): ReadFiles {
  const { root, sources, startedAt } = context;
  const findIn = createLocalFileFinder(createFollowFile(root, sources), context.pictures);
  const read = (found: FileToRead): FileOutcome | null => {
    const { file, path, pathInSource, source, folder } = found;
    try {
      const { place } = folder;
      const finder = findIn({ project: root, source, place, article: dirname(file) });
      const { find: findLocalFile, lookups } = recordLookups(finder);
      const opened = orNullIfMissing(() => readWholeFile(file, MOST_FILE_BYTES));
      if (opened === null) return null;
      if (opened.bytes === null) {
        const { size } = opened.stats;
        return size > MOST_FILE_BYTES ? outcomeOfLargeFile(found, size, MOST_FILE_BYTES) : null;
      }
      const { diagnostics, ...outcome } = readArticle(
        opened.bytes,
        found,
        { ...context, findLocalFile },
        (reference) => found.linked?.get(referenceKey(reference)) ?? null,
        found.httpsSeen,
      );
      const stamp = { blob: opened.blob, status: lastingStatus(opened.stats, startedAt) };
      const result =
        outcome.kind === "skipped"
          ? outcome
          : { kind: outcome.kind, article: storeArticle(outcome.article) };
      return { path, pathInSource, stamp, lookups, diagnostics, result };
    } catch (error) {
      return outcomeOfFault(error, found, root);
    }
  };
  const giveUp = (found: FoundFile): FileOutcome =>
    outcomeOfSlowFile(found, FILE_BUDGET.cpuSeconds);
  return (task) =>
    mapWithinBudget(task, read, giveUp, FILE_BUDGET).filter((outcome) => outcome !== null);
}

function orNullIfMissing<Value>(open: () => Value): Value | null {
  try {
    return open();
  } catch (error) {
    return unlessMissing(null)(error);
  }
}
