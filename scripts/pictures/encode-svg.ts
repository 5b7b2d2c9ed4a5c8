import { imageSize } from "image-size";
import { MAXIMUM_FILE_BYTES, pictureType } from "../read/files/local-file.ts";
import { cleanSvg } from "./clean-svg.ts";
import type { EncodedPicture } from "./encode-picture.ts";
import { encodePicture } from "./encode-picture.ts";

/** So far from its beginning, at the most, a drawing's own element begins. */
const START_BYTES = 16_384;

/** Whether a file holds a drawing, by its beginning. */
export function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, START_BYTES)).trimStart();
  return start.startsWith("<") && /<(?:svg:)?svg[\s>]/.test(start);
}

/** Makes a drawing anew, which stays one: letters in it are set in the reader's own type, which is not here. */
export async function encodeSvg(bytes: Uint8Array, threads: number): Promise<EncodedPicture> {
  const remake = async (embedded: Uint8Array): Promise<string | null> => {
    const { large, made } = await encodePicture(embedded, threads);
    if (large === null) return null;
    const data = Buffer.from(large).toString("base64");
    return `data:${pictureType(made.extension) ?? ""};base64,${data}`;
  };
  const svg = await cleanSvg(new TextDecoder().decode(bytes), remake);
  const cleaned = svg === null ? null : new TextEncoder().encode(svg);
  const large = cleaned !== null && cleaned.length <= MAXIMUM_FILE_BYTES ? cleaned : null;
  const size = large === null ? null : sizeOf(large);
  return {
    made: {
      extension: "svg",
      width: size?.width ?? null,
      height: size?.height ?? null,
      fault: large !== null ? null : cleaned === null ? "broken" : "too-large",
    },
    large,
    forms: new Map(),
  };
}

function sizeOf(svg: Uint8Array): { readonly width: number; readonly height: number } | null {
  try {
    return imageSize(svg);
  } catch {
    // It has as much room as the page gives it.
    return null;
  }
}
