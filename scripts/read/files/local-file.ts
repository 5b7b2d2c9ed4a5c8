/** An address in an article that may stand for a file of ours. */
export interface LocalReference {
  /** Whether `path` begins at the root of the site or in the article's folder. */
  readonly base: "site" | "article";
  /** Percent-decoded, with `/`, without one in front; may begin with `../`. */
  readonly path: string;
}

/** A file on disk that an article refers to. */
export interface LocalFile {
  /** Where it is on disk. */
  readonly file: string;
  /** The path at which it is served, percent-encoded. */
  readonly publicPath: string;
  readonly bytes: number;
  /** CSS pixels; null where the file does not tell. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Null where there is no such file. */
export type FindLocalFile = (reference: LocalReference) => LocalFile | null;

/** Files that readers open as they are; other relative links lead to pages. */
const SERVED =
  /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|mp3|m4a|ogg|wav|mp4|webm|mov|pdf|epub|zip|docx?|xlsx?|pptx?|csv)$/i;
/** Names of pictures whose size stands in their first bytes. */
const PICTURE = /\.(?:avif|gif|jpe?g|png|webp)$/i;

/** Whether a path names a file that the site may serve beside its pages: an image, a film, a document. */
export function isServedFile(path: string): boolean {
  return SERVED.test(path);
}

/** Whether a file is named as a picture and holds none: text, a drawing under another name, a download broken off. */
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

/** The media type of a picture, by its file name's extension without the point; null for what is no picture. */
export function pictureType(extension: string): string | null {
  return MEDIA_TYPES.get(extension.toLowerCase()) ?? null;
}
