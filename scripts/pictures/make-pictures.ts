import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { basename, join } from "node:path";
import pMap from "p-map";
import { pictureFormPath, picturePath } from "../../src/domain/picture-path.ts";
import type { LocalFile } from "../read/files/local-file.ts";
import type { MadePicture } from "../read/files/local-picture.ts";
import { madeFile, pictureName } from "../read/files/local-picture.ts";
import type { ShowProgress } from "../terminal/progress.ts";
import { blobOf } from "../read/files/file-stamp.ts";
import { encodePicture } from "./encode-picture.ts";
import { encodeSvg, isSvg } from "./encode-svg.ts";
import { isAsPromised, unmadePictures } from "./made-before.ts";

export interface PicturesMade {
  /** How many pictures were made anew now. */
  readonly made: number;
  /** Whether something else came of a picture than its header had promised, so that articles with it are to be read again. */
  readonly isSurprising: boolean;
}

/** What one picture of a large camera needs while it is made, its originals' bytes included. */
const BYTES_OF_MEMORY = 600_000_000;
/** Node works on so many pictures at once; more cores work on each of them together. */
const THREADS_OF_NODE = 4;
/** A larger file may hold so many pixels that only one of its kind fits into memory. */
const LARGE_FILE_BYTES = 30_000_000;

/**
 * Makes the pictures of articles that were not made before, several at once.
 *
 * @param folder keeps what is made, by names that stand for the original and the recipe
 */
export async function makePictures(
  localFiles: readonly LocalFile[],
  folder: string,
  startProgress: () => ShowProgress,
): Promise<PicturesMade> {
  const unmade = unmadePictures(localFiles, folder);
  const { files } = unmade;
  let { isSurprising } = unmade;
  if (files.size === 0) return { made: 0, isSurprising };
  const progress = startProgress();
  mkdirSync(folder, { recursive: true });
  /** What is being written; its own folder, since two programs may make the same pictures at once. */
  const parts = mkdtempSync(join(folder, "parts-"));
  const cores = availableParallelism();
  const atOnce = Math.max(
    1,
    Math.min(cores, THREADS_OF_NODE, Math.floor(totalmem() / BYTES_OF_MEMORY)),
  );
  const threads = Math.ceil(cores / atOnce);
  let done = 0;
  let count = 0;
  const make = async (file: LocalFile): Promise<void> => {
    const made = await makePicture(file, folder, parts, threads);
    isSurprising ||= made !== null && !isAsPromised(made, file);
    done += 1;
    if (made !== null) count += 1;
    progress(done, files.size);
  };
  const { large = [], usual = [] } = Object.groupBy(files.values(), (file) =>
    isLarge(file) ? "large" : "usual",
  );
  try {
    await pMap(usual, make, { concurrency: atOnce });
    await pMap(large, make, { concurrency: 1 });
  } finally {
    rmSync(parts, { recursive: true });
  }
  return { made: count, isSurprising };
}

/** Whether one such picture takes all memory there is for several others. */
function isLarge({ bytes, file }: LocalFile): boolean {
  return bytes > LARGE_FILE_BYTES || ANIMATED.test(file);
}
const ANIMATED = /\.(?:gif|webp)$/i;

/** Makes one picture; null if its file is gone, or is another one now. */
async function makePicture(
  { file, picture }: LocalFile,
  folder: string,
  parts: string,
  threads: number,
): Promise<MadePicture | null> {
  const bytes = bytesOf(file);
  if (picture === null || bytes === null || blobOf(bytes) !== picture.blob) return null;
  const { made, large, forms } = isSvg(bytes)
    ? await encodeSvg(bytes, threads)
    : await encodePicture(bytes, threads);
  const name = pictureName(picture.blob);
  const path = picturePath(name, made.extension);
  if (large !== null) keep(join(folder, basename(path)), large, parts);
  for (const [width, form] of forms) {
    keep(join(folder, basename(pictureFormPath(path, width))), form, parts);
  }
  // It is written last: without it, the picture is made again.
  keep(madeFile(folder, name), new TextEncoder().encode(JSON.stringify(made)), parts);
  return made;
}

function bytesOf(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

/** Writes a file that is there whole or not at all. */
function keep(file: string, bytes: Uint8Array, parts: string): void {
  const part = join(parts, basename(file));
  writeFileSync(part, bytes);
  renameSync(part, file);
}
