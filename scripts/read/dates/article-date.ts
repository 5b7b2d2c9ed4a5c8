import { dayNumber } from "../../../src/domain/day-number.ts";
import type { Moment } from "../../../src/domain/moment.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed, mapped, ok } from "../../../src/domain/result.ts";
import { momentOfWallClock, offsetMinutesAt } from "../../../src/domain/time-zone.ts";

/** A written date as it was understood. */
export interface DateReading {
  readonly moment: Moment;
  /** Seconds since 1970-01-01T00:00:00 by the writer's clock, whatever its zone. */
  readonly wallSeconds: number;
  /** Whether the text names a zone. */
  readonly hasZone: boolean;
  /** Whether YAML takes the text for a time, which Ruby reads as UTC because it names no zone, unless it is quoted. */
  readonly mayBeUtc: boolean;
  /** The part of the text that was ignored, as a message; null if all of it was understood. */
  readonly doubt: string | null;
}

export type DateFailure = { readonly reason: "no-date" } | { readonly reason: "no-such-time" };

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_DAY = 86_400;
const LARGEST_OFFSET_MINUTES = 14 * 60;
const NOON_HOUR = 12;
/** Characters: what comes after them is a text, and every shape would be looked for in all of it. */
const LONGEST_DATE = 200;

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** Names of zones as RFC 822 and `date` spell them, by hours east of Greenwich. */
const ZONES: readonly (readonly [hours: number, names: string])[] = [
  [-8, "pst"],
  [-7, "mst pdt"],
  [-6, "cst mdt"],
  [-5, "est cdt"],
  [-4, "edt"],
  [0, "z ut utc gmt wet"],
  [1, "west bst cet"],
  [2, "cest eet"],
  [3, "eest msk"],
  [8, "hkt sgt"],
  [9, "jst kst"],
  [10, "aest"],
  [11, "aedt"],
];
const ZONE_HOURS: ReadonlyMap<string, number> = new Map(
  ZONES.flatMap(([hours, names]) => names.split(" ").map((name) => [name, hours] as const)),
);
const CHINA_OFFSET_MINUTES = 8 * 60;

