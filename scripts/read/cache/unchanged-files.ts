import { dirname } from "node:path";
import type { FoundFile } from "../files/find-articles.ts";
import type { KnownPictures } from "../files/find-local-picture.ts";
import { createLocalFileFinder } from "../files/find-local-files.ts";
import type { FollowFile } from "../files/follow-file.ts";
import { statOf } from "../files/stat-of.ts";
import type { IO } from "../../terminal/io.ts";
import type { ArticleCache } from "./article-cache.ts";
import { committedBlobs } from "./committed-blobs.ts";
import type { FileStatus } from "../files/file-stamp.ts";
import { isSameStatus, isUnchanged, lastingStatus } from "../files/file-stamp.ts";
import { areStillFound } from "./lookups.ts";
import { CHANGE_AHEAD } from "../front-matter/article-meta.ts";
import type { FileOutcome } from "./file-outcome.ts";

/** The outcomes of earlier readings, and what is needed to tell whether they are still valid. */
export interface ReadBefore {
  readonly articles: ArticleCache;
  /** Milliseconds since 1970 by the machine's clock; files that changed shortly before are read again the next time. */
  readonly startedAt: number;
  /** What was looked at a moment ago, and need not be looked at again; nothing by default. */
  readonly seen?: SeenFiles;
  /** The environment of git, which knows which files are unchanged since they were committed. */
  readonly environment: IO["environment"];
}

/** Files by their absolute paths, with the status that they had before and have still. */
export type SeenFiles = ReadonlyMap<string, FileStatus>;

/** What need not be read again. */
export interface UnchangedFiles {
  readonly outcomes: readonly FileOutcome[];
  /** The statuses of their files now, by path, where these last. */
  readonly statuses: ReadonlyMap<string, FileStatus>;
}

/** If more files than these have another status, git is asked about all instead of by name: it is so after a fresh clone. */
const MOST_ASKED_BY_NAME = 200;

/**
 * The cached outcomes of the files that have not changed since they were read.
 *
 * @param root the folder of `wrangler.toml`
 * @param now seconds since 1970
 */
export async function unchangedFiles(
  files: readonly FoundFile[],
  { articles, environment, startedAt, seen }: ReadBefore,
  root: string,
  follow: FollowFile,
  now: number,
  pictures?: KnownPictures,
): Promise<UnchangedFiles> {
  const statuses = new Map<string, FileStatus>();
  const findIn = createLocalFileFinder(follow, pictures);
  const doubtful = new Map<string, string>();
  const known = files.filter(({ file, path, pathInSource }) => {
    const outcome = articles.find(path);
    if (outcome?.pathInSource !== pathInSource || !lastsNow(outcome, now)) return false;
    const looked = seen?.get(file);
    if (looked !== undefined) {
      statuses.set(path, looked);
      if (!isSameStatus(outcome.stamp.status, looked)) doubtful.set(path, outcome.stamp.blob);
      return true;
    }
    const stats = statOf(file);
    if (stats === null) return false;
    const status = lastingStatus(stats, startedAt);
    if (status !== null) statuses.set(path, status);
    if (!isUnchanged(outcome.stamp, stats)) doubtful.set(path, outcome.stamp.blob);
    return true;
  });
  const committed = await committedAmong(
    known.filter(({ path }) => doubtful.has(path)),
    environment,
  );
  return {
    statuses,
    outcomes: known.flatMap(({ file, path, source, folder: { place } }) => {
      const outcome = articles.find(path);
      if (outcome === null) return [];
      const blob = doubtful.get(path);
      if (blob !== undefined && committed.get(path) !== blob) return [];
      const find = findIn({ project: root, source, place, article: dirname(file) });
      return areStillFound(outcome.lookups, find) ? outcome : [];
    }),
  };
}

/** The blob ids of those files that git knows as committed and unchanged, by their paths. */
async function committedAmong(
  files: readonly FoundFile[],
  environment: IO["environment"],
): Promise<ReadonlyMap<string, string>> {
  const committed = await Promise.all(
    [...Map.groupBy(files, ({ source }) => source)].map(async ([source, own]) => {
      const names = own.map(({ pathInSource }) => pathInSource);
      const asked = names.length > MOST_ASKED_BY_NAME ? null : names;
      const blobs = await committedBlobs(source, environment, asked);
      return own.flatMap(({ path, pathInSource }): [string, string][] => {
        const blob = blobs.get(pathInSource);
        return blob === undefined ? [] : [[path, blob]];
      });
    }),
  );
  return new Map(committed.flat());
}

/** A time, in seconds since 1970, the end not included. */
export interface Lasting {
  readonly from: number;
  readonly until: number;
}

/**
 * The time for which an outcome lasts, in seconds since 1970: until a scheduled article is due, and, should the clock be turned
 * back, from the date of a published one or its change. Null where a change ahead may be due any time.
 */
export function lastsUntil({ result, diagnostics }: FileOutcome): Lasting | null {
  if (diagnostics.some(({ code }) => code === CHANGE_AHEAD)) return null;
  if (result.kind === "article") {
    const { published, updated } = result.article;
    const from = Math.max(published.epochSeconds, updated?.epochSeconds ?? published.epochSeconds);
    return { from, until: Number.POSITIVE_INFINITY };
  }
  const until =
    result.why.reason === "future" ? result.why.due.epochSeconds : Number.POSITIVE_INFINITY;
  return { from: Number.NEGATIVE_INFINITY, until };
}

function lastsNow(outcome: FileOutcome, now: number): boolean {
  const lasting = lastsUntil(outcome);
  return lasting !== null && lasting.from <= now && now < lasting.until;
}
