import { formatDayNumber } from "../../../../src/domain/day-number.ts";
import { readFileName } from "../../../../src/domain/identity.ts";

/**
 * The address that Jekyll gives an article without categories, from its file name: `/2022/01/10/news.html`. The Worker
 * redirects it to the share page, so that a link to the file leads there too. Null if the file name has no date.
 *
 * @param path the path of the file, or only its name
 */
export function datedAddress(path: string): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.(?:md|markdown|html)$/i, "");
  const { day, slug } = readFileName(name);
  if (day === null) return null;
  return encodeURI(`/${formatDayNumber(day).replaceAll("-", "/")}/${slug}.html`);
}