const WEEKDAY = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?`;
const MONTH = String.raw`(?<monthName>${MONTHS.join("|")})[a-z]*\.?`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;

/** The shapes of a date, the most usual first. `rest` holds the time and the zone. */
const DAY_SHAPES = [
  /^(?<year>\d{4})(?<separator>[-/.])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})(?!\d)(?<rest>.*)$/s,
  /^(?<year>\d{4})年\s*(?<month>\d{1,2})月\s*(?<day>\d{1,2})[日号]?(?<rest>.*)$/s,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?!\d)(?<rest>.*)$/s,
  // Ruby reads the day before the month here.
  /^(?<day>\d{1,2})(?<separator>[-/.])(?<month>\d{1,2})\k<separator>(?<year>\d{4})(?!\d)(?<rest>.*)$/s,
  new RegExp(`^${WEEKDAY}${MONTH}\\s+${DAY},?\\s+(?<year>\\d{4})(?!\\d)(?<rest>.*)$`, "is"),
  new RegExp(`^${WEEKDAY}${DAY}[\\s-]+${MONTH},?[\\s-]+(?<year>\\d{4})(?!\\d)(?<rest>.*)$`, "is"),
  // The Unix command `date` writes the year last.
  new RegExp(`^${WEEKDAY}${MONTH}\\s+${DAY}(?<rest>\\s+\\d.*?)\\s+(?<year>\\d{4})$`, "is"),
] as const;

/** A time without zone in Ruby's YAML (`Psych::ScalarScanner::TIME`); every other text is read by the site's clock. */
const YAML_TIME = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d\d:\d\d(?:\.\d*)?$/;
const TIME =
  /^(?<half>上午|下午|晚上|凌晨)?\s*(?<hour>\d{1,2})(?::+(?<minute>\d{1,2})(?::+(?<second>\d{1,2})(?:[.,]\d+)?)?|时(?:(?<minute2>\d{1,2})分)?(?:(?<second2>\d{1,2})秒)?)\s*(?<meridiem>[ap]\.?m\b\.?)?/i;
const COMPACT_TIME = /^(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?(?!\d)/;
const NUMERIC_ZONE =
  /^(?:gmt|utc?)?\s*(?<sign>[+-])(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?(?:\s*\([^)]*\))?$/i;
const NAMED_ZONE = /^(?<name>[a-z]{1,4})(?:\s*\([^)]*\))?$/i;

/**
 * Reads a date as people and programs write it in front matter; 19,130 real headers had 53 shapes. A written offset is
 * kept; without one the date is in `timeZone`. A date without a time means the first second of the day.
 *
 * @param timeZone the IANA name of the site's time zone
 */
export function readArticleDate(text: string, timeZone: string): Result<DateReading, DateFailure> {
  const usual = readUsualDate(text);
  if (usual !== null) return ok(usual);
  // Full-width digits and colons are common in Chinese text.
  const plain = text.slice(0, LONGEST_DATE).normalize("NFKC").trim();
  for (const shape of DAY_SHAPES) {
    const groups = shape.exec(plain)?.groups;
    if (groups === undefined) continue;
    const mayBeUtc = YAML_TIME.test(text.trim());
    return mapped(readDayAndTime(groups, timeZone), (reading) => ({ ...reading, mayBeUtc }));
  }
  return failed({ reason: "no-date" });
}

/** What newspapers' jobs and Jekyll's own templates write, read without names of groups: a tenth of the time. */
const USUAL = /^(\d{4})-(\d\d)-(\d\d) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([+-])(\d\d)([0-5]\d)$/;

/** Null for all other dates. */
function readUsualDate(text: string): DateReading | null {
  const found = USUAL.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, sign, zoneHours, zoneMinutes] = found;
  const days = dayNumber(Number(year), Number(month), Number(day));
  const zone = Number(zoneHours) * 60 + Number(zoneMinutes);
  if (days === null || zone > LARGEST_OFFSET_MINUTES) return null;
  const wallSeconds =
    days * SECONDS_PER_DAY +
    Number(hour) * SECONDS_PER_HOUR +
    Number(minute) * SECONDS_PER_MINUTE +
    Number(second);
  const offsetMinutes = sign === "-" ? 0 - zone : zone;
  const moment = { epochSeconds: wallSeconds - offsetMinutes * SECONDS_PER_MINUTE, offsetMinutes };
  return { moment, wallSeconds, hasZone: true, mayBeUtc: false, doubt: null };
}

/** The first second in a time zone of a day, which is counted from 1970-01-01. */
export function startOfDay(day: number, timeZone: string): DateReading {
  const wallSeconds = day * SECONDS_PER_DAY;
  const moment = momentOfWallClock(timeZone, wallSeconds);
  return { moment, wallSeconds, hasZone: false, mayBeUtc: false, doubt: null };
}

type Groups = Readonly<Record<string, string | undefined>>;

function readDayAndTime(groups: Groups, timeZone: string): Result<DateReading, DateFailure> {
  const { year, monthName, day, rest = "" } = groups;
  const month =
    monthName === undefined ? Number(groups["month"]) : MONTHS.indexOf(monthName.toLowerCase()) + 1;
  const days = dayNumber(Number(year), month, Number(day));
  if (days === null) return failed({ reason: "no-such-time" });

  const written = rest.replace(/^[\sT,]*(?:(?:星期|周)[一二三四五六日天]\s*)?/i, "");
  const time = TIME.exec(written) ?? COMPACT_TIME.exec(written);
  if (time === null) {
    return ok({ ...startOfDay(days, timeZone), doubt: written === "" ? null : leftAside(written) });
  }
  const secondsOfDay = readTime(time.groups ?? {});
  if (secondsOfDay === null) return failed({ reason: "no-such-time" });

  const wallSeconds = days * SECONDS_PER_DAY + secondsOfDay;
  // Some headers repeat the year before the zone.
  const tail = written
    .slice(time[0].length)
    .trim()
    .replace(/^\d{4}(?:\s+|$)/, "");
  const offsetMinutes = readZone(tail, timeZone, wallSeconds);
  const hasZone = offsetMinutes !== null;
  const moment = hasZone
    ? { epochSeconds: wallSeconds - offsetMinutes * SECONDS_PER_MINUTE, offsetMinutes }
    : momentOfWallClock(timeZone, wallSeconds);
  const doubt = hasZone || tail === "" ? null : leftAside(tail);
  return ok({ moment, wallSeconds, hasZone, mayBeUtc: false, doubt });
}

function leftAside(text: string): string {
  return `${JSON.stringify(text)} was left aside`;
}

/** Seconds since midnight, where 24:00 and a leap second belong to the next minute; null if there is no such time. */
function readTime(groups: Groups): number | null {
  const hour = Number(groups["hour"]);
  const minute = Number(groups["minute"] ?? groups["minute2"] ?? 0);
  const second = Number(groups["second"] ?? groups["second2"] ?? 0);
  if (minute > 59 || second > 60) return null;
  if (hour > 24 || (hour === 24 && minute + second > 0)) return null;
  const isLate = /^p/i.test(groups["meridiem"] ?? "") || /下午|晚上/.test(groups["half"] ?? "");
  const isEarly = /^a/i.test(groups["meridiem"] ?? "") || /上午|凌晨/.test(groups["half"] ?? "");
  const hours =
    isLate && hour < NOON_HOUR ? hour + NOON_HOUR : isEarly && hour === NOON_HOUR ? 0 : hour;
  return hours * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE + second;
}

/** Minutes east of Greenwich; null if the text names no zone. */
function readZone(text: string, timeZone: string, wallSeconds: number): number | null {
  const numeric = NUMERIC_ZONE.exec(text)?.groups;
  if (numeric !== undefined) {
    const size = Number(numeric["hours"]) * 60 + Number(numeric["minutes"] ?? 0);
    if (size > LARGEST_OFFSET_MINUTES || Number(numeric["minutes"] ?? 0) > 59) return null;
    return numeric["sign"] === "-" ? 0 - size : size;
  }
  const name = NAMED_ZONE.exec(text)?.groups?.["name"]?.toLowerCase();
  const hours = ZONE_HOURS.get(name ?? "");
  if (hours === undefined) return null;
  // CST is both China's and America's zone; a site in China means China's.
  if (name === "cst" && offsetMinutesAt(timeZone, wallSeconds) === CHINA_OFFSET_MINUTES) {
    return CHINA_OFFSET_MINUTES;
  }
  return hours * 60;
}
