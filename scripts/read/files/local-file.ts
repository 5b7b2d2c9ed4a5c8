import { mediaTypeOf } from "../../../src/domain/media-type.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed } from "../../../src/domain/result.ts";
import type { FileRefusal } from "./follow-file.ts";
import type { PictureFault } from "./local-picture.ts";
import { isLost } from "./local-picture.ts";

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
  /** The path at which it is served, percent-encoded; of a picture that is made anew, that of its large form. */
  readonly publicPath: string;
  /** Of the file on disk. */
  readonly bytes: number;
  /** In CSS pixels, as it is served; null if the file is no picture or does not say. */
  readonly width: number | null;
  readonly height: number | null;
  /** How it is made anew; null where the file is served as it is. */
  readonly picture: LocalPicture | null;
}

/** A picture that is made anew, so that it is light and tells nothing of who took it, and where. */
export interface LocalPicture {
  /** The id that git gives to the bytes of the file. */
  readonly blob: string;
  /** Where the file was served before pictures were made anew; other sites may name it. */
  readonly formerPath: string;
  /** Of its forms in WebP, ascending; none of a vector picture. */
  readonly widths: readonly number[];
  readonly fault: PictureFault | null;
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
    if (isLessTelling(refusal)) refusal = found;
  }
  return refusal;
}

function isLessTelling(refusal: Result<LocalFile, FileRefusal>): boolean {
  return !refusal.ok && refusal.failure.reason === "missing" && refusal.failure.near === undefined;
}

/** What to do about a file that is missing. */
export function missingAdvice(near: string | undefined): string {
  return near === undefined
    ? "put the file there, or correct the path"
    : `write "${near}", as the file is called: capitals count`;
}

/** The limit of Workers Static Assets; what is larger is not served. */
export const MAXIMUM_FILE_BYTES = 25 * 1024 * 1024;

/** Files that readers can open directly, besides sound and films; other relative links lead to pages. */
const SERVED =
  /\.(?:png|jpe?g|gif|webp|avif|svg|heic|heif|tiff?|bmp|pdf|epub|zip|docx?|xlsx?|pptx?|csv)$/i;
/** File names of pictures that are made anew. */
const PICTURE = /\.(?:avif|gif|heic|heif|jpe?g|png|svg|tiff?|webp)$/i;

/** Whether a path names a file that the site may serve beside its pages: an image, video, document or the like. */
export function isServedFile(path: string): boolean {
  return SERVED.test(path) || mediaTypeOf(path) !== null;
}

/** Whether a path names a picture that is made anew. */
export function isPictureFile(path: string): boolean {
  return PICTURE.test(path);
}

/** Whether nothing can be shown of a picture. */
export function isLostPicture({ picture }: LocalFile): boolean {
  return picture !== null && isLost(picture);
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
