import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { formWidths, pictureFormPath, picturePath } from "../../src/domain/picture-path.ts";
import type { LocalFile } from "../read/files/local-file.ts";
import type { UnmadePictures } from "../read/files/plan-served-files.ts";
import type { MadePicture } from "../read/files/local-picture.ts";
import { isLost, pictureName, readMade } from "../read/files/local-picture.ts";

/** Whether there is nothing to make: what came of every picture is there, and is what was promised. */
export function arePicturesMade(localFiles: readonly LocalFile[], folder: string): boolean {
  return localFiles.every((file) => {
    const { picture } = file;
    if (picture === null || picture.fault === "too-large") return true;
    const made = madeBefore(picture.blob, folder);
    return made !== null && isAsPromised(made, file);
  });
}

/**
 * The pictures of which nothing was made yet, each once, and whether something else came of another one than its header had
 * promised.
 */
export function unmadePictures(
  localFiles: readonly LocalFile[],
  folder: string,
): { readonly files: UnmadePictures; readonly isSurprising: boolean } {
  let isSurprising = false;
  const files = new Map<string, LocalFile>();
  for (const file of localFiles) {
    const { picture } = file;
    if (picture === null || picture.fault === "too-large" || files.has(picture.blob)) continue;
    const made = madeBefore(picture.blob, folder);
    if (made === null) files.set(picture.blob, file);
    else isSurprising ||= !isAsPromised(made, file);
  }
  return { files, isSurprising };
}

/** What was made of a picture, if all of that is there; else null. */
function madeBefore(blob: string, folder: string): MadePicture | null {
  const name = pictureName(blob);
  const made = readMade(folder, name);
  if (made === null || isLost(made)) return made;
  const path = picturePath(name, made.extension);
  const widths = made.extension === "svg" || made.width === null ? [] : formWidths(made.width);
  const paths = [path, ...widths.map((width) => pictureFormPath(path, width))];
  return paths.every((form) => existsSync(join(folder, basename(form)))) ? made : null;
}

/** Whether what was made of a picture is what its header had promised. */
export function isAsPromised(
  made: MadePicture,
  { publicPath, width, height, picture }: LocalFile,
): boolean {
  return (
    publicPath.endsWith(`.${made.extension}`) &&
    made.width === width &&
    made.height === height &&
    made.fault === picture?.fault
  );
}
