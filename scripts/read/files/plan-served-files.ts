import { basename, join, posix } from "node:path";
import { pictureFormPath } from "../../../src/domain/picture-path.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { LocalFile } from "./local-file.ts";
import { MAXIMUM_FILE_BYTES, isLostPicture, pictureType } from "./local-file.ts";

/** The limit of Workers Static Assets on the free plan. */
export const MAXIMUM_FILES = 20_000;

/** The files of one article or page, which has the path that diagnostics name. */
export interface FilesOfArticle {
  readonly path: string;
  readonly localFiles: readonly LocalFile[];
  /** Left out for pages, whose files count as the newest. */
  readonly published?: { readonly epochSeconds: number };
}

/** A file to serve, and the article that needs it. */
export interface ServedFile {
  readonly path: string;
  readonly local: LocalFile;
  /** The file on disk that has its bytes. */
  readonly source: string;
  /** A form of a picture and a former address can go where there are too many files; the Worker then leads to the picture. */
  readonly kind: "file" | "form" | "former address";
  /** Of the newest article that needs it, in seconds since 1970. */
  readonly newest: number;
}

/** Which files are served, and the folders that they need, by their decoded paths. */
export interface ServedFiles {
  readonly files: ReadonlyMap<string, ServedFile>;
  readonly folders: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Pictures of which nothing was made yet, by the ids of their originals. */
export type UnmadePictures = ReadonlyMap<string, LocalFile>;

/**
 * @param pictures the folder with what was made of pictures
 * @param unmade of those, the original is served in place of the large form, to which the Worker leads from all other forms
 */
export function planServedFiles(
  articles: readonly FilesOfArticle[],
  pictures: string,
  unmade: UnmadePictures = new Map(),
): ServedFiles {
  const diagnostics: Diagnostic[] = [];
  const files = new Map<string, ServedFile>();
  /** The first file that needs each folder. */
  const folders = new Map<string, string>();
  /** Serves a file, unless another stands in its way, which is returned. */
  const serve = (publicPath: string, file: ServedFile): string | null => {
    const place = decodeURIComponent(publicPath);
    const above = foldersAbove(place);
    const twin = files.get(place);
    if (twin?.source === file.source) {
      files.set(place, { ...twin, newest: Math.max(twin.newest, file.newest) });
      return null;
    }
    const before =
      twin?.local.file ??
      folders.get(place) ??
      above.map((other) => files.get(other)?.local.file).find((other) => other !== undefined);
    if (before !== undefined) return before;
    files.set(place, file);
    for (const other of above) folders.set(other, file.local.file);
    return null;
  };
  for (const { path, localFiles, published } of articles) {
    const newest = published?.epochSeconds ?? Infinity;
    for (const local of localFiles) {
      const { file, publicPath, bytes, picture } = local;
      const served = { path, local, newest };
      if (isLostPicture(local)) continue;
      if (picture !== null && unmade.has(picture.blob)) {
        serve(publicPath, { ...served, source: file, kind: "file" });
        continue;
      }
      if (picture !== null) {
        const made = (form: string): string => join(pictures, basename(form));
        serve(publicPath, { ...served, source: made(publicPath), kind: "file" });
        for (const width of picture.widths) {
          const form = pictureFormPath(publicPath, width);
          serve(form, { ...served, source: made(form), kind: "form" });
        }
        continue;
      }
      const before =
        bytes > MAXIMUM_FILE_BYTES
          ? null
          : serve(publicPath, { ...served, source: file, kind: "file" });
      const fault =
        bytes > MAXIMUM_FILE_BYTES
          ? describeTooLarge(path, file)
          : before === null
            ? null
            : describeClash(path, local, before, files.has(decodeURIComponent(publicPath)));
      if (fault !== null) diagnostics.push({ ...fault, mentions: [basename(file)] });
    }
  }
  // What other sites name comes last: nothing of this one may give way to it.
  for (const { path, localFiles, published } of articles) {
    for (const local of localFiles) {
      const { picture, publicPath } = local;
      if (
        picture === null ||
        isLostPicture(local) ||
        !isOfOneType(publicPath, picture.formerPath)
      ) {
        continue;
      }
      serve(picture.formerPath, {
        path,
        local,
        source: join(pictures, basename(publicPath)),
        kind: "former address",
        newest: published?.epochSeconds ?? Infinity,
      });
    }
  }
  return { files, folders, diagnostics: [...diagnostics, ...dropExcess(files)] };
}

/** Whether browsers take what is at two addresses for the same kind of picture. */
function isOfOneType(one: string, other: string): boolean {
  const typeOf = (path: string): string | null => pictureType(posix.extname(path).slice(1));
  return typeOf(one) === typeOf(other);
}

/**
 * Takes out what is above the limit, the oldest first: former addresses, then forms of pictures, then files.
 *
 * @returns what is to be said of it
 */
function dropExcess(files: Map<string, ServedFile>): readonly Diagnostic[] {
  const excess = files.size - MAXIMUM_FILES;
  if (excess <= 0) return [];
  const kinds = ["former address", "form", "file"] as const;
  const oldestFirst = [...files].toSorted(
    ([, a], [, b]) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      (a.newest < b.newest ? -1 : a.newest > b.newest ? 1 : 0),
  );
  const dropped = oldestFirst.slice(0, excess);
  for (const [place] of dropped) files.delete(place);
  const withoutForms = dropped.map(([, file]) => file).filter(({ kind }) => kind === "form");
  const unserved = dropped.map(([, file]) => file).filter(({ kind }) => kind === "file");
  return [
    ...describeWithoutForms(withoutForms),
    ...unserved.map(({ path, local }) => {
      const what = `The file "${local.file}" is one more than the 20,000 that can be served`;
      const advice = "keep files of old articles elsewhere and link to them";
      return {
        ...errorAt(path, 1, "too-many-files", what, advice),
        mentions: [basename(local.file)],
      };
    }),
  ];
}

/** One warning for all, at the newest of them. */
function describeWithoutForms(dropped: readonly ServedFile[]): readonly Diagnostic[] {
  const newest = dropped.at(-1);
  if (newest === undefined) return [];
  const count = new Set(dropped.map(({ local }) => local.publicPath)).size;
  const what = `The ${count} oldest pictures, up to that of this article, have only some of their sizes, since no more than 20,000 files can be served; phones load the large ones`;
  const advice = "leave it so, or keep pictures of old articles elsewhere";
  return [warningAt(newest.path, 1, "picture-sizes-left-out", what, advice)];
}

function describeTooLarge(path: string, file: string): Diagnostic {
  const what = `The file "${file}" is larger than 25 MiB and is not served`;
  return warningAt(path, 1, "file-too-large", what, "make it smaller, or link to it elsewhere");
}

function describeClash(
  path: string,
  { file, publicPath }: LocalFile,
  before: string,
  isTwin: boolean,
): Diagnostic {
  const what = isTwin
    ? `Both "${before}" and "${file}" would be at ${publicPath}; the first is`
    : `The file "${file}" cannot be at ${publicPath}, since "${before}" needs a folder in its place, or a file in its folder's`;
  return warningAt(path, 1, "file-clash", what, "rename one of them");
}

/** The folders above a path: of `/a/b/c.png`, `/a/b` and `/a`. */
function foldersAbove(place: string): readonly string[] {
  const folders: string[] = [];
  for (let above = posix.dirname(place); above !== "/"; above = posix.dirname(above)) {
    folders.push(above);
  }
  return folders;
}
