import { dirname } from "node:path";
import type { FoundFile } from "../files/find-articles.ts";
import type { KnownPictures } from "../files/find-local-picture.ts";
import { createLocalFileFinder } from "../files/find-local-files.ts";
import type { FollowFile } from "../files/follow-file.ts";
import { statOf } from "../files/stat-of.ts";
import type { IO } from "../../terminal/io.ts";
import type { ArticleCache } from "./article-cache.ts";
import { committedBlobs } from "./committed-blobs.ts";
import { isUnchanged } from "../files/file-stamp.ts";
import { areStillFound } from "./lookups.ts";
import { CHANGE_AHEAD } from "../front-matter/article-meta.ts";
import type { FileOutcome } from "./outcome-chunk.ts";

/** The outcomes of earlier readings, and what is needed to tell whether they are still valid. */
export interface ReadBefore {
  readonly articles: ArticleCache;
  /** Milliseconds since 1970 by the machine's clock; files that changed shortly before are read again the next time. */
  readonly startedAt: number;
  /** The environment of git, which knows which files are unchanged since they were committed. */
  readonly environment: IO["environment"];
}

/**
 * The cached outcomes of the files that have not changed since they were read.
 *
 * @param root the folder of `wrangler.toml`
 * @param now seconds since 1970
 */
export async function unchangedOutcomes(
  files: readonly FoundFile[],
  { articles, environment }: ReadBefore,
  root: string,
  follow: FollowFile,
  now: number,
  pictures?: KnownPictures,
): Promise<readonly FileOutcome[]> {
  const sources = [...new Set(files.map(({ source }) => source))];
  const blobs = new Map(
    await Promise.all(
      sources.map(async (source) => [source, await committedBlobs(source, environment)] as const),
    ),
  );
  const findIn = createLocalFileFinder(follow, pictures);
  return files.flatMap(({ file, path, source, pathInSource, folder: { place } }) => {
    const outcome = articles.find(path);
    if (outcome?.pathInSource !== pathInSource || isOverdue(outcome, now)) return [];
    const blob = blobs.get(source)?.get(pathInSource);
    if (blob !== outcome.stamp.blob) {
      const stats = statOf(file);
      if (stats === null || !isUnchanged(outcome.stamp, stats)) return [];
    }
    const find = findIn({ project: root, source, place, article: dirname(file) });
    return areStillFound(outcome.lookups, find) ? outcome : [];
  });
}

/**
 * Whether a scheduled article, or a change that was ahead, may be due now, or the clock was turned back before the date of a
 * published one or its change.
 */
function isOverdue({ result, diagnostics }: FileOutcome, now: number): boolean {
  if (diagnostics.some(({ code }) => code === CHANGE_AHEAD)) return true;
  if (result.kind === "article") {
    const { published, updated } = result.article;
    return published.epochSeconds > now || (updated?.epochSeconds ?? 0) > now;
  }
  return result.why.reason === "future" && result.why.due.epochSeconds <= now;
}
