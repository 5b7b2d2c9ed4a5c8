import type { Stats } from "node:fs";
import {
  accessSync,
  constants,
  copyFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { mediaTypeOf } from "../../../src/domain/media-type.ts";
import { MEDIA_SIZES_PATH, encodeMediaSizes } from "../../../src/store/media-sizes.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import { errorDetail } from "../../terminal/error-detail.ts";
import type { LocalFile } from "./local-file.ts";
import { MAXIMUM_FILE_BYTES } from "./local-file.ts";
import { statOf } from "./stat-of.ts";

/** The limit of Workers Static Assets on the free plan. */
const MAXIMUM_FILES = 20_000;
/** 2 MB take ten seconds on a slow phone connection (1.6 Mbit/s). */
const HEAVY_PICTURE_BYTES = 2_000_000;
const BYTES_PER_MEGABYTE = 1_000_000;
/** Times are set in whole milliseconds. */
const CLOCK_MILLISECONDS = 2;
/**
 * It was deleted meanwhile, a file has the name of the folder that it needs, or its name is longer in NFC, in which it is
 * served, than a name may be. All else is the machine's fault.
 */
const FAULTS_OF_FILE: ReadonlySet<unknown> = new Set([
  "ENOENT",
  "ENOTDIR",
  "EEXIST",
  "EISDIR",
  "ENAMETOOLONG",
]);

/**
 * The headers of served files (https://developers.cloudflare.com/workers/static-assets/headers/). The policy keeps the
 * scripts of an SVG that is opened by itself from running; in a page, pictures never run scripts.
 */
const HEADERS_FILE = "/_headers";
const HEADERS = `/*
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  X-Content-Type-Options: nosniff
  Cache-Control: public, max-age=86400, stale-while-revalidate=604800
`;

/** The files of one article, which has the path that diagnostics name. */
export interface FilesOfArticle {
  readonly path: string;
  readonly localFiles: readonly LocalFile[];
}

/** A file to serve, and the article that needs it. */
interface ServedFile extends LocalFile {
  readonly path: string;
}

/**
 * Copies new and changed files of articles to the folder that is served, and removes what no article needs.
 *
 * @param folder a folder that holds only such files
 * @returns what `checkLocalFiles` finds too, and warnings for files that could not be copied
 * @throws what goes wrong with the disk
 */
export function copyLocalFiles(
  articles: readonly FilesOfArticle[],
  folder: string,
): readonly Diagnostic[] {
  const { files, folders, diagnostics } = planFiles(articles);
  const placeIn = (place: string): string => join(folder, place);
  const recordings = [...files.keys()].filter((place) => mediaTypeOf(place) !== null);
  const lists = recordings.length === 0 ? [HEADERS_FILE] : [HEADERS_FILE, MEDIA_SIZES_PATH];
  const kept = new Set([...files.keys(), ...lists].map(placeIn));
  const keptFolders = new Set([...folders.keys()].map(placeIn));
  mkdirSync(folder, { recursive: true });
  // First of all: what is left of another release may stand where a file has to go, or a folder.
  removeOthers(folder, (path, isFolder) => (isFolder ? keptFolders : kept).has(path));
  const troubles = [...files].flatMap(([place, file]) => {
    const target = placeIn(place);
    const trouble = copyIfChanged(file.file, target);
    // What is left of another release says what was so then.
    if (trouble !== null && statOf(target) !== null) rmSync(target);
    return complaintOf(file, trouble) ?? [];
  });
  writeFileSync(placeIn(HEADERS_FILE), HEADERS);
  if (recordings.length > 0) {
    const sizes = recordings.flatMap((place): [string, number][] => {
      const size = statOf(placeIn(place))?.size;
      return size === undefined ? [] : [[place, size]];
    });
    writeFileSync(placeIn(MEDIA_SIZES_PATH), encodeMediaSizes(new Map(sizes)));
  }
  return [...diagnostics, ...troubles];
}

/**
 * What is wrong with the files of articles: an error for each beyond 20,000, and warnings for large files, for those that
 * cannot be read, and for two with the same address, or one with the address of another's folder.
 */
export function checkLocalFiles(articles: readonly FilesOfArticle[]): readonly Diagnostic[] {
  const { files, diagnostics } = planFiles(articles);
  const troubles = [...files.values()].flatMap((file) => {
    const source = readSource(file.file);
    return complaintOf(file, typeof source === "string" ? source : null) ?? [];
  });
  return [...diagnostics, ...troubles];
}

/** Which files are served, and the folders that they need, by their decoded paths. */
function planFiles(articles: readonly FilesOfArticle[]): {
  readonly files: ReadonlyMap<string, ServedFile>;
  readonly folders: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const files = new Map<string, ServedFile>();
  /** The first file that needs each folder. */
  const folders = new Map<string, string>();
  for (const { path, localFiles } of articles) {
    for (const localFile of localFiles) {
      const { file, publicPath, bytes } = localFile;
      const place = decodeURIComponent(publicPath);
      const above = foldersAbove(place);
      const report = (fault: Diagnostic): void => {
        diagnostics.push({ ...fault, mentions: [basename(file)] });
      };
      const twin = files.get(place)?.file;
      if (twin === file) continue;
      const before =
        twin ??
        folders.get(place) ??
        above.map((other) => files.get(other)?.file).find((other) => other !== undefined);
      if (before !== undefined) {
        const what =
          twin === undefined
            ? `The file "${file}" cannot be at ${publicPath}, since "${before}" needs a folder in its place, or a file in its folder's`
            : `Both "${before}" and "${file}" would be at ${publicPath}; the first is`;
        report(warningAt(path, 1, "file-clash", what, "rename one of them"));
      } else if (bytes > MAXIMUM_FILE_BYTES) {
        const what = `The file "${file}" is larger than 25 MiB and is not served`;
        const advice = "make it smaller, or link to it elsewhere";
        report(warningAt(path, 1, "file-too-large", what, advice));
      } else if (files.size >= MAXIMUM_FILES) {
        const what = `The file "${file}" is one more than the 20,000 that can be served`;
        const advice = "keep images elsewhere and link to them";
        report(errorAt(path, 1, "too-many-files", what, advice));
      } else {
        files.set(place, { ...localFile, path });
        for (const other of above) folders.set(other, file);
      }
    }
  }
  return { files, folders, diagnostics };
}

/** The folders above a path: of `/a/b/c.png`, `/a/b` and `/a`. */
function foldersAbove(place: string): readonly string[] {
  const folders: string[] = [];
  for (let above = posix.dirname(place); above !== "/"; above = posix.dirname(above)) {
    folders.push(above);
  }
  return folders;
}

/** Removes from a folder whatever is not needed, without following links. */
function removeOthers(
  folder: string,
  isNeeded: (path: string, isFolder: boolean) => boolean,
): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!isNeeded(path, entry.isDirectory())) rmSync(path, { recursive: true });
    else if (entry.isDirectory()) removeOthers(path, isNeeded);
  }
}

