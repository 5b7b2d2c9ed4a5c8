import type { Moment } from "../../src/domain/moment.ts";
import { wallClock } from "../../src/domain/moment.ts";
import type { DateReading } from "./article-date.ts";
import { offsetMinutesAt } from "./time-zone.ts";

/** What the address of a Jekyll post is made of. */
export interface JekyllPost {
  /** As Jekyll reads them: strings split at blanks. */
  readonly categories: readonly string[];
  /** The front matter's `slug`, else the file name after its date, without extension. */
  readonly slug: string;
  /** The file name without extension. */
  readonly fileName: string;
  readonly date: DateReading;
  /** The front matter's; null for Jekyll's default. */
  readonly permalink: string | null;
  /** The zone of the Jekyll site. */
  readonly timeZone: string;
}

const DEFAULT_PERMALINK = "/:categories/:year/:month/:day/:title.html";

/** `Utils.slugify` of Jekyll, mode `pretty`: what is none of these becomes a hyphen. */
const NOT_PRETTY = /[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu;
const NOT_LETTERS = /[^\p{M}\p{L}\p{Nd}]+/gu;

/**
 * The addresses that Jekyll may have given a post, percent-decoded, most likely first. There are two where the date has a
 * time and no zone: Jekyll read such dates as UTC, writers meant the site's clock. Empty where the permalink has a
 * placeholder that Jekyll does not know.
 */
export function jekyllPaths(post: JekyllPost): readonly string[] {
  const paths = datesOf(post)
    .map((date) => fillIn(post.permalink ?? DEFAULT_PERMALINK, post, date))
    .filter((path) => path !== null);
  return [...new Set(paths)];
}

/** The wall clocks that Jekyll may have shown in the site's zone. */
function datesOf({ date, timeZone }: JekyllPost): readonly Date[] {
  if (!date.hasTime || date.hasZone) return [clockIn(timeZone, date.moment.epochSeconds)];
  return [clockIn(timeZone, date.wallSeconds), clockIn(timeZone, date.moment.epochSeconds)];
}

function clockIn(timeZone: string, epochSeconds: number): Date {
  const moment: Moment = { epochSeconds, offsetMinutes: offsetMinutesAt(timeZone, epochSeconds) };
  return wallClock(moment);
}

function fillIn(template: string, post: JekyllPost, date: Date): string | null {
  const placeholders = placeholdersOf(post, date);
  let isKnown = true;
  const filled = template.replaceAll(/:([a-z_]+)/g, (whole, name: string) => {
    const key = Object.hasOwn(placeholders, name) ? name : name.replace(/_$/, "");
    const value = placeholders[key];
    if (value === undefined) isKnown = false;
    // A name that ends in `_` may be a placeholder and a literal `_`.
    return value === undefined ? whole : key === name ? value : `${value}_`;
  });
  return isKnown ? sanitize(filled) : null;
}

/** As Jekyll's `URL#sanitize_url`. */
function sanitize(path: string): string {
  return `/${path}`
    .replaceAll("..", "/")
    .replaceAll("./", "")
    .replaceAll(/\/{2,}/g, "/");
}

function placeholdersOf(post: JekyllPost, date: Date): Readonly<Record<string, string>> {
  const pad = (value: number, digits = 2): string => String(value).padStart(digits, "0");
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  const day = date.getUTCDate();
  const slug = post.slug.replace(/\.+$/, "");
  const categories = [...new Set(post.categories.map((category) => category.toLowerCase()))];
  const startOfYear = Date.UTC(year, 0, 1);
  return {
    categories: categories.join("/"),
    slugified_categories: [...new Set(post.categories.map(slugify))].join("/"),
    collection: "posts",
    day: pad(day),
    hour: pad(date.getUTCHours()),
    i_day: String(day),
    i_month: String(month),
    minute: pad(date.getUTCMinutes()),
    month: pad(month),
    name: slugify(post.fileName),
    output_ext: ".html",
    path: post.fileName,
    second: pad(date.getUTCSeconds()),
    short_year: pad(year % 100),
    slug: slugify(slug),
    title: trimHyphen(slug.replaceAll(NOT_PRETTY, "-")),
    y_day: pad(Math.floor((date.getTime() - startOfYear) / 86_400_000) + 1, 3),
    year: pad(year, 4),
  };
}

function slugify(text: string): string {
  return trimHyphen(text.replaceAll(NOT_LETTERS, "-")).toLowerCase();
}

function trimHyphen(text: string): string {
  return text.replaceAll(/^-|-$/g, "");
}
