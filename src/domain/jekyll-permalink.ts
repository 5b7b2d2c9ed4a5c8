import type { Identity } from "./identity.ts";
import { dayNumber, formatDayNumber } from "./day-number.ts";
import { identityOfCode } from "./identity.ts";
import { parseLegacyCode } from "./legacy-code.ts";
import { plainPath } from "./plain-path.ts";

/** What an address of the old Jekyll site says about its article. */
interface PermalinkIdentities {
  /** Of the article whose file has the title and the day of the address; null where the path is no such address. */
  readonly likely: Identity | null;
  /** Of the day before, since Jekyll read dates without a zone as UTC and may show them a day late. */
  readonly late: Identity | null;
}

/**
 * `/:categories/:year/:month/:day/:title`, which is Jekyll's default permalink and its style `pretty`; categories may hold
 * blanks or be missing, and a base path may stand before them.
 */
const PERMALINK = /^\/(?:.*\/)?(\d{4})\/(\d{2})\/(\d{2})\/([^/]+)$/;

/**
 * The identities that an address of the old Jekyll site may stand for. A title that is a legacy code contains the day;
 * otherwise the day is the one in the address.
 *
 * @param path of the URL, percent-decoded
 */
export function identitiesOfPermalink(path: string): PermalinkIdentities {
  const [, year = "", month = "", date = "", title = ""] = PERMALINK.exec(plainPath(path)) ?? [];
  if (title === "") return { likely: null, late: null };
  const code = parseLegacyCode(title);
  if (code !== null) return { likely: identityOfCode(code), late: null };
  const day = dayNumber(Number(year), Number(month), Number(date));
  if (day === null) return { likely: null, late: null };
  const on = (candidate: number): Identity => ({
    name: `${formatDayNumber(candidate)}-${title}`,
    day: candidate,
  });
  return { likely: on(day), late: on(day - 1) };
}

/** The same identities, the likely one first. */
export function listIdentities(path: string): readonly Identity[] {
  const { likely, late } = identitiesOfPermalink(path);
  return [likely, late].filter((identity) => identity !== null);
}
