import { dayNumber } from "./day-number.ts";
import { dayOfLegacyCode, parseLegacyCode } from "./legacy-code.ts";

/**
 * What makes an article the same article after every edit. The share id is computed from it, so it holds nothing that
 * an editor corrects: not the title, the categories or the front matter's date.
 */
export interface Identity {
  /**
   * The front matter's `id`, else the legacy code, else the path inside the source folder without extension, NFC; with the
   * setting `id_prefix` before it where an older article of another source folder has that name. An `id` that is the address of
   * a share page (`/s/f5v4k2q9xa`) stands for that page, wherever the file lies.
   */
  readonly name: string;
  /** Days since 1970-01-01, of the legacy code or the file name; null where neither has one. */
  readonly day: number | null;
}

/** `YYYY-M-D-title`, as Jekyll reads file names. */
const DATED_NAME = /^(\d{4})-(\d{1,2})-(\d{1,2})-(.+)$/;

/** The parts of a file name without extension: its day (null without a real date) and what follows the date. */
export function readFileName(name: string): { readonly day: number | null; readonly slug: string } {
  const [, year, month, date, slug] = DATED_NAME.exec(name) ?? [];
  const day = dayNumber(Number(year), Number(month), Number(date));
  return day === null || slug === undefined ? { day: null, slug: name } : { day, slug };
}

/** The date of a file name that no calendar has, as it is written: `2022-02-30`. Null for all other names. */
export function impossibleDate(name: string): string | null {
  const [, year = "", month = "", date = ""] = DATED_NAME.exec(name) ?? [];
  return year === "" || readFileName(name).day !== null ? null : `${year}-${month}-${date}`;
}

/** The identity that a legacy code stands for. */
export function identityOfCode(code: string): Identity {
  return { name: code, day: dayOfLegacyCode(code) };
}

/**
 * The identity of a file.
 *
 * @param path inside its source folder, with `/` between folders and without extension
 * @param explicitId the front matter's `id`
 * @param linkedCode the legacy code in the article's own share link, for files whose name has none
 * @param prefix as if all lay in a folder of that name; empty for nearly all files
 */
export function identityOfFile(
  path: string,
  explicitId: string | null,
  linkedCode: string | null,
  prefix = "",
): Identity {
  const normalPath = path.normalize("NFC");
  const { day, slug } = readFileName(normalPath.slice(normalPath.lastIndexOf("/") + 1));
  const code = parseLegacyCode(slug.replace(/^-/, "")) ?? linkedCode;
  const codeDay = code === null ? null : dayOfLegacyCode(code);
  const name = explicitId?.normalize("NFC") ?? code ?? normalPath;
  if (explicitId?.startsWith("/s/") === true) return { name, day: null };
  return { name: prefix === "" ? name : `${prefix}/${name}`, day: codeDay ?? day };
}
