import { mediaTypeOf } from "../../../src/domain/media-type.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed } from "../../../src/domain/result.ts";
import type { FileRefusal } from "./follow-file.ts";

/** An address in an article that may name one of the site's files. */
export interface LocalReference {
  /** Whether `path` begins at the root of the site or in the article's folder; `embedded` where the article holds the file. */
  readonly base: "site" | "article" | "embedded";
  /** A percent-decoded path with `/` between folders but not in front; it may begin with `../`. */
  readonly path: string;
  /** What the article holds, to be kept under its name. */
  readonly bytes?: Uint8Array;
}

/** A file on disk that an article refers to. */
export interface LocalFile {
  /** The absolute path on disk. */
  readonly file: string;
  /** The path at which it is served, percent-encoded. */
  readonly publicPath: string;
  readonly bytes: number;
  /** In CSS pixels; null if the file is no picture or does not say. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Finds the file of a reference, or says why there is none that may be published. */
export type FindLocalFile = (reference: LocalReference) => Result<LocalFile, FileRefusal>;

/** The first file that is found; else why one is refused; else that all are missing. */
export function firstFound(
  searches: readonly (() => Result<LocalFile, FileRefusal>)[],
): Result<LocalFile, FileRefusal> {
  let refusal: Result<LocalFile, FileRefusal> = failed({ reason: "missing" });
  for (const search of searches) {
    const found = search();
    if (found.ok) return found;
    if (!refusal.ok && refusal.failure.reason === "missing") refusal = found;
  }
  return refusal;
}

/** The limit of Workers Static Assets; what is larger is not served. */
export const MAXIMUM_FILE_BYTES = 25 * 1024 * 1024;

/** Files that readers can open directly, besides sound and films; other relative links lead to pages. */
const SERVED = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|pdf|epub|zip|docx?|xlsx?|pptx?|csv)$/i;
/** File names of pictures whose size is stored in the file. */
const PICTURE = /\.(?:avif|gif|jpe?g|png|webp)$/i;

/** Whether a path names a file that the site may serve beside its pages: an image, video, document or the like. */
export function isServedFile(path: string): boolean {
  return SERVED.test(path) || mediaTypeOf(path) !== null;
}

/** Whether a file is named as a picture but is none: text, a misnamed SVG, an incomplete download. */
export function isBrokenPicture({ file, width }: LocalFile): boolean {
  return width === null && PICTURE.test(file);
}

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ["avif", "image/avif"],
  ["gif", "image/gif"],
  ["jpeg", "image/jpeg"],
  ["jpg", "image/jpeg"],
  ["png", "image/png"],
  ["svg", "image/svg+xml"],
  ["webp", "image/webp"],
]);

/** The media type of a picture from its extension (`png`); null for other extensions. */
export function pictureType(extension: string): string | null {
  return MEDIA_TYPES.get(extension.toLowerCase()) ?? null;
}
