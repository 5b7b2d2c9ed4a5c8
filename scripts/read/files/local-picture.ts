import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { PictureExtension } from "../../../src/domain/picture-path.ts";
import { unlessMissing } from "../../terminal/unless-missing.ts";

/**
 * How pictures are made. It is a part of their names: count it up when they are made otherwise, or the old ones stay in
 * caches and at readers.
 */
const RECIPE = 1;
/** Hexadecimal digits. */
const NAME_LENGTH = 16;
/** In pixels; the longer side of the large form, but for strips. */
const LARGEST_SIDE = 1600;
/** A picture that is so many times as high as it is wide is a strip to scroll through, which would shrink to nothing. */
const STRIP = 2.5;
/** WebP has no higher ones. */
const HIGHEST_STRIP = 16_383;

/** Why a picture cannot be shown, or not as it is. */
export type PictureFault = v.InferOutput<typeof FAULT>;

const FAULT = v.picklist([
  /** It is none, or is damaged from its beginning on. */
  "broken",
  /** It is HEIC, as phones take photographs, and there is no decoder. */
  "heic",
  /** It has more pixels than can be held in memory. */
  "too-large",
  /** It breaks off: what is there of it is shown. */
  "cut-off",
  /** It moves, and only its first image is shown. */
  "still",
]);

/** What was made of a picture, or why nothing could be made of it. It is a function of the original's bytes. */
export type MadePicture = v.InferOutput<typeof MADE>;

const MADE = v.object({
  extension: v.picklist(["jpg", "png", "gif", "svg"] satisfies PictureExtension[]),
  /** Of the large form, in pixels. */
  width: v.nullable(v.number()),
  height: v.nullable(v.number()),
  fault: v.nullable(FAULT),
});

/** Whether nothing can be shown of a picture. */
export function isLost({ fault }: Pick<MadePicture, "fault">): boolean {
  return fault !== null && fault !== "cut-off" && fault !== "still";
}

/** The name of a picture, by the bytes of the original and by how pictures are made. */
export function pictureName(blob: string): string {
  return hash("sha256", `picture ${RECIPE} ${blob}`).slice(0, NAME_LENGTH);
}

/** The file that says what was made of a picture, in the folder of pictures that were made. */
export function madeFile(folder: string, name: string): string {
  return join(folder, `${name}.json`);
}

/** What was made of a picture; null if it was not made yet. */
export function readMade(folder: string, name: string): MadePicture | null {
  try {
    const made = v.safeParse(MADE, JSON.parse(readFileSync(madeFile(folder, name), "utf8")));
    return made.success ? made.output : null;
  } catch (error) {
    return error instanceof SyntaxError ? null : unlessMissing(null)(error);
  }
}

/** The size of the large form of a picture of so many pixels. */
export function largeSize(width: number, height: number): { width: number; height: number } {
  const isStrip = height > STRIP * width;
  const scale = Math.min(
    1,
    LARGEST_SIDE / width,
    (isStrip ? HIGHEST_STRIP : LARGEST_SIDE) / height,
  );
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}
