import type { LocalFile } from "./local-file.ts";

/** Names of pictures whose size stands in their first bytes. */
const PICTURE = /\.(?:avif|gif|jpe?g|png|webp)$/i;

/** Whether a file is named as a picture and holds none: text, a drawing under another name, a download broken off. */
export function isBrokenPicture({ file, width }: LocalFile): boolean {
  return width === null && PICTURE.test(file);
}
