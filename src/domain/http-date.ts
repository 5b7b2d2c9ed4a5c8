import { MILLISECONDS_PER_SECOND } from "./moment.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
/** RFC 9110, section 5.6.7: IMF-fixdate, and the obsolete forms of RFC 850 and of C's asctime(). */
const DATE_FORMS = [
  /^\w{3}, (?<day>\d{2}) (?<month>\w{3}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^\w{6,9}, (?<day>\d{2})-(?<month>\w{3})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^\w{3} (?<month>\w{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
];

/** Seconds since 1970, or null where the text is none of the three forms of an HTTP date. */
export function parseHttpDate(text: string): number | null {
  const form = DATE_FORMS.find((known) => known.test(text.trim()));
  const { day = "", month = "", year = "", time = "" } = form?.exec(text.trim())?.groups ?? {};
  const monthIndex = MONTHS.indexOf(month);
  if (monthIndex < 0) return null;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  const date = Date.UTC(fullYear(year), monthIndex, Number(day), hours, minutes, seconds);
  return date / MILLISECONDS_PER_SECOND;
}

/** Years of two digits up to 69 belong to this century, because no document of ours is older than the Web. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}
