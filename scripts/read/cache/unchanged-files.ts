import { dirname } from "node:path";
import type { FoundFile, FoundFiles } from "../files/find-articles.ts";
import type { KnownPictures } from "../files/find-local-picture.ts";
import { createLocalFileFinder } from "../files/find-local-files.ts";
import type { FollowFile } from "../files/follow-file.ts";
import { statOf } from "../files/stat-of.ts";
import type { IO } from "../../terminal/io.ts";
import type { ArticleCache } from "./article-cache.ts";
import type { AbsentFiles } from "../git/absent-files.ts";
import { committedBlobs } from "../git/committed-blobs.ts";
import type { FileStatus } from "../files/file-stamp.ts";
import { isSameStatus, isUnchanged, lastingStatus } from "../files/file-stamp.ts";
import { MOST_FILE_BYTES, readWholeFile } from "../files/read-whole-file.ts";
import { areStillFound } from "./lookups.ts";
import { CHANGE_AHEAD } from "../../diagnostics/diagnostic.ts";
import type { FileOutcome } from "./file-outcome.ts";

/** The outcomes of earlier readings, and what is needed to tell whether they are still valid. */
export interface ReadBefore {
  readonly articles: ArticleCache;
  /** Milliseconds since 1970 by the machine's clock; files that changed shortly before are read again the next time. */
  readonly startedAt: number;
  /** What was looked at a moment ago, and need not be looked at again; nothing by default. */
  readonly seen?: SeenFiles;
  /** Does the search for articles, or gives what it found since `startedAt`; left out where nobody knows more than the settings. */
  readonly find?: () => FoundFiles;
  /** The environment of git, which knows which files are unchanged since they were committed. */
  readonly environment: IO["environment"];
  /**
   * Asks for what was read elsewhere, where that many files are not known here; null if there is nothing, or it is not worth it. Left
   * out where nobody is to be asked.
   */
  readonly askElsewhere?: (unknown: number) => Promise<ReadElsewhere | null>;
  /** What a sparse checkout has left away; left out where only what is on disk counts. */
  readonly absent?: AbsentFiles;
}

/** What was read of the same files on another machine, with the same code and settings. */
export interface ReadElsewhere {
  /** The outcome of a file, by its path as diagnostics name it; null if it was not read there. */
  readonly find: (path: string) => FileOutcome | null;
}

/** Files by their absolute paths, with the status that they had before and have still. */
export interface SeenFiles {
  readonly size: number;
  readonly get: (path: string) => FileStatus | undefined;
}

/** What need not be read again. */
export interface UnchangedFiles {
  readonly outcomes: readonly FileOutcome[];
  /** The statuses of their files now, by path, where these last and are not those with which they were read. */
  readonly statuses: ReadonlyMap<string, FileStatus>;
}

/**
 * The outcomes of the files that have not changed since they were read, here or elsewhere.
 *
 * @param root the folder of `wrangler.toml`
 * @param now seconds since 1970
 */
export async function unchangedFiles(
  files: readonly FoundFile[],
  { articles, environment, startedAt, seen, askElsewhere, absent }: ReadBefore,
  root: string,
  follow: FollowFile,
  now: number,
  pictures?: KnownPictures,
): Promise<UnchangedFiles> {
  const statuses = new Map<string, FileStatus>();
  const findIn = createLocalFileFinder(follow, pictures);
  const doubtful = new Map<string, string>();
  const kept = files.map(({ path }) => articles.find(path));
  let unknown = 0;
  for (const outcome of kept) if (outcome === null) unknown += 1;
  const elsewhere = unknown === 0 ? null : ((await askElsewhere?.(unknown)) ?? null);
  /** Whether a file may be as it was; what is doubtful is asked about later. */
  const mayBeSame = ({ file, path }: FoundFile, { stamp }: FileOutcome): boolean => {
    const looked = seen?.get(file);
    if (looked !== undefined) {
      if (isSameStatus(stamp.status, looked)) return true;
      statuses.set(path, looked);
      doubtful.set(path, stamp.blob);
      return true;
    }
    const stats = statOf(file);
    if (stats === null) return false;
    if (isUnchanged(stamp, stats)) return true;
    const status = lastingStatus(stats, startedAt);
    if (status !== null) statuses.set(path, status);
    doubtful.set(path, stamp.blob);
    return true;
  };
  const known: { readonly files: FoundFile[]; readonly outcomes: FileOutcome[] } = {
    files: [],
    outcomes: [],
  };
  for (const [index, found] of files.entries()) {
    const own = kept[index] ?? null;
    const outcome = own ?? elsewhere?.find(found.path) ?? null;
    if (outcome?.pathInSource !== found.pathInSource || !lastsNow(outcome, now)) continue;
    // The status of a file on another machine says nothing here.
    if (own === null) doubtful.set(found.path, outcome.stamp.blob);
    else if (!mayBeSame(found, outcome)) continue;
    known.files.push(found);
    known.outcomes.push(outcome);
  }
  const blobs = await blobsOf(
    doubtful.size === 0 ? [] : known.files.filter(({ path }) => doubtful.has(path)),
    environment,
    absent,
  );
  const isSame = ({ file, path, source, folder }: FoundFile, outcome: FileOutcome): boolean => {
    const blob = doubtful.get(path);
    if (blob !== undefined && blobs.get(path) !== blob) return false;
    if (outcome.lookups.length === 0) return true;
    const { place } = folder;
    const find = findIn({ project: root, source, place, article: dirname(file) });
    return areStillFound(outcome.lookups, find);
  };
  const outcomes = known.outcomes.filter((outcome, index) => {
    const file = known.files[index];
    return file !== undefined && isSame(file, outcome);
  });
  return { statuses, outcomes };
}

/**
 * The blob ids of files, by their paths: what git says of those that are committed and unchanged, else that of the bytes on disk, since
 * reading a file takes a tenth of what it takes to make an article of it.
 */
async function blobsOf(
  files: readonly FoundFile[],
  environment: IO["environment"],
  absent: AbsentFiles | undefined,
): Promise<ReadonlyMap<string, string | null>> {
  const left = Map.groupBy(files, ({ file }) => absent?.blobs.has(file) === true);
  const onDisk = left.get(false) ?? [];
  const committed = await committedAmong(onDisk, environment);
  return new Map<string, string | null>([
    ...(left.get(true) ?? []).map(
      ({ file, path }) => [path, absent?.blobs.get(file) ?? null] as const,
    ),
    ...onDisk.map(({ file, path }) => [path, committed.get(path) ?? blobOnDisk(file)] as const),
  ]);
}

/** Null if the file is gone, or cannot be read. */
function blobOnDisk(file: string): string | null {
  try {
    const read = readWholeFile(file, MOST_FILE_BYTES);
    return read.bytes === null ? null : read.blob;
  } catch {
    return null;
  }
}

/** The blob ids of those files that git knows as committed and unchanged, by their paths. */
async function committedAmong(
  files: readonly FoundFile[],
  environment: IO["environment"],
): Promise<ReadonlyMap<string, string>> {
  const committed = await Promise.all(
    [...Map.groupBy(files, ({ source }) => source)].map(async ([source, own]) => {
      const names = own.map(({ pathInSource }) => pathInSource);
      const blobs = await committedBlobs(source, environment, names);
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