/**
 * What there is to say of a file; null if nothing.
 *
 * @param trouble why it cannot be served; null if it can
 */
function complaintOf(
  { path, file, bytes, width }: ServedFile,
  trouble: string | null,
): Diagnostic | null {
  if (trouble !== null) {
    const what = `The file "${file}" cannot be served: ${trouble}`;
    const advice = "correct its name or its rights, or put it there again";
    return { ...warningAt(path, 1, "file-unreadable", what, advice), mentions: [basename(file)] };
  }
  if (width === null || bytes <= HEAVY_PICTURE_BYTES) return null;
  const what = `The picture "${file}" has ${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB; phones wait long for it`;
  const advice = "save it smaller: 2,000 pixels are enough";
  return { ...warningAt(path, 1, "picture-heavy", what, advice), mentions: [basename(file)] };
}

/**
 * Whether a file was copied from another and not written since. Whoever keeps the time of a file that he edits cannot keep
 * the time of its last change of status. An earlier time is a change too: the clock may have been set back.
 */
function isCopyOf(target: Stats, source: Stats): boolean {
  const isSameTime = Math.abs(target.mtimeMs - source.mtimeMs) < CLOCK_MILLISECONDS;
  return target.size === source.size && isSameTime && source.ctimeMs <= target.ctimeMs;
}

/** A file that can be copied; else what is wrong with it. */
function readSource(file: string): Stats | string {
  try {
    const source = statSync(file);
    if (!source.isFile()) return "it is a file no more";
    accessSync(file, constants.R_OK);
    return source;
  } catch (error) {
    return errorDetail(error);
  }
}

/** What is wrong with a file that cannot be copied; null if it was. What is wrong with the disk is thrown. */
function copyIfChanged(from: string, to: string): string | null {
  const source = readSource(from);
  if (typeof source === "string") return source;
  const target = statOf(to);
  if (target !== null && isCopyOf(target, source)) return null;
  try {
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
    utimesSync(to, source.atime, source.mtime);
    return null;
  } catch (error) {
    if (error instanceof Error && "code" in error && FAULTS_OF_FILE.has(error.code)) {
      return errorDetail(error);
    }
    throw error;
  }
}
