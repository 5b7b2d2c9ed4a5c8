import type { Identity } from "./identity.ts";
import { dayNumber, formatDayNumber } from "./day-number.ts";
import { identityOfCode } from "./identity.ts";
import { parseLegacyCode } from "./legacy-code.ts";

/** `/:categories/:year/:month/:day/:title.html`, Jekyll's default permalink; categories may hold blanks or be missing. */
const PERMALINK = /^\/(?:.*\/)?(\d{4})\/(\d{2})\/(\d{2})\/([^/]+)\.html$/;

/**
 * The identities that an address of the old Jekyll site may stand for, most likely first; empty where the path is no
 * such address. A title that is a legacy code contains the day. Otherwise the day is the one in the address, where
 * Jekyll read dates without a zone as UTC and may show them a day late, so the day before is tried too.
 *
 * @param path of the URL, percent-decoded
 */
export function identitiesOfPermalink(path: string): readonly Identity[] {
  const [, year = "", month = "", date = "", title = ""] = PERMALINK.exec(path) ?? [];
  if (title === "") return [];
  const code = parseLegacyCode(title);
  if (code !== null) return [identityOfCode(code)];
  const day = dayNumber(Number(year), Number(month), Number(date));
  if (day === null) return [];
  return [day, day - 1].map((candidate) => ({
    name: `${formatDayNumber(candidate)}-${title.normalize("NFC")}`,
    day: candidate,
  }));
}
