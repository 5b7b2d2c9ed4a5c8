import type { Stats } from "node:fs";
import {
  accessSync,
  constants,
  copyFileSync,
  globSync,
  mkdirSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
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

/**
 * Copies new and changed files of articles to the folder that is served, and removes files that no article needs.
 *
 * @param folder a folder that holds only such files
 * @returns what `checkLocalFiles` finds too, and warnings for files that could not be copied
 * @throws what goes wrong with the disk
 */
export function copyLocalFiles(
  articles: readonly FilesOfArticle[],
  folder: string,
): readonly Diagnostic[] {
  const { served, diagnostics } = serveFiles(articles, (file, path) =>
    copyIfChanged(file, join(folder, path)),
  );
  const kept = new Set([...served, "/_headers"].map((path) => join(folder, path)));
  for (const entry of globSync("**/*", { cwd: folder, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(file)) unlinkSync(file);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "_headers"), HEADERS);
  return diagnostics;
}

/**
 * What is wrong with the files of articles: an error for each beyond 20,000, and warnings for large files, for those that
 * cannot be read, and for two with the same address.
 */
export function checkLocalFiles(articles: readonly FilesOfArticle[]): readonly Diagnostic[] {
  return serveFiles(articles, (file) => {
    const source = readSource(file);
    return typeof source === "string" ? source : null;
  }).diagnostics;
}

/**
 * Decides which files are served.
 *
 * @param serve is called for each file and the decoded path at which it is to be; returns what is wrong with it, or null
 * @returns the decoded paths of the files, and the diagnostics
 */
function serveFiles(
  articles: readonly FilesOfArticle[],
  serve: (file: string, path: string) => string | null,
): { readonly served: Iterable<string>; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  /** The file at each path. */
  const served = new Map<string, string>();
  for (const { path, localFiles } of articles) {
    for (const { file, publicPath, bytes, width } of localFiles) {
      const place = decodeURIComponent(publicPath);
      const before = served.get(place);
      if (before === file) continue;
      if (before !== undefined) {
        const what = `Both "${before}" and "${file}" would be at ${publicPath}; the first is`;
        diagnostics.push(warningAt(path, 1, "file-clash", what, "rename one of them"));
      } else if (bytes > MAXIMUM_FILE_BYTES) {
        const what = `The file "${file}" is larger than 25 MiB and is not served`;
        const advice = "make it smaller, or link to it elsewhere";
        diagnostics.push(warningAt(path, 1, "file-too-large", what, advice));
      } else if (served.size >= MAXIMUM_FILES) {
        const what = `The file "${file}" is one more than the 20,000 that can be served`;
        const advice = "keep images elsewhere and link to them";
        diagnostics.push(errorAt(path, 1, "too-many-files", what, advice));
      } else {
        served.set(place, file);
        const trouble = serve(file, place);
        if (trouble !== null) {
          const what = `The file "${file}" cannot be served: ${trouble}`;
          const advice = "correct its name or its rights, or put it there again";
          diagnostics.push(warningAt(path, 1, "file-unreadable", what, advice));
          continue;
        }
        if (width === null || bytes <= HEAVY_PICTURE_BYTES) continue;
        const what = `The picture "${file}" has ${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB; phones wait long for it`;
        const advice = "save it smaller: 2,000 pixels are enough";
        diagnostics.push(warningAt(path, 1, "picture-heavy", what, advice));
      }
    }
  }
  return { served: served.keys(), diagnostics };
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
