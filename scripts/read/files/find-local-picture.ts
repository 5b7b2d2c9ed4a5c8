import type { Stats } from "node:fs";
import { readFileSync } from "node:fs";
import { imageSize } from "image-size";
import { formWidths, picturePath } from "../../../src/domain/picture-path.ts";
import type { PictureExtension } from "../../../src/domain/picture-path.ts";
import { blobOf, isUnchanged } from "./file-stamp.ts";
import type { FileStamp } from "./file-stamp.ts";
import type { LocalPicture } from "./local-file.ts";
import type { MadePicture } from "./local-picture.ts";
import { isLost, largeSize, pictureName, readMade } from "./local-picture.ts";

/** What is known of pictures from earlier runs. It is sent to threads, so it holds no functions. */
export interface KnownPictures {
  /** The folder with what was made of pictures; null where none is kept. */
  readonly folder: string | null;
  /** The stamps of originals, by their absolute paths, so that unchanged ones need not be read. */
  readonly stamps: ReadonlyMap<string, FileStamp>;
}

export const NO_KNOWN_PICTURES: KnownPictures = { folder: null, stamps: new Map() };

/** A picture's address and the size of its large form. */
export interface FoundPicture extends Omit<LocalPicture, "formerPath"> {
  readonly publicPath: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** All bytes of a larger one would have to be in memory. */
const MOST_PICTURE_BYTES = 200_000_000;

/** What becomes of formats as `image-size` calls them; photographs, which all others may be, become JPEG. */
const EXTENSIONS: Readonly<Record<string, PictureExtension>> = {
  png: "png",
  gif: "gif",
  svg: "svg",
};

/** Tells what a picture becomes: what became of it, or what will by the looks of its header. */
export function findLocalPicture(
  file: string,
  stats: Stats,
  { folder, stamps }: KnownPictures,
): FoundPicture {
  const known = stamps.get(file);
  if (stats.size > MOST_PICTURE_BYTES) {
    return describe(`${stats.size} bytes`, { ...LOST, fault: "too-large" });
  }
  const isKnown = known !== undefined && isUnchanged(known, stats);
  const bytes = isKnown ? null : bytesOf(file);
  const blob = isKnown ? known.blob : blobOf(bytes ?? NOTHING);
  const made = folder === null ? null : readMade(folder, pictureName(blob));
  return describe(blob, made ?? guessPicture(bytes ?? bytesOf(file)));
}

function describe(blob: string, made: MadePicture): FoundPicture {
  const { extension, width, height, fault } = made;
  const hasForms = extension !== "svg" && width !== null && !isLost(made);
  return {
    publicPath: picturePath(pictureName(blob), extension),
    width,
    height,
    blob,
    fault,
    widths: hasForms ? formWidths(width) : [],
  };
}

const NOTHING = new Uint8Array();

/** The bytes of a file; none where it cannot be read, which no picture has. */
function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    return NOTHING;
  }
}

const LOST: MadePicture = { extension: "jpg", width: null, height: null, fault: "broken" };

/** What will be made of a picture if its header says the truth about it. */
function guessPicture(bytes: Uint8Array): MadePicture {
  try {
    const { width, height, orientation = 1, type = "" } = imageSize(bytes);
    const extension = EXTENSIONS[type] ?? "jpg";
    if (extension === "svg") return { extension, width, height, fault: null };
    // From orientation 5 on, viewers turn the picture by 90 degrees (Exif 4.6.4).
    const large = orientation >= 5 ? largeSize(height, width) : largeSize(width, height);
    return { extension, ...large, fault: null };
  } catch {
    return LOST;
  }
}
