/*
 * The pictures of articles, made anew from their files: `/media/p/{name}.jpg` is the large form, of a format that every
 * program reads, and `/media/p/{name}.jpg.960.webp` the same, 960 pixels wide. The name stands for the bytes of the original
 * and for how pictures are made.
 */

/** The folder of pictures, in which an address has the same bytes for ever. */
export const PICTURES_PATH = "/media/p";

/** The folder of share cards that show an article's own picture: `{share id}-{hash}.jpg`. */
export const PICTURE_CARDS_PATH = "/media/c";

/** Bits enough that no two of a site's pictures share a name. */
const NAME = String.raw`[\da-f]{16}`;
const PICTURE = new RegExp(
  String.raw`^https?://[^/]+${PICTURES_PATH}/${NAME}\.(?:jpg|png|gif|svg)$`,
);
const LIST_PICTURE = new RegExp(String.raw`^${PICTURES_PATH}/${NAME}\.(?:jpg|png)$`);
const FORM = new RegExp(
  String.raw`^(?<picture>${PICTURES_PATH}/${NAME}\.(?:jpg|png|gif))\.\d+\.webp$`,
);

/** The formats of the large form: of photographs, of what is drawn or transparent, of what moves, of vectors. */
export type PictureExtension = "jpg" | "png" | "gif" | "svg";

/** The path of a picture's large form. */
export function picturePath(name: string, extension: PictureExtension): string {
  return `${PICTURES_PATH}/${name}.${extension}`;
}

/** The widths of the forms that are smaller than the large one, in pixels. */
const SMALLER_WIDTHS = [480, 960];

/** The widths of the WebP forms of a picture whose large form is so wide; the last is the large form's. */
export function formWidths(width: number): readonly number[] {
  return [...SMALLER_WIDTHS.filter((smaller) => smaller < width), width];
}

/** The path of the form of a picture that is so many pixels wide. */
export function pictureFormPath(picture: string, width: number): string {
  return `${picture}.${width}.webp`;
}

/** The path of the large form of a picture, from that of any other form; null for all other paths. */
export function pictureOfForm(path: string): string | null {
  return FORM.exec(path)?.groups?.["picture"] ?? null;
}

/** Whether a path is that of a picture that lists can show: what moves would distract, and drawings have no small form. */
export function isListPicture(path: string): boolean {
  return LIST_PICTURE.test(path);
}

/** Whether an address is that of the large form of a picture, which is light enough for every program. */
export function isPictureUrl(url: string): boolean {
  return PICTURE.test(url);
}
