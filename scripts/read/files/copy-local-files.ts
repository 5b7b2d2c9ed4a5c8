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
import { basename, dirname, join } from "node:path";
import { SHARE_PAGES_PATH } from "../../../src/domain/links.ts";
import { mediaTypeOf } from "../../../src/domain/media-type.ts";
import { MEDIA_SIZES_PATH, encodeMediaSizes } from "../../../src/store/media-sizes.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { warningAt } from "../../diagnostics/diagnostic.ts";
import { errorDetail } from "../../terminal/error-detail.ts";
import { PICTURES_PATH, PICTURE_CARDS_PATH } from "../../../src/domain/picture-path.ts";
import type { FilesOfArticle, ServedFile, UnmadePictures } from "./plan-served-files.ts";
import { MAXIMUM_FILES, planServedFiles } from "./plan-served-files.ts";
import { statOf } from "./stat-of.ts";

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

/** Where Static Assets look for the headers of files; it is not served itself. */
export const HEADERS_FILE = "/_headers";
/**
 * The headers of served files (https://developers.cloudflare.com/workers/static-assets/headers/). The policy keeps the
 * scripts of an SVG that is opened by itself from running; in a page, pictures never run scripts.
 */
export const FILE_RULES = rulesOf("public, max-age=31536000, immutable");

/** @param ofPictures how long browsers may keep what is made anew */
function rulesOf(ofPictures: string): string {
  return `/*
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  X-Content-Type-Options: nosniff
  Cache-Control: public, max-age=86400, stale-while-revalidate=604800

${PICTURES_PATH}/*
  ! Cache-Control
  Cache-Control: ${ofPictures}

${PICTURE_CARDS_PATH}/*
  ! Cache-Control
  Cache-Control: ${ofPictures}
`;
}

/**
 * Copies new and changed files of articles to the folder that is served, and removes what no article needs.
 *
 * @param pictures the folder with what was made of pictures
 * @param folder a folder that holds only such files
 * @param unmade pictures of which nothing was made yet, which are served as they are
 * @returns what `checkLocalFiles` finds too, and warnings for files that could not be copied
 * @throws what goes wrong with the disk
 */
export function copyLocalFiles(
  articles: readonly FilesOfArticle[],
  pictures: string,
  folder: string,
  unmade: UnmadePictures = new Map(),
): readonly Diagnostic[] {
  const { files, folders, diagnostics } = planServedFiles(articles, pictures, unmade);
  const placeIn = (place: string): string => join(folder, place);
  const recordings = [...files.keys()].filter((place) => mediaTypeOf(place) !== null);
  const lists = recordings.length === 0 ? [HEADERS_FILE] : [HEADERS_FILE, MEDIA_SIZES_PATH];
  const kept = new Set([...files.keys(), ...lists].map(placeIn));
  // Share pages are the deploy's, which takes away what it does not need.
  const pages = placeIn(SHARE_PAGES_PATH);
  const keptFolders = new Set([...[...folders.keys()].map(placeIn), pages]);
  mkdirSync(folder, { recursive: true });
  // First of all: what is left of another release may stand where a file has to go, or a folder.
  removeOthers(
    folder,
    (path, isFolder) => (isFolder ? keptFolders : kept).has(path) || dirname(path) === pages,
  );
  const troubles = [...files].flatMap(([place, file]) => {
    const target = placeIn(place);
    const trouble = copyIfChanged(file.source, target);
    // What is left of another release says what was so then.
    if (trouble !== null && statOf(target) !== null) rmSync(target);
    return complaintOf(file, trouble) ?? [];
  });
  writeFileSync(placeIn(HEADERS_FILE), unmade.size === 0 ? FILE_RULES : rulesOf("no-cache"));
  if (recordings.length > 0) {
    const sizes = recordings.flatMap((place): [string, number][] => {
      const size = statOf(placeIn(place))?.size;
      return size === undefined ? [] : [[place, size]];
    });
    writeFileSync(placeIn(MEDIA_SIZES_PATH), encodeMediaSizes(new Map(sizes)));
  }
  return [...diagnostics, ...troubles];
}

/** How many files a deploy would serve, of how many that it may. */
export function countServedFiles(
  articles: readonly FilesOfArticle[],
  pictures: string,
): { readonly served: number; readonly most: number } {
  return { served: planServedFiles(articles, pictures).files.size, most: MAXIMUM_FILES };
}

/**
 * What is wrong with the files of articles: an error for each beyond 20,000 that cannot be left out, and warnings for large files, for those that
 * cannot be read, and for two with the same address, or one with the address of another's folder.
 */
export function checkLocalFiles(
  articles: readonly FilesOfArticle[],
  pictures: string,
): readonly Diagnostic[] {
  const { files, diagnostics } = planServedFiles(articles, pictures);
  const troubles = [...files.values()].flatMap((file) => {
    const source = readSource(file.source);
    return complaintOf(file, typeof source === "string" ? source : null) ?? [];
  });
  return [...diagnostics, ...troubles];
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
  { path, kind, local: { file, bytes, width, picture, publicPath } }: ServedFile,
  trouble: string | null,
): Diagnostic | null {
  if (kind !== "file") return null;
  if (trouble !== null) {
    const what = `The file "${file}" cannot be served: ${trouble}`;
    const advice = "correct its name or its rights, or put it there again";
    return { ...warningAt(path, 1, "file-unreadable", what, advice), mentions: [basename(file)] };
  }
  // Only what moves, and drawings, stay about as heavy as they are.
  const isMadeLight = picture !== null && !/\.(?:gif|svg)$/.test(publicPath);
  if (width === null || isMadeLight || bytes <= HEAVY_PICTURE_BYTES) return null;
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
