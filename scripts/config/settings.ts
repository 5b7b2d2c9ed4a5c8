import { parse, TomlError } from "smol-toml";
import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Site } from "../../src/domain/site.ts";
import { canonicalLanguage } from "../../src/domain/canonical-language.ts";
import type { Diagnostic, DiagnosticLog } from "../diagnostics/diagnostic.ts";
import { createDiagnosticLog, hasError } from "../diagnostics/diagnostic.ts";
import { nearestName } from "./nearest-name.ts";
import { isTimeZone } from "../read/dates/time-zone.ts";

/** What the table `[vars.SITE]` of `wrangler.toml` says, with defaults filled in. */
export interface Settings {
  readonly site: Site;
  /** Folders with articles, relative to the folder of `wrangler.toml`. */
  readonly sources: readonly string[];
  /** Whether a string of categories or tags is several names with blanks between, as in Jekyll. */
  readonly splitNames: boolean;
  /** Titles of categories by slug. */
  readonly categoryTitles: ReadonlyMap<string, string>;
  /** The latest slugs by old ones. */
  readonly renamedCategories: ReadonlyMap<string, string>;
  /** How many of the busiest categories have their feeds rendered beforehand. */
  readonly prerenderedFeeds: number;
  /** How many articles go into one stored value, on average. */
  readonly articlesPerPack: number | "auto";
  /** How many of the newest articles have a share card. */
  readonly cards: number;
  /** How much of the live articles a deploy may remove without asking. */
  readonly allowedRemovalsPercent: number;
  /** How many values one deploy may write to KV. */
  readonly mostWrites: number;
  /** How many of the newest releases stay in KV, to roll back to. */
  readonly keptReleases: number;
}

/** Variables of the environment that stand above the file. */
export interface SettingsEnvironment {
  /** Source folders with commas between. */
  readonly OFFPRINT_SOURCES?: string | undefined;
  /** The origin that documents name, for looking at the site under another address. Ids of entries keep theirs. */
  readonly OFFPRINT_URL?: string | undefined;
}

const DEFAULT_FEED_LENGTH = 30;
const MAXIMUM_FEED_LENGTH = 100;
const DEFAULT_PRERENDERED_FEEDS = 20;
const DEFAULT_CARDS = 2000;
const MAXIMUM_PER_PACK = 1024;
/** A little below the 1,000 that the free plan allows in a day. */
const DEFAULT_WRITES = 950;
const DEFAULT_KEPT_RELEASES = 10;

function wholeNumber(least: number, most: number) {
  const advice = `write a whole number from ${least} to ${most}`;
  return v.pipe(
    v.number(advice),
    v.integer(advice),
    v.minValue(least, advice),
    v.maxValue(most, advice),
  );
}

function words(advice: string) {
  return v.pipe(
    v.string(advice),
    v.trim(),
    v.check((text) => text !== "", advice),
  );
}

function address(isGood: (url: URL) => boolean, advice: string) {
  return v.pipe(
    v.string(advice),
    v.check((text) => URL.canParse(text) && isGood(new URL(text)), advice),
  );
}

const isHttp = ({ protocol }: URL): boolean => protocol === "https:" || protocol === "http:";

const TITLE_ADVICE = "write the name of the site";
const ORIGIN_ADVICE = "write an origin and nothing after it: https://news.example";
const origin = v.pipe(
  address((url) => isHttp(url) && `${url.origin}/` === url.href, ORIGIN_ADVICE),
  v.transform((text) => new URL(text).origin),
);

const LANGUAGE_ADVICE = "write a BCP 47 tag such as zh-CN";
const TIME_ZONE_ADVICE = "write an IANA name such as Asia/Shanghai";
const AUTHORITY_ADVICE = "write a host name or a mail address that is yours: news.example";
const ICON_ADVICE = "write the address of a square PNG, or a path on the site: /icon.png";
const FOOTER_ADVICE = `write a list of texts and links: ["京ICP备1号", { text = "Contact", url = "mailto:a@b.example" }], whose addresses begin with https:, http:, mailto: or tel:`;
const SOURCES_ADVICE = `write a list of folders: ["articles"]`;
const PACK_ADVICE = `write "auto" or a power of two from 1 to ${MAXIMUM_PER_PACK}`;
const TITLES_ADVICE = `write a table of slugs and titles: { shamenribao = "厦门日报" }`;
const RENAMED_ADVICE = `write a table of old slugs and new ones: { xmrb = "shamenribao" }`;
const FLAG_ADVICE = "write true or false";

