import { dirname } from "node:path";
import type { Stats } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { serialize } from "node:v8";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Lookup } from "./cache/lookups.ts";
import { areStillFound } from "./cache/lookups.ts";
import type { FileOutcome } from "./cache/file-outcome.ts";
import { createFindPlace } from "./cache/find-place.ts";
import type { Lasting, SeenFiles } from "./cache/unchanged-files.ts";
import { lastsUntil } from "./cache/unchanged-files.ts";
import type { FileStatus } from "./files/file-stamp.ts";
import { STATUS_FIELDS, isStatusOf, lastingStatus } from "./files/file-stamp.ts";
import type { FileSettings, FoundFiles, Search } from "./files/find-articles.ts";
import { articlesFoundBefore, findArticles } from "./files/find-articles.ts";
import { MOST_FILE_BYTES, readWholeFile } from "./files/read-whole-file.ts";
import { createLocalFileFinder } from "./files/find-local-files.ts";
import type { KnownPictures } from "./files/find-local-picture.ts";
import { createFollowFile } from "./files/follow-file.ts";
import { lacksSource } from "./files/source-folder.ts";
import { statOf } from "./files/stat-of.ts";
import type { ReadPages } from "./read-pages.ts";

const BLOB_BYTES = 20;

/** So many files are compared by their bytes. If more have another status, they are read anew: git may know more of them. */
const MOST_COMPARED = 500;

/**
 * The state of everything in the file system that decided what was read, and the time for which it lasts. Where nothing of it
 * changed, a second reading would give the same.
 */
export interface SourceState {
  /** The absolute paths of the articles' files, of folders that were listed, and of files that are no articles and were looked into. */
  readonly paths: readonly string[];
  /** The status of each path, `STATUS_FIELDS` numbers; NaN where it changed so shortly before that a further change might leave the same. */
  readonly statuses: Float64Array;
  /** The blob ids of the articles' files. */
  readonly blobs: Uint8Array;
  /** How many of the articles are in each source folder. */
  readonly counts: Search["counts"];
  /** How many of the paths are folders. */
  readonly folders: number;
  /** What was said of the search for articles. */
  readonly diagnostics: readonly Diagnostic[];
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
 * The state of the sources of a reading; null where nobody could tell later whether it is the same: where something lies behind a link, or
 * could not be read.
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
  const statuses = new Float64Array(paths.length * STATUS_FIELDS).fill(Number.NaN);
  const blobs = Buffer.alloc(articles.length * BLOB_BYTES);
  let compared = 0;
  const lookups: ArticleLookups[] = [];
  let [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [index, path] of looked.entries()) {
    const stats = statOf(path);
    // What was listed or read since was so then, too.
    if (stats === null) return null;
    statuses.set(lastingStatus(stats, startedAt) ?? [], (articles.length + index) * STATUS_FIELDS);
  }
  for (const [index, { path, file, source, folder }] of articles.entries()) {
    const outcome = outcomes.get(path);
    if (outcome === undefined) return null;
    const { stamp } = outcome;
    const status = known.get(path) ?? stamp.status;
    if (status === null) compared += 1;
    if (stamp.blob === "" || compared > MOST_COMPARED) return null;
    const lasting = lastsUntil(outcome);
    if (lasting === null) return null;
    from = Math.max(from, lasting.from);
    until = Math.min(until, lasting.until);
    statuses.set(status ?? [], index * STATUS_FIELDS);
    blobs.write(stamp.blob, index * BLOB_BYTES, "hex");
    if (outcome.lookups.length > 0) {
      const { place } = folder;
      lookups.push({ source, place, folder: dirname(file), lookups: outcome.lookups });
    }
  }
  return {
    paths,
    statuses,
    blobs,
    counts: search.counts,
    folders: search.folders.length,
    diagnostics,
    lookups,
    linked,
    pages: hashOfPages(pages),
    lasts: { from, until },
  };
}

function lookedAt({ folders, others }: FoundFiles["search"]): readonly string[] {
  return [...folders, ...others];
}

function pathsOf({ articles, search }: Pick<FoundFiles, "articles" | "search">): readonly string[] {
  return [...articles.map(({ file }) => file), ...lookedAt(search)];
}

/** Where articles are looked for. */
export interface SearchInput {
  /** The folder of `wrangler.toml`, absolute. */
  readonly root: string;
  readonly sources: readonly string[];
  readonly files: FileSettings;
  /** Whether a folder's time tells of files that came or went. Windows does not keep it on every disk (FAT). */
  readonly trustsFolders: boolean;
}

export interface StateInput extends Pick<SearchInput, "root" | "sources" | "trustsFolders"> {
  /** What is known of pictures. */
  readonly pictures: KnownPictures;
  /** Milliseconds since 1970, taken before anything was looked at. */
  readonly startedAt: number;
  /** Reads the site's own pages when no article is known. */
  readonly readPages: () => Promise<ReadPages>;
}

/** The paths of a state that have the status that they had, and what is found now. */
export interface LookedAgain extends SeenFiles {
  /** Whether the path at a place has the status that it had. */
  readonly isSeen: (place: number) => boolean;
  /** What a search for articles finds. Where folders tell that it is what it found before, and in a second call, nothing is listed. */
  readonly find: () => FoundFiles;
}

