import { dirname } from "node:path";
import { serialize } from "node:v8";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Lookup } from "./cache/lookups.ts";
import { areStillFound } from "./cache/lookups.ts";
import type { FileOutcome } from "./cache/file-outcome.ts";
import type { Lasting, SeenFiles } from "./cache/unchanged-files.ts";
import { lastsUntil } from "./cache/unchanged-files.ts";
import type { FileStatus } from "./files/file-stamp.ts";
import { STATUS_FIELDS, isStatusOf, lastingStatus } from "./files/file-stamp.ts";
import type { FileSettings, FoundFiles } from "./files/find-articles.ts";
import { findArticles } from "./files/find-articles.ts";
import { createLocalFileFinder } from "./files/find-local-files.ts";
import type { KnownPictures } from "./files/find-local-picture.ts";
import { createFollowFile } from "./files/follow-file.ts";
import { lacksSource } from "./files/source-folder.ts";
import { statOf } from "./files/stat-of.ts";
import type { ReadPages } from "./read-pages.ts";

/**
 * The state of everything in the file system that decided what was read, and the time for which it lasts. Where nothing of it
 * changed, a second reading would give the same.
 */
export interface SourceState {
  /** The absolute paths of folders that were listed, of the articles' files, and of others that were looked into. */
  readonly paths: readonly string[];
  /** The status of each path, `STATUS_FIELDS` numbers. */
  readonly statuses: Float64Array;
  /** What articles refer to, as it was found or not. */
  readonly lookups: readonly ArticleLookups[];
  /** Whether links to other files than articles led to one that may be published, by the absolute paths of these. */
  readonly linked: ReadonlyMap<string, boolean>;
  /** A hash of what the site's own pages were read as. */
  readonly pages: ContentHash;
  /** In seconds since 1970; without beginning or end where nothing is dated. */
  readonly lasts: Lasting;
}

/** What one article refers to. */
interface ArticleLookups {
  readonly source: string;
  /** What the source folder counts as in addresses of files. */
  readonly place: string;
  /** The folder of the article. */
  readonly folder: string;
  readonly lookups: readonly Lookup[];
}

/** What was read, as far as it decides whether a second reading would give the same. */
interface ReadSources {
  readonly found: FoundFiles;
  readonly outcomes: ReadonlyMap<string, FileOutcome>;
  /** The statuses of files that were not read again. */
  readonly statuses: ReadonlyMap<string, FileStatus>;
  readonly linked: SourceState["linked"];
  /** The pages as they were read when no article was known. */
  readonly pages: ReadPages;
  /** Milliseconds since 1970, taken before the first file was looked at. */
  readonly startedAt: number;
}

/**
 * The state of the sources of a reading; null where nobody could tell later whether it is the same: where something changed
 * shortly before or meanwhile, lies behind a link, or could not be read.
 */
export function sourceStateOf({
  found: { articles, diagnostics, search },
  outcomes,
  statuses: known,
  linked,
  pages,
  startedAt,
}: ReadSources): SourceState | null {
  if (search.hasLinks || lacksSource(diagnostics)) return null;
  const looked = lookedAt(search);
  const paths = pathsOf({ articles, search });
  const statuses = new Float64Array(paths.length * STATUS_FIELDS);
  const lookups: ArticleLookups[] = [];
  let [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [index, path] of looked.entries()) {
    const stats = statOf(path);
    // What was listed or read since was so then, too.
    const status = stats === null ? null : lastingStatus(stats, startedAt);
    if (status === null) return null;
    statuses.set(status, index * STATUS_FIELDS);
  }
  for (const [index, { path, file, source, folder }] of articles.entries()) {
    const outcome = outcomes.get(path);
    const status = known.get(path) ?? outcome?.stamp.status ?? null;
    if (outcome === undefined || status === null) return null;
    const lasting = lastsUntil(outcome);
    if (lasting === null) return null;
    from = Math.max(from, lasting.from);
    until = Math.min(until, lasting.until);
    statuses.set(status, (looked.length + index) * STATUS_FIELDS);
    if (outcome.lookups.length > 0) {
      const { place } = folder;
      lookups.push({ source, place, folder: dirname(file), lookups: outcome.lookups });
    }
  }
  return { paths, statuses, lookups, linked, pages: hashOfPages(pages), lasts: { from, until } };
}

function lookedAt({ folders, others }: FoundFiles["search"]): readonly string[] {
  return [...folders, ...others];
}

function pathsOf({ articles, search }: Pick<FoundFiles, "articles" | "search">): readonly string[] {
  return [...lookedAt(search), ...articles.map(({ file }) => file)];
}

export interface StateInput {
  /** The folder of `wrangler.toml`, absolute. */
  readonly root: string;
  readonly sources: readonly string[];
  readonly files: FileSettings;
  /** Whether a folder's time tells of files that came or went. Windows does not keep it on every disk (FAT). */
  readonly trustsFolders: boolean;
  /** What is known of pictures. */
  readonly pictures: KnownPictures;
  /** Seconds since 1970. */
  readonly now: number;
  /** Reads the site's own pages when no article is known. */
  readonly readPages: () => Promise<ReadPages>;
}

/** Those of the paths of a state that have the status that they had, with it. */
export function pathsAsTheyWere({ paths, statuses }: SourceState): SeenFiles {
  const places = new Map<string, number>();
  for (const [index, path] of paths.entries()) {
    const stats = statOf(path);
    const place = index * STATUS_FIELDS;
    if (stats !== null && isStatusOf(stats, statuses, place)) places.set(path, place);
  }
  return {
    size: places.size,
    get: (path) => {
      const place = places.get(path);
      if (place === undefined) return undefined;
      const [size = 0, mtimeMs = 0] = [statuses[place], statuses[place + 1]];
      const [ctimeMs = 0, inode = 0] = [statuses[place + 2], statuses[place + 3]];
      return [size, mtimeMs, ctimeMs, inode];
    },
  };
}

/**
 * Whether a reading would find everything as it was.
 *
 * @param seen what `pathsAsTheyWere` gave a moment ago
 */
export async function isSourceState(
  { paths, lookups, linked, pages, lasts }: SourceState,
  seen: SeenFiles,
  { root, sources, files, trustsFolders, pictures, now, readPages }: StateInput,
): Promise<boolean> {
  if (now < lasts.from || now >= lasts.until || seen.size < paths.length) return false;
  const follow = createFollowFile(root, sources);
  if (!trustsFolders) {
    const found = pathsOf(findArticles(root, sources, follow, files));
    if (found.length !== paths.length || found.some((path, index) => path !== paths[index])) {
      return false;
    }
  }
  for (const [path, isThere] of linked) if (follow(path).ok !== isThere) return false;
  const findIn = createLocalFileFinder(follow, pictures);
  const areFound = lookups.every(({ source, place, folder, lookups: own }) =>
    areStillFound(own, findIn({ project: root, source, place, article: folder })),
  );
  return areFound && hashOfPages(await readPages()) === pages;
}

/** Pages are few, so that they are read each time: what their texts, and what they refer to, give is part of it. */
function hashOfPages(read: ReadPages): ContentHash {
  return contentHash([serialize(read)]);
}