const footerLink = address(
  (url) => isHttp(url) || url.protocol === "mailto:" || url.protocol === "tel:",
  FOOTER_ADVICE,
);
const footerItem = v.union(
  [
    v.pipe(
      words(FOOTER_ADVICE),
      v.transform((text) => ({ text, url: null })),
    ),
    v.pipe(
      v.strictObject({ text: words(FOOTER_ADVICE), url: v.optional(footerLink) }),
      v.transform(({ text, url }) => ({ text, url: url ?? null })),
    ),
  ],
  FOOTER_ADVICE,
);

/** For the table of README.md: what a setting means, and what holds without it where the schema has no default. */
function explained<Input>(meaning: string, without?: string) {
  return v.metadata<Input, { meaning: string; without: string | undefined }>({ meaning, without });
}

/** Every key of `[vars.SITE]`; the messages say what to write. */
export const SETTING_FIELDS = {
  title: v.pipe(words(TITLE_ADVICE), explained("the name of the site or the paper")),
  url: v.pipe(origin, explained("its origin, such as `https://finews.example`")),
  description: v.pipe(
    v.optional(words("write one sentence")),
    explained("one sentence under the title", "the title"),
  ),
  language: v.pipe(
    v.optional(
      v.pipe(
        v.string(LANGUAGE_ADVICE),
        v.check((tag) => canonicalLanguage(tag) !== null, LANGUAGE_ADVICE),
        v.transform((tag) => canonicalLanguage(tag) ?? tag),
      ),
      "zh-CN",
    ),
    explained(
      "of most articles and of the pages' own words (Chinese, English and Arabic are there)",
    ),
  ),
  time_zone: v.pipe(
    v.optional(
      v.pipe(v.string(TIME_ZONE_ADVICE), v.check(isTimeZone, TIME_ZONE_ADVICE)),
      "Asia/Shanghai",
    ),
    explained("the clock of dates that name no zone, and of the archive"),
  ),
  author: v.pipe(v.optional(words("write a name")), explained("who publishes", "the title")),
  id_authority: v.pipe(
    v.optional(
      v.pipe(
        v.string(AUTHORITY_ADVICE),
        v.regex(/^(?:[\w.+-]+@)?[a-z\d](?:[a-z\d.-]*[a-z\d])?$/, AUTHORITY_ADVICE),
      ),
    ),
    explained(
      "the host in the ids of feed entries; keep it when the site moves, or readers get every article again",
      "the host of `url`",
    ),
  ),
  feed_length: v.pipe(
    v.optional(wholeNumber(1, MAXIMUM_FEED_LENGTH), DEFAULT_FEED_LENGTH),
    explained(`entries in a feed, 1 to ${MAXIMUM_FEED_LENGTH}`),
  ),
  icon: v.pipe(
    v.optional(
      v.union(
        [address(isHttp, ICON_ADVICE), v.pipe(v.string(), v.regex(/^\/[^/]/, ICON_ADVICE))],
        ICON_ADVICE,
      ),
    ),
    explained("a square PNG: an address, or a path on the site", "Offprint's"),
  ),
  hub: v.pipe(
    v.optional(address(isHttp, "write the address of a WebSub hub")),
    explained("a WebSub hub that is told about changed feeds", "none"),
  ),
  footer: v.pipe(
    v.optional(v.array(footerItem, FOOTER_ADVICE), []),
    explained(
      'texts and links at the foot of every page: `["京ICP备1号", { text = "联系我们", url = "mailto:a@b.example" }]`',
    ),
  ),
  sources: v.pipe(
    v.optional(
      v.pipe(v.array(words(SOURCES_ADVICE), SOURCES_ADVICE), v.minLength(1, SOURCES_ADVICE)),
      ["articles"],
    ),
    explained("folders with articles, relative to `wrangler.toml`"),
  ),
  split_names: v.pipe(
    v.optional(v.boolean(FLAG_ADVICE), true),
    explained(
      "whether a string of categories or tags is several names with blanks between, as in Jekyll",
    ),
  ),
  category_titles: v.pipe(
    v.optional(
      v.pipe(
        v.unknown(),
        v.check((titles) => !Array.isArray(titles), TITLES_ADVICE),
        v.record(v.string(), words(TITLES_ADVICE), TITLES_ADVICE),
      ),
      {},
    ),
    explained('titles by slug: `{ shamenribao = "厦门日报" }`', "from tags"),
  ),
  renamed_categories: v.pipe(
    v.optional(
      v.pipe(
        v.unknown(),
        v.check((names) => !Array.isArray(names), RENAMED_ADVICE),
        v.record(v.string(), words(RENAMED_ADVICE), RENAMED_ADVICE),
      ),
      {},
    ),
    explained(
      'new slugs by old ones, `{ xmrb = "shamenribao" }`: pages and feeds of the old name lead to the new one',
    ),
  ),
  prerendered_feeds: v.pipe(
    v.optional(wholeNumber(0, 1000), DEFAULT_PRERENDERED_FEEDS),
    explained(
      "so many of the busiest categories have their feeds rendered beforehand, as the site has; all others are made on request, with the same bytes",
    ),
  ),
  articles_per_pack: v.pipe(
    v.optional(
      v.union(
        [
          v.literal("auto"),
          v.pipe(
            wholeNumber(1, MAXIMUM_PER_PACK),
            v.check((count) => Number.isInteger(Math.log2(count)), PACK_ADVICE),
          ),
        ],
        PACK_ADVICE,
      ),
      "auto",
    ),
    explained("articles in one value of KV, a power of two"),
  ),
  cards: v.pipe(
    v.optional(wholeNumber(0, 1_000_000), DEFAULT_CARDS),
    explained(
      "share cards for so many of the newest articles; older ones have their category's; `0` for none",
    ),
  ),
  allowed_removals_percent: v.pipe(
    v.optional(wholeNumber(0, 100), 0),
    explained("how many per cent of the live articles a deploy may take away without asking"),
  ),
  writes_per_deploy: v.pipe(
    v.optional(wholeNumber(2, 1_000_000), DEFAULT_WRITES),
    explained("values that one deploy may write to KV; the free plan allows 1,000 a day"),
  ),
  kept_releases: v.pipe(
    v.optional(wholeNumber(1, 1000), DEFAULT_KEPT_RELEASES),
    explained("releases that stay in KV to roll back to; all of the last 48 hours stay besides"),
  ),
};

