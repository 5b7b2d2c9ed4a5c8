import { posix } from "node:path";
import * as v from "valibot";
import { impossibleDate, readFileName } from "../../../src/domain/identity.ts";
import { dayOfLegacyCode, parseLegacyCode } from "../../../src/domain/legacy-code.ts";
import { canonicalLanguage } from "../../../src/domain/canonical-language.ts";
import type { Moment } from "../../../src/domain/moment.ts";
import { parseShareId } from "../../../src/domain/share-id.ts";
import type { DateReading } from "../dates/article-date.ts";
import { readArticleDate, startOfDay } from "../dates/article-date.ts";
import { cleanName, flattenNames } from "./article-names.ts";
import type { CategoryNames } from "../../../src/domain/category-names.ts";
import { currentName } from "../../../src/domain/category-names.ts";
import { CHANGE_AHEAD } from "../../diagnostics/diagnostic.ts";
import type { DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import type { FrontMatter } from "./front-matter.ts";
import type { HeaderKey, HeaderValue, WrittenImage } from "./header-fields.ts";
import { HEADER_FIELDS, NAMES_KEYS, TEXT_KEYS } from "./header-fields.ts";
import { hasUnwantedCharacters, plainText, withoutReferences } from "./plain-text.ts";

/** What the front matter and the path say about an article. */
export interface ArticleMeta {
  /** Null if neither the front matter nor the file name has one; the body's first sentence is used then. */
  readonly title: string | null;
  /** Null, with an error in the log, if there is none. */
  readonly date: DateReading | null;
  /** Whether the date stands between quotes, so that Jekyll takes one without zone for the time of its machine's clock. */
  readonly isDateQuoted: boolean;
  readonly updated: Moment | null;
  /** Under the names that the settings give them now, each once. */
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  /** The categories as written and as Jekyll reads them, whatever the settings; its addresses were made of them. */
  readonly jekyllCategories: readonly string[];
  readonly permalink: string | null;
  readonly redirectFrom: readonly string[];
  readonly summary: string | null;
  readonly image: WrittenImage | null;
  readonly authors: readonly string[];
  /** A BCP 47 tag; null if it is missing. */
  readonly language: string | null;
  readonly id: string | null;
  /** The id of its entry in the feeds of the site before. */
  readonly feedId: string | null;
  /** The same under the name that it has in RSS, which tools that move a site write too, for feeds before the last. */
  readonly guid: string | null;
  /** The front matter's `slug`, else the file name after its date, as Jekyll without dots at its end. */
  readonly slug: string;
}

export interface MetaContext {
  /**
   * The path inside the source folder, with `/` between folders and with extension; with the folders before `_posts` too
   * where Jekyll takes categories from them.
   */
  readonly pathInSource: string;
  readonly splitNames: boolean;
  readonly categoryNames: CategoryNames;
  readonly timeZone: string;
  /** By whose clock a change lies in the future. */
  readonly nowEpochSeconds: number;
}

/** Whether an article may be shown. It is read before all else, since a draft needs neither date nor title. */
export function readVisibility(
  frontMatter: FrontMatter,
  pathInSource: string,
  log: DiagnosticLog,
): "public" | "draft" | "unpublished" {
  const header = new HeaderReader(frontMatter, log);
  const isDraft = header.read("draft") ?? false;
  if (isDraft || pathInSource.split("/").slice(0, -1).includes("_drafts")) return "draft";
  return (header.read("published") ?? true) ? "public" : "unpublished";
}

/** Reads the values of a front matter; problems go to the log. */
export function readArticleMeta(
  frontMatter: FrontMatter,
  { pathInSource, splitNames, categoryNames, timeZone, nowEpochSeconds }: MetaContext,
  log: DiagnosticLog,
): ArticleMeta {
  const header = new HeaderReader(frontMatter, log);
  const { dir, name } = posix.parse(pathInSource);
  const superFolders = foldersBeforePosts(dir.split("/"));
  const written = header.read("categories");
  // Jekyll takes `category` for one name, even if it holds blanks.
  const category = flattenNames(header.read("category"), false);
  const categories = (splits: boolean): readonly string[] => [
    ...superFolders,
    ...flattenNames(written, splits),
    ...category,
  ];
  const date = readDate(header, pathInSource, timeZone);
  // A scheduled article is read again when its date has come.
  const latestChange = Math.max(nowEpochSeconds, date?.moment.epochSeconds ?? 0);
  return {
    title: readTitle(header, name),
    date,
    isDateQuoted: frontMatter.isQuoted("date"),
    updated: readUpdated(header, timeZone, latestChange),
    categories: renamed(header.names("categories", categories(splitNames)), categoryNames, header),
    tags: header.names("tags", readTags(header, splitNames)),
    jekyllCategories: [...new Set(categories(true))],
    permalink: header.read("permalink"),
    redirectFrom: header.read("redirect_from") ?? [],
    summary: readSummary(header),
    image: header.read("image") ?? header.read("header"),
    authors: readAuthors(header),
    language: readLanguage(header),
    id: readId(header),
    feedId: readFeedId(header, "feed_id"),
    guid: readFeedId(header, "guid"),
    slug: header.read("slug") ?? readFileName(name).slug.replace(/(?<!\.)\.+$/, ""),
  };
}

/** The current names of categories; each that is another than the written one is reported. */
function renamed(
  written: readonly string[],
  names: CategoryNames,
  header: HeaderReader,
): readonly string[] {
  const current = written.map((name) => {
    const now = currentName(name, names);
    if (now === name) return name;
    const what = `The category "${name}" is "${now}" now, as renamed_categories says`;
    const advice = "nothing has to be done; the addresses that it had stay those of the old name";
    header.warn("categories", "category-renamed", what, advice, `${name} -> ${now}`);
    return now;
  });
  return [...new Set(current)];
}

/** In UTF-16 units: every page links to all categories, and percent-encoding makes an address nine times as long. */
const LONGEST_NAME = 200;
/** Of an article. Each category costs a card, three feeds and a place on the front page. */
const MOST_NAMES = 50;

/** Validates each key by itself, so that one bad value does not hide the others. */
export class HeaderReader {
  readonly #frontMatter: FrontMatter;
  readonly #log: DiagnosticLog;

  constructor(frontMatter: FrontMatter, log: DiagnosticLog) {
    this.#frontMatter = frontMatter;
    this.#log = log;
  }

  /** The value of a key; null if it is missing or, with a warning, if it has the wrong shape. */
  read<Key extends HeaderKey>(key: Key): HeaderValue<Key> | null {
    if (!Object.hasOwn(this.#frontMatter.values, key)) return null;
    const value = this.#frontMatter.values[key];
    // Nearly all values are such texts, and the library takes many times as long.
    if (typeof value === "string" && NAMES_KEYS.has(key)) return value;
    if (typeof value === "string" && TEXT_KEYS.has(key)) {
      const text = value.trim();
      return text === "" ? null : text;
    }
    const schema: v.GenericSchema<unknown, HeaderValue<Key>> = HEADER_FIELDS[key];
    const result = v.safeParse(schema, value);
    if (result.success) return result.output;
    const what = `Cannot read "${key}": ${JSON.stringify(value)} is not of a kind that it may have`;
    this.warn(key, "field-unreadable", what, `write a text after "${key}:"; the key was ignored`);
    return null;
  }

  /** Whether YAML reads the value as true or false, as it does `yes` and `off`. */
  isFlag(key: HeaderKey): boolean {
    return typeof this.#frontMatter.values[key] === "boolean";
  }

  /** Cleaned names without duplicates, not too many; a name that cannot be part of an address is an error. */
  names(key: HeaderKey, written: readonly string[]): readonly string[] {
    const clean = written.map(cleanName);
    const lengths = written.map((name) => name.trim().normalize("NFC").length);
    if (clean.some((name, index) => name.length < (lengths[index] ?? 0))) {
      const what = `A name in "${key}" holds control characters`;
      this.warn(key, "characters-removed", what, "delete them; they were ignored");
    }
    for (const name of clean.filter((each) => each === "." || each === "..")) {
      const what = `The name "${name}" in "${key}" cannot be part of an address`;
      this.error(key, "name-impossible", what, "use another name");
    }
    const distinct = [...new Set(clean)].filter(Boolean);
    const usable = distinct.filter((name) => name.length <= LONGEST_NAME);
    if (usable.length < distinct.length) {
      const what = `A name in "${key}" has more than ${LONGEST_NAME} characters`;
      this.warn(key, "name-long", what, "write a list of short names; it was ignored");
    }
    if (usable.length > MOST_NAMES) {
      const what = `There are ${usable.length} names in "${key}"`;
      const advice = `write ${MOST_NAMES} at most; those after them were ignored`;
      this.warn(key, "names-too-many", what, advice);
    }
    return usable.slice(0, MOST_NAMES);
  }

  warn(key: HeaderKey, code: string, what: string, advice: string, subject?: string): void {
    this.#log.warn(this.#frontMatter.lineOf(key), code, what, advice, subject);
  }

  error(key: HeaderKey, code: string, what: string, advice: string): void {
    this.#log.error(this.#frontMatter.lineOf(key), code, what, advice);
  }
}

/** A visible character; U+115F, U+1160, U+2800 and U+3164 are blanks that Unicode counts as letters or symbols. */
const VISIBLE = /[^\s\p{C}\u115F\u1160\u2800\u3164]/u;

/** In UTF-16 units; no newspaper's headline is half as long. */
export const LONGEST_TITLE = 200;

/** The title, else one made of the file name; null where that is a legacy code. */
export function readTitle(header: HeaderReader, fileName: string): string | null {
  const written = header.read("title") ?? "";
  const title = plainText(written);
  if (hasUnwantedCharacters(written)) {
    const what = "The title holds control characters, which break documents";
    header.warn("title", "characters-removed", what, "delete them; they were ignored");
  }
  if (header.isFlag("title")) {
    const what = `The title is no text in YAML, and was read as "${title}"`;
    header.warn("title", "title-flag", what, "put it between quotes");
  }
  if (title.length > LONGEST_TITLE) {
    const what = `The title has ${title.length} characters; lists, cards and chats cut it`;
    header.warn("title", "title-long", what, "write a shorter one, and the rest into the text");
  }
  if (VISIBLE.test(title)) return title;
  const isCode = codeOfFileName(fileName) !== null;
  const fallback = isCode ? "" : titleize(readFileName(fileName).slug.replace(/\.+$/, ""));
  const taken = fallback === "" ? "the first sentence" : `"${fallback}" from the file name`;
  const what = `The title is missing; ${taken} stands in for it`;
  header.warn("title", "title-missing", what, "write title: …");
  return fallback === "" ? null : fallback;
}

/** Makes a title from a slug as Jekyll's `Utils.titleize_slug` does. */
function titleize(slug: string): string {
  return plainText(
    slug
      .split("-")
      .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`)
      .join(" "),
  );
}

/** A date that is only a zone, which scripts write if their date is empty. */
const BARE_ZONE = /^[+-]\d{2}:?\d{2}$/;
const DATE_ADVICE = "write it as 2022-01-10 07:35:33 +0800";

function readDate(
  header: HeaderReader,
  pathInSource: string,
  timeZone: string,
): DateReading | null {
  const written = header.read("date");
  if (written === null || BARE_ZONE.test(written)) {
    const fallback = readFileDate(posix.parse(pathInSource).name, timeZone);
    if (fallback === null) {
      const impossible = impossibleDate(posix.parse(pathInSource).name);
      const what =
        impossible === null
          ? "The article has no date, neither in its front matter nor in its file name"
          : `The article has no date in its front matter, and there is no such day as the "${impossible}" in its file name`;
      const name = /^_[^/]+(?=\/)/.exec(pathInSource)?.[0] ?? null;
      const otherwise =
        name === null
          ? "move the file out of the source folder"
          : `name "${name}" in "pages" instead of in "collections" in the settings, where its documents are no articles`;
      const advice = `write date: 2022-01-10 07:35:33 +0800, or ${otherwise}`;
      header.error("date", "date-missing", what, advice);
    } else if (written !== null) {
      const what = `The date "${written}" has no day; the one in the file name was taken`;
      header.warn("date", "date-unclear", what, DATE_ADVICE);
    }
    return fallback;
  }
  const result = readArticleDate(written, timeZone);
  if (!result.ok) {
    const { reason } = result.failure;
    const state = reason === "no-such-time" ? "there is no such time" : "it is no date";
    const what = `Cannot read the date "${written}": ${state}`;
    header.error("date", "date-invalid", what, DATE_ADVICE);
    return null;
  }
  if (result.value.doubt !== null) {
    const what = `The date "${written}" is unclear: ${result.value.doubt}`;
    header.warn("date", "date-unclear", what, DATE_ADVICE);
  }
  return result.value;
}

/** The legacy code in a file name, such as `-202205260000000004`; null if there is none. */
export function codeOfFileName(fileName: string): string | null {
  return parseLegacyCode(readFileName(fileName).slug.replace(/^-/, ""));
}

/** The day in the file name, else the one at the beginning of its legacy code. */
function readFileDate(fileName: string, timeZone: string): DateReading | null {
  const code = codeOfFileName(fileName);
  const knownDay = readFileName(fileName).day ?? (code === null ? null : dayOfLegacyCode(code));
  return knownDay === null ? null : startOfDay(knownDay, timeZone);
}

/**
 * When the text last changed.
 *
 * @param latest seconds since 1970; a later change is ignored until then, because readers that sort by changes would keep the
 *   article on top, and some refuse dates to come
 */
function readUpdated(header: HeaderReader, timeZone: string, latest: number): Moment | null {
  for (const key of ["last_modified_at", "updated", "modified"] as const) {
    const written = header.read(key);
    if (written === null) continue;
    const result = readArticleDate(written, timeZone);
    if (result.ok && result.value.moment.epochSeconds <= latest) return result.value.moment;
    if (result.ok) {
      const what = `The change at "${written}" in "${key}" lies in the future; it does not count before`;
      header.warn(key, CHANGE_AHEAD, what, "write when the text was changed, with its time zone");
      return null;
    }
    const what = `Cannot read "${key}": "${written}" is no date`;
    header.warn(key, "date-unclear", what, `${DATE_ADVICE}; the key was ignored`);
  }
  return null;
}

/** The folders above `_posts` or `_drafts`, which Jekyll takes for categories. */
function foldersBeforePosts(folders: readonly string[]): readonly string[] {
  const end = folders.findIndex((folder) => folder === "_posts" || folder === "_drafts");
  return end === -1 ? [] : folders.slice(0, end);
}

/** The tags; as in Jekyll, `tags` is ignored if there is a `tag`. */
function readTags(header: HeaderReader, splitNames: boolean): readonly string[] {
  const singular = flattenNames(header.read("tag"), false);
  const plural = header.read("tags");
  if (splitNames && typeof plural === "string" && /[,，、]/.test(plural)) {
    const what = `"tags" is a text with commas, which Jekyll splits at blanks only`;
    header.warn("tags", "names-with-commas", what, "write a list: tags: [one, two]");
  }
  const written = singular.length > 0 ? singular : flattenNames(plural, splitNames);
  return written.map(withoutReferences);
}

/** The address of a share page, also as it is copied from a browser or a chat: with its host, and with parameters. */
const SHARE_PAGE = /^(?:https?:\/\/[^/?#]+)?(\/s\/[^?#]*)/i;

/** The id; that it looks like the address of a share page and is none is an error, because the article would get another link. */
function readId(header: HeaderReader): string | null {
  const written = header.read("id");
  const id = SHARE_PAGE.exec(written ?? "")?.[1] ?? written;
  if (
    id?.startsWith("/s/") === true &&
    parseShareId(id.slice("/s/".length).replace(/\/$/, "")) === null
  ) {
    const what = `The id "${written}" is no address of a share page`;
    header.error(
      "id",
      "id-impossible",
      what,
      "write the whole address as it was, such as id: /s/f5v4k2q9xa",
    );
  }
  return id;
}

/** The language as a BCP 47 tag; null if none is written. */
export function readLanguage(header: HeaderReader): string | null {
  for (const key of ["lang", "language"] as const) {
    const written = header.read(key);
    if (written === null) continue;
    const tag = canonicalLanguage(written);
    if (tag !== null) return tag;
    const advice = "write one such as zh-CN; the key was ignored";
    header.warn(key, "language-unknown", `"${written}" is no language tag`, advice);
  }
  return null;
}

/** In UTF-16 units: lists hold it too. A Chinese headline is nine times as long in an address. */
const LONGEST_FEED_ID = 2000;

/** An id of an entry, as it is: readers compare character by character. */
function readFeedId(header: HeaderReader, key: "feed_id" | "guid"): string | null {
  const written = header.read(key);
  if (written === null) return null;
  const fault =
    written.length > LONGEST_FEED_ID
      ? `has more than ${LONGEST_FEED_ID} characters`
      : hasUnwantedCharacters(written) || /[\r\n]/.test(written)
        ? "holds control characters or a line break, which no feed can show"
        : null;
  if (fault === null) return written;
  const advice = "write the id that the entry had in the old feed; it was ignored";
  header.warn(key, "feed-id-impossible", `The text after "${key}:" ${fault}`, advice);
  return null;
}

function readAuthors(header: HeaderReader): readonly string[] {
  const authors = header.read("author") ?? [];
  return authors.length > 0 ? authors : (header.read("authors") ?? []);
}

/** The first summary that is not empty, in which Markdown links are replaced by their text. */
export function readSummary(header: HeaderReader): string | null {
  const texts = (["description", "excerpt", "summary"] as const).map((key) =>
    plainText((header.read(key) ?? "").replaceAll(/!?\[([^[\]]*)\]\([^()\s]*\)/g, "$1")),
  );
  return texts.find((text) => text !== "") ?? null;
}
