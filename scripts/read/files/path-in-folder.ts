import { join, sep } from "node:path";

/**
 * `join` for a normal absolute folder and a path below it as listings have it, with `/` between folders: of a hundred thousand files each has
 * such a path, and there is nothing to normalize in it.
 */
export function pathInFolder(folder: string, inner: string): string {
  return sep === "/" && !folder.endsWith("/") ? `${folder}/${inner}` : join(folder, inner);
}