const settingsSchema = v.object(SETTING_FIELDS);
const siteTable = v.looseObject({
  vars: v.looseObject({ SITE: v.record(v.string(), v.unknown()) }),
});

/**
 * Reads the settings out of the text of `wrangler.toml`. Fails with every diagnostic in it, not only the first.
 *
 * @param path of the file, as diagnostics name it
 */
export function readSettings(
  toml: string,
  path: string,
  environment: SettingsEnvironment,
): Result<Settings, readonly Diagnostic[]> {
  const log = createDiagnosticLog(path);
  const table = readTable(toml, log);
  if (table === null) return failed(log.diagnostics);

  reportUnknownKeys(toml, table, log);
  const result = v.safeParse(settingsSchema, table);
  for (const issue of result.issues ?? []) reportIssue(toml, issue, log);
  if (result.success) reportCircles(toml, result.output.renamed_categories, log);
  const url = readUrl(environment, log);
  if (!result.success || hasError(log.diagnostics)) return failed(log.diagnostics);
  return ok(toSettings(result.output, url, environment));
}

function toSettings(
  table: v.InferOutput<typeof settingsSchema>,
  urlForNow: string | null,
  environment: SettingsEnvironment,
): Settings {
  const url = urlForNow ?? table.url;
  const sources = splitList(environment.OFFPRINT_SOURCES ?? "");
  return {
    site: {
      title: table.title,
      description: table.description ?? table.title,
      url,
      language: table.language,
      timeZone: table.time_zone,
      author: table.author ?? null,
      idAuthority: table.id_authority ?? new URL(table.url).hostname,
      feedLength: table.feed_length,
      icon: table.icon === undefined ? null : new URL(table.icon, url).href,
      hub: table.hub ?? null,
      footer: table.footer,
    },
    sources: sources.length > 0 ? sources : table.sources,
    splitNames: table.split_names,
    categoryTitles: new Map(Object.entries(table.category_titles)),
    renamedCategories: new Map(
      Object.keys(table.renamed_categories).map((slug) => [
        slug,
        lastName(slug, table.renamed_categories) ?? slug,
      ]),
    ),
    prerenderedFeeds: table.prerendered_feeds,
    articlesPerPack: table.articles_per_pack,
    cards: table.cards,
    allowedRemovalsPercent: table.allowed_removals_percent,
    mostWrites: table.writes_per_deploy,
    keptReleases: table.kept_releases,
  };
}