/** Looks at the paths of a state. */
export function lookAgain(state: SourceState, input: SearchInput): LookedAgain {
  const { paths, statuses } = state;
  const isAsItWas = new Uint8Array(paths.length);
  let size = 0;
  for (const [index, path] of paths.entries()) {
    const stats = statOf(path);
    if (stats === null || !isStatusOf(stats, statuses, index * STATUS_FIELDS)) continue;
    isAsItWas[index] = 1;
    size += 1;
  }
  const findPlace = createFindPlace(paths);
  const isSeen = (place: number): boolean => isAsItWas[place] === 1;
  const { root, sources, files } = input;
  let found: FoundFiles | null = null;
  return {
    size,
    isSeen,
    find: () =>
      (found ??=
        foundBefore(state, isSeen, input) ??
        findArticles(root, sources, createFollowFile(root, sources), files)),
    get: (path) => {
      const index = findPlace(path);
      if (index === undefined || !isSeen(index)) return undefined;
      const place = index * STATUS_FIELDS;
      const [seenSize = 0, mtimeMs = 0] = [statuses[place], statuses[place + 1]];
      const [ctimeMs = 0, inode = 0] = [statuses[place + 2], statuses[place + 3]];
      return [seenSize, mtimeMs, ctimeMs, inode];
    },
  };
}

/** What a search for articles found before, if all that it looked at besides their files is as it was; else null. */
function foundBefore(
  { paths, blobs, counts, folders, diagnostics }: SourceState,
  isSeen: LookedAgain["isSeen"],
  { root, sources, files, trustsFolders }: SearchInput,
): FoundFiles | null {
  const count = blobs.byteLength / BLOB_BYTES;
  if (!trustsFolders) return null;
  for (let place = count; place < paths.length; place += 1) if (!isSeen(place)) return null;
  const articles = articlesFoundBefore(root, sources, files, paths.slice(0, count), counts);
  const others = paths.slice(count + folders);
  const search = { folders: paths.slice(count, count + folders), others, counts, hasLinks: false };
  return { articles, diagnostics, search };
}

/**
 * The state as it is now, if a reading would find everything as it was; else null. It is another only in statuses: files may have been
 * written again with the same bytes, and folders may have another time though the same is in them.
 *
 * @param looked what `lookAgain` gave a moment ago
 */
export async function sameSourceState(
  state: SourceState,
  looked: LookedAgain,
  input: StateInput,
): Promise<SourceState | null> {
  const { lookups, linked, pages, lasts } = state;
  const { root, sources, pictures, startedAt, readPages } = input;
  const now = Math.floor(startedAt / MILLISECONDS_PER_SECOND);
  if (now < lasts.from || now >= lasts.until) return null;
  const follow = createFollowFile(root, sources);
  const statuses = statusesNow(state, looked, input);
  if (statuses === null) return null;
  for (const [path, isThere] of linked) if (follow(path).ok !== isThere) return null;
  const findIn = createLocalFileFinder(follow, pictures);
  const areFound = lookups.every(({ source, place, folder, lookups: own }) =>
    areStillFound(own, findIn({ project: root, source, place, article: folder })),
  );
  if (!areFound || hashOfPages(await readPages()) !== pages) return null;
  return statuses === state.statuses ? state : { ...state, statuses };
}

/** The statuses that the same files and folders have now; null if there are others. Those that would not last stay as they are. */
function statusesNow(
  { paths, statuses, blobs, diagnostics }: SourceState,
  { size, isSeen, find }: LookedAgain,
  { trustsFolders, startedAt }: StateInput,
): Float64Array | null {
  const articles = blobs.byteLength / BLOB_BYTES;
  const others = size === paths.length ? [] : placesOfOthers(paths, isSeen);
  const isOnlyArticles = others.every((place) => place < articles);
  if (others.filter((place) => place < articles).length > MOST_COMPARED) return null;
  let now = statuses;
  for (const place of others) {
    const path = paths[place] ?? "";
    const stats = place < articles ? statsOfSame(path, blobs, place) : statOf(path);
    if (stats === null) return null;
    const status = lastingStatus(stats, startedAt);
    if (status === null) continue;
    if (now === statuses) now = statuses.slice();
    now.set(status, place * STATUS_FIELDS);
  }
  // A folder that was looked at before it is listed has a status by which whatever comes later is noticed.
  if (trustsFolders && isOnlyArticles) return now;
  const found = find();
  const foundPaths = pathsOf(found);
  const isSame =
    !found.search.hasLinks &&
    foundPaths.length === paths.length &&
    foundPaths.every((path, place) => path === paths[place]) &&
    isDeepStrictEqual(found.diagnostics, diagnostics);
  return isSame ? now : null;
}

function placesOfOthers(
  paths: readonly string[],
  isSeen: LookedAgain["isSeen"],
): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < paths.length; place += 1) if (!isSeen(place)) places.push(place);
  return places;
}

/** The status of a file before its bytes were read; null if they are not those with its blob id, or it is gone. */
function statsOfSame(path: string, blobs: Uint8Array, article: number): Stats | null {
  const at = article * BLOB_BYTES;
  const blob = Buffer.from(blobs.subarray(at, at + BLOB_BYTES)).toString("hex");
  try {
    const read = readWholeFile(path, MOST_FILE_BYTES);
    return read.bytes !== null && read.blob === blob ? read.stats : null;
  } catch {
    return null;
  }
}

/** Pages are few, so that they are read each time: what their texts, and what they refer to, give is part of it. */
function hashOfPages(read: ReadPages): ContentHash {
  return contentHash([serialize(read)]);
}
