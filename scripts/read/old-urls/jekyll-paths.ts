import { posix } from "node:path";
import { wallClock } from "../../../src/domain/moment.ts";
import type { DateReading } from "../dates/article-date.ts";
import { offsetMinutesAt } from "../../../src/domain/time-zone.ts";
import type { Permalink, PlaceholderName } from "./permalink.ts";

/** The parts from which Jekyll makes the address of a post. */
export interface JekyllPost {
  /** The categories as Jekyll reads them, with strings split at blanks. */
  readonly categories: readonly string[];
  /** The front matter's `slug`, else the file name after its date, without extension. */
  readonly slug: string;
  /** The path inside the folder of its collection, without extension and without a slash in front. */
  readonly path: string;
  /** `posts`, or the name of its collection. */
  readonly collection: string;
  readonly date: DateReading;
  /** The IANA name of the Jekyll site's time zone. */
  readonly timeZone: string;
}

/** Percent-decoded paths. */
export interface JekyllPaths {
  /** Those that the article had. */
  readonly certain: readonly string[];
  /** Those of which it had one, the most likely first. */
  readonly guessed: readonly string[];
}

const MILLISECONDS_PER_DAY = 86_400_000;

/** In characters; no server answered at longer paths. */
const LONGEST_PATH = 2000;

/** Characters that Jekyll's `Utils.slugify` replaces by a hyphen in mode `pretty`. */
const NOT_PRETTY = /[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu;
const NOT_LETTERS = /[^\p{M}\p{L}\p{Nd}]+/gu;

/**
 * The paths that Jekyll gave a post under each of some permalinks. A path is a guess where the date names no zone and the
 * path depends on it: Jekyll reads such dates as UTC, but as the site's clock if they are quoted. Paths that would be too long
 * are left out.
 */
export function jekyllPaths(post: JekyllPost, permalinks: readonly Permalink[]): JekyllPaths {
  const dates = datesOf(post);
  const certain: string[] = [];
  const guessed: string[] = [];
  for (const permalink of permalinks) {
    const paths = new Set(dates.map((date) => fillIn(permalink, post, date)));
    (paths.size === 1 ? certain : guessed).push(...[...paths].filter((path) => path !== null));
  }
  return { certain, guessed };
}

/**
 * The address that Jekyll most likely gave a post, with `site.url` left away, as `post.url` has it: what stands for a
 * placeholder is percent-encoded, what the permalink says itself is not. Null where it would be too long.
 */
export function jekyllUrl(post: JekyllPost, permalink: Permalink): string | null {
  const [likely] = datesOf(post);
  return likely === undefined ? null : fillIn(permalink, post, likely, escaped);
}

/** Encodes a value as Jekyll's `URL.escape_path` does. */
function escaped(value: string): string {
  return encodeURI(value.toWellFormed()).replaceAll("#", "%23");
}

/** The dates, in the site's zone, that Jekyll may have used; the UTC fields hold the local time. */
function datesOf({ date, timeZone }: JekyllPost): readonly Date[] {
  const instants = [...(date.mayBeUtc ? [date.wallSeconds] : []), date.moment.epochSeconds];
  return instants.map((epochSeconds) =>
    wallClock({ epochSeconds, offsetMinutes: offsetMinutesAt(timeZone, epochSeconds) }),
  );
}

function fillIn(
  { parts }: Permalink,
  post: JekyllPost,
  date: Date,
  escape = (value: string) => value,
): string | null {
  let filled = "";
  for (const part of parts) {
    filled += typeof part === "string" ? part : escape(PLACEHOLDERS[part.placeholder](post, date));
    if (filled.length > LONGEST_PATH) return null;
  }
  return sanitize(filled);
}

/** Cleans a path as Jekyll's `URL#sanitize_url` does. */
function sanitize(path: string): string {
  const rooted = path.startsWith("/") ? path : `/${path}`;
  if (!/\.[./]|\/\//.test(rooted)) return rooted;
  return rooted
    .replaceAll("..", "/")
    .replaceAll("./", "")
    .replaceAll(/\/{2,}/g, "/");
}

type Placeholder = (post: JekyllPost, date: Date) => string;

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const SHORT_NAME = 3;

/** Functions, since a permalink uses only a few of the values. */
const PLACEHOLDERS: Readonly<Record<PlaceholderName, Placeholder>> = {
  categories: ({ categories }) => unique(categories.map(lowerCase)),
  collection: ({ collection }) => collection,
  day: (_, date) => pad(date.getUTCDate()),
  hour: (_, date) => pad(date.getUTCHours()),
  i_day: (_, date) => String(date.getUTCDate()),
  i_month: (_, date) => String(date.getUTCMonth() + 1),
  long_day: (_, date) => dayName(date),
  long_month: (_, date) => monthName(date),
  minute: (_, date) => pad(date.getUTCMinutes()),
  month: (_, date) => pad(date.getUTCMonth() + 1),
  name: ({ path }) => slugify(posix.basename(path)),
  output_ext: () => ".html",
  path: ({ path }) => withoutLastDots(path),
  second: (_, date) => pad(date.getUTCSeconds()),
  short_day: (_, date) => dayName(date).slice(0, SHORT_NAME),
  short_month: (_, date) => monthName(date).slice(0, SHORT_NAME),
  short_year: (_, date) => pad(date.getUTCFullYear() % 100),
  slug: ({ slug }) => slugify(withoutLastDots(slug)),
  slugified_categories: ({ categories }) => unique(categories.map(slugify)),
  title: ({ slug }) => trimHyphen(withoutLastDots(slug).replaceAll(NOT_PRETTY, "-")),
  w_day: (_, date) => String(isoWeekday(date)),
  w_year: (_, date) => pad(thursdayOf(date).getUTCFullYear(), 4),
  week: (_, date) => pad(Math.ceil(dayOfYear(thursdayOf(date)) / DAYS.length)),
  y_day: (_, date) => pad(dayOfYear(date), 3),
  year: (_, date) => pad(date.getUTCFullYear(), 4),
};

function monthName(date: Date): string {
  return MONTHS[date.getUTCMonth()] ?? "";
}

function dayName(date: Date): string {
  return DAYS[date.getUTCDay()] ?? "";
}

/** From 1 for Monday to 7 for Sunday. */
function isoWeekday(date: Date): number {
  return date.getUTCDay() === 0 ? DAYS.length : date.getUTCDay();
}

/** The Thursday of a date's week, whose year is the week's (ISO 8601). */
function thursdayOf(date: Date): Date {
  return new Date(date.getTime() + (4 - isoWeekday(date)) * MILLISECONDS_PER_DAY);
}

function pad(value: number, digits = 2): string {
  return String(value).padStart(digits, "0");
}

function unique(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : [...new Set(names)].join("/");
}

function withoutLastDots(text: string): string {
  return text.replace(/(?<!\.)\.+$/, "");
}

function dayOfYear(date: Date): number {
  const startOfYear = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - startOfYear) / MILLISECONDS_PER_DAY) + 1;
}

function slugify(text: string): string {
  return lowerCase(trimHyphen(text.replaceAll(NOT_LETTERS, "-")));
}

/** Ruby writes every capital sigma as the same small one, JavaScript the last of a word as another. */
function lowerCase(text: string): string {
  return text.replaceAll("\u03A3", "\u03C3").toLowerCase();
}

function trimHyphen(text: string): string {
  return text.replaceAll(/^-|-$/g, "");
}