/** The items of a list with commas between. */
function splitList(text: string): readonly string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
}

function readTable(toml: string, log: DiagnosticLog): Readonly<Record<string, unknown>> | null {
  try {
    const result = v.safeParse(siteTable, parse(toml));
    if (result.success) return result.output.vars.SITE;
    const what = "The table [vars.SITE] is missing";
    log.error(1, "settings-missing", what, "add it, with at least title and url");
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ""] = error.message.split("\n");
    log.error(error.line, "toml-invalid", reason, "correct this line");
  }
  return null;
}

function readUrl({ OFFPRINT_URL }: SettingsEnvironment, log: DiagnosticLog): string | null {
  if (OFFPRINT_URL === undefined || OFFPRINT_URL === "") return null;
  const result = v.safeParse(origin, OFFPRINT_URL);
  if (result.success) return result.output;
  const what = `The environment's OFFPRINT_URL is ${JSON.stringify(OFFPRINT_URL)}`;
  log.error(1, "setting-invalid", what, ORIGIN_ADVICE);
  return null;
}

function reportUnknownKeys(
  toml: string,
  table: Readonly<Record<string, unknown>>,
  log: DiagnosticLog,
): void {
  const known = Object.keys(SETTING_FIELDS);
  for (const key of Object.keys(table)) {
    if (known.includes(key)) continue;
    const nearest = nearestName(key, known);
    const advice =
      nearest === null ? `the keys are ${known.join(", ")}` : `did you mean "${nearest}"?`;
    log.error(lineOfKey(toml, key), "setting-unknown", `There is no setting "${key}"`, advice);
  }
}

/** A category that is renamed to itself, at once or in the end. */
function reportCircles(
  toml: string,
  renamed: Readonly<Record<string, string>>,
  log: DiagnosticLog,
): void {
  const circles = Object.keys(renamed).filter((slug) => lastName(slug, renamed) === null);
  if (circles.length === 0) return;
  const what = `The setting "renamed_categories" leads in a circle: ${circles.join(" -> ")}`;
  log.error(lineOfKey(toml, "renamed_categories"), "setting-invalid", what, RENAMED_ADVICE);
}

/** Where a chain of new names ends; null where it does not. */
function lastName(slug: string, renamed: Readonly<Record<string, string>>): string | null {
  const seen = new Set([slug]);
  let last = slug;
  for (let next = renamed[slug]; next !== undefined; next = renamed[next]) {
    if (seen.has(next)) return null;
    seen.add(next);
    last = next;
  }
  return last;
}

function reportIssue(
  toml: string,
  issue: v.InferIssue<typeof settingsSchema>,
  log: DiagnosticLog,
): void {
  const [{ key: written, value } = { key: "", value: undefined }, entry] = issue.path ?? [];
  const key = String(written);
  if (value === undefined) {
    const advice = key === "url" ? ORIGIN_ADVICE : TITLE_ADVICE;
    log.error(lineOfKey(toml, key), "setting-missing", `The setting "${key}" is missing`, advice);
    return;
  }
  const what =
    typeof entry?.key === "number"
      ? `Entry ${entry.key + 1} of the setting "${key}" is ${JSON.stringify(entry.value)}`
      : `The setting "${key}" is ${JSON.stringify(value)}`;
  log.error(lineOfKey(toml, key), "setting-invalid", what, issue.message);
}

/** The line of a key in `[vars.SITE]`, of the table's head where it is not found, else 1. */
function lineOfKey(toml: string, key: string): number {
  const lines = toml.split("\n");
  const head = lines.findIndex((line) => /^\s*\[\s*vars\s*\.\s*SITE\s*\]/.test(line));
  const index = lines.findIndex((line, number) => number > head && keyOfLine(line) === key);
  return (index === -1 ? Math.max(head, 0) : index) + 1;
}

/** The key in `key = …` or `[vars.SITE.key]`. */
function keyOfLine(line: string): string | undefined {
  const match =
    /^\s*"?([\w-]+)"?\s*=/.exec(line) ?? /^\s*\[\s*vars\s*\.\s*SITE\s*\.\s*([\w-]+)/.exec(line);
  return match?.[1];
}
