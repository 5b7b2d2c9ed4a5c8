import { wallClock } from "../../../src/domain/moment.ts";
import type { DateReading } from "../dates/article-date.ts";
import { offsetMinutesAt } from "../dates/time-zone.ts";

/** The parts from which Jekyll makes the address of a post. */
export interface JekyllPost {
  /** The categories as Jekyll reads them, with strings split at blanks. */
  readonly categories: readonly string[];
  /** The front matter's `slug`, else the file name after its date, without extension. */
  readonly slug: string;
  /** The file name without extension. */
  readonly fileName: string;
  readonly date: DateReading;
  /** The front matter's permalink; null for Jekyll's default. */
  readonly permalink: string | null;
  /** The IANA name of the Jekyll site's time zone. */
  readonly timeZone: string;
}

const MILLISECONDS_PER_DAY = 86_400_000;
const DEFAULT_PERMALINK = "/:categories/:year/:month/:day/:title.html";

/** In characters; no server answered at longer paths. */
const LONGEST_PATH = 2000;

/** Characters that Jekyll's `Utils.slugify` replaces by a hyphen in mode `pretty`. */
const NOT_PRETTY = /[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu;
const NOT_LETTERS = /[^\p{M}\p{L}\p{Nd}]+/gu;

/**
 * The percent-decoded paths that Jekyll may have given a post, the most likely first. There may be two if the date has a
 * time but no zone: Jekyll read such dates as UTC, but writers meant the site's zone. Empty if the permalink has a
 * placeholder that Jekyll does not know or the paths would be too long.
 */
export function jekyllPaths(post: JekyllPost): readonly string[] {
  const paths = datesOf(post)
    .map((date) => fillIn(post.permalink ?? DEFAULT_PERMALINK, post, date))
    .filter((path) => path !== null);
  return [...new Set(paths)];
}

/** The dates, in the site's zone, that Jekyll may have used; the UTC fields hold the local time. */
function datesOf({ date, timeZone }: JekyllPost): readonly Date[] {
  const isAmbiguous = date.hasTime && !date.hasZone;
  const instants = [...(isAmbiguous ? [date.wallSeconds] : []), date.moment.epochSeconds];
  return instants.map((epochSeconds) =>
    wallClock({ epochSeconds, offsetMinutes: offsetMinutesAt(timeZone, epochSeconds) }),
  );
}

function fillIn(template: string, post: JekyllPost, date: Date): string | null {
  let filled = "";
  let copied = 0;
  for (const { 0: whole, 1: name = "", index } of template.matchAll(/:([a-z_]+)/g)) {
    // A name that ends in `_` may be a placeholder with a literal `_` behind it.
    const isShorter = !PLACEHOLDERS.has(name) && name.endsWith("_");
    const value = PLACEHOLDERS.get(isShorter ? name.slice(0, -1) : name)?.(post, date);
    if (value === undefined) return null;
    filled += template.slice(copied, index) + value + (isShorter ? "_" : "");
    if (filled.length > LONGEST_PATH) return null;
    copied = index + whole.length;
  }
  filled += template.slice(copied);
  return filled.length > LONGEST_PATH ? null : sanitize(filled);
}

/** Cleans a path as Jekyll's `URL#sanitize_url` does. */
function sanitize(path: string): string {
  return `/${path}`
    .replaceAll("..", "/")
    .replaceAll("./", "")
    .replaceAll(/\/{2,}/g, "/");
}

type Placeholder = (post: JekyllPost, date: Date) => string;

/** Functions, since a permalink uses only a few of the values. */
const PLACEHOLDERS: ReadonlyMap<string, Placeholder> = new Map<string, Placeholder>([
  ["categories", ({ categories }) => unique(categories.map((name) => name.toLowerCase()))],
  ["slugified_categories", ({ categories }) => unique(categories.map(slugify))],
  ["collection", () => "posts"],
  ["day", (_, date) => pad(date.getUTCDate())],
  ["hour", (_, date) => pad(date.getUTCHours())],
  ["i_day", (_, date) => String(date.getUTCDate())],
  ["i_month", (_, date) => String(date.getUTCMonth() + 1)],
  ["minute", (_, date) => pad(date.getUTCMinutes())],
  ["month", (_, date) => pad(date.getUTCMonth() + 1)],
  ["name", ({ fileName }) => slugify(fileName)],
  ["output_ext", () => ".html"],
  ["path", ({ fileName }) => fileName],
  ["second", (_, date) => pad(date.getUTCSeconds())],
  ["short_year", (_, date) => pad(date.getUTCFullYear() % 100)],
  ["slug", (post) => slugify(slugOf(post))],
  ["title", (post) => trimHyphen(slugOf(post).replaceAll(NOT_PRETTY, "-"))],
  ["y_day", (_, date) => pad(dayOfYear(date), 3)],
  ["year", (_, date) => pad(date.getUTCFullYear(), 4)],
]);

function pad(value: number, digits = 2): string {
  return String(value).padStart(digits, "0");
}

function unique(names: readonly string[]): string {
  return [...new Set(names)].join("/");
}

function slugOf({ slug }: JekyllPost): string {
  return slug.replace(/(?<!\.)\.+$/, "");
}

function dayOfYear(date: Date): number {
  const startOfYear = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - startOfYear) / MILLISECONDS_PER_DAY) + 1;
}

function slugify(text: string): string {
  return trimHyphen(text.replaceAll(NOT_LETTERS, "-")).toLowerCase();
}

function trimHyphen(text: string): string {
  return text.replaceAll(/^-|-$/g, "");
}
