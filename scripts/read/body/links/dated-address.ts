import { readFileName } from "../../../../src/domain/identity.ts";

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * The address of the article in a file, as the Jekyll site had it without categories: from there the Worker leads to its
 * share page. Null where the file's name has no date.
 *
 * @param path of the file, or its name
 */
export function datedAddress(path: string): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.(?:md|markdown|html)$/i, "");
  const { day, slug } = readFileName(name);
  if (day === null) return null;
  const date = new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10).replaceAll("-", "/");
  return encodeURI(`/${date}/${slug}.html`);
}
