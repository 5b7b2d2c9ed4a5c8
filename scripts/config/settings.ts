import { parse, TomlError } from "smol-toml";
import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Site } from "../../src/domain/site.ts";
import { canonicalLanguage } from "../../src/domain/canonical-language.ts";
import type { Diagnostic, DiagnosticLog } from "../diagnostics/diagnostic.ts";
import { createDiagnosticLog, hasError } from "../diagnostics/diagnostic.ts";
import { nearestName } from "../terminal/nearest-name.ts";
import { isTimeZone } from "../read/dates/time-zone.ts";

/** The settings in the table `[vars.SITE]` of `wrangler.toml`, with defaults filled in. */
export type Settings = Readonly<ReturnType<typeof toSettings>>;

/** Environment variables that override the file. */
export interface SettingsEnvironment {
  /** Source folders, separated by commas. */
  readonly OFFPRINT_SOURCES?: string | undefined;
  /** The origin that documents name, to look at the site under another address. The ids of entries stay as they are. */
  readonly OFFPRINT_URL?: string | undefined;
}

/** A schema whose only message is advice on what to write instead. */
function advised<Schema extends v.GenericSchema>(advice: string, schema: Schema): Schema {
  return v.config(schema, { message: advice });
}

function wholeNumber(least: number, most: number) {
  return advised(
    `write a whole number from ${least} to ${most}`,
    v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)),
  );
}

/** A TOML table of texts. */
function table(advice: string) {
  const isTable = v.check((value: unknown) => !Array.isArray(value));
  return advised(advice, v.pipe(v.unknown(), isTable, v.record(v.string(), words)));
}

const words = v.pipe(v.string(), v.trim(), v.nonEmpty());

function address(isGood: (url: URL) => boolean) {
  return v.pipe(
    v.string(),
    v.check((text) => URL.canParse(text) && isGood(new URL(text))),
  );
}

const isHttp = ({ protocol }: URL): boolean => protocol === "https:" || protocol === "http:";
const MOST_PER_PACK = 1024;
const isPackSize = (count: number): boolean =>
  count >= 1 && count <= MOST_PER_PACK && Number.isInteger(Math.log2(count));
const isLink = ({ protocol }: URL): boolean => /^(?:https?|mailto|tel):$/.test(protocol);

const TITLE_ADVICE = "write the name of the site";
const ORIGIN_ADVICE = "write an origin and nothing after it: https://news.example";
const RENAMED_ADVICE = `write a table of old slugs and new ones: { xmrb = "shamenribao" }`;

const origin = advised(
  ORIGIN_ADVICE,
  v.pipe(
    address((url) => isHttp(url) && `${url.origin}/` === url.href),
    v.transform((text) => new URL(text).origin),
  ),
);

const footerItem = v.union([
  v.pipe(
    words,
    v.transform((text) => ({ text, url: null })),
  ),
  v.strictObject({ text: words, url: v.nullish(address(isLink), null) }),
]);

/** For the table in README.md: what a setting means, and its default if the schema does not have one. */
function explained<Input>(meaning: string, without?: string) {
  return v.metadata<Input, { meaning: string; without: string | undefined }>({ meaning, without });
}

/** The keys of `[vars.SITE]`. */
export const SETTING_FIELDS = {
  title: v.pipe(advised(TITLE_ADVICE, words), explained("the name of the site or the paper")),
  url: v.pipe(origin, explained("its origin, such as `https://finews.example`")),
  description: v.pipe(
    v.optional(advised("write one sentence", words)),
    explained("one sentence under the title", "the title"),
  ),
  language: v.pipe(
    v.optional(
      advised(
        "write a BCP 47 tag such as zh-CN",
        v.pipe(v.string(), v.transform(canonicalLanguage), v.string()),
      ),
      "zh-CN",
    ),
    explained(
      "of most articles and of the pages' own words (Chinese, English and Arabic are there)",
    ),
  ),
  time_zone: v.pipe(
    v.optional(
      advised("write an IANA name such as Asia/Shanghai", v.pipe(v.string(), v.check(isTimeZone))),
      "Asia/Shanghai",
    ),
    explained("the clock of dates that name no zone, and of the archive"),
  ),
  author: v.pipe(
    v.optional(advised("write a name", words)),
    explained("who publishes", "the title"),
  ),
  id_authority: v.pipe(
    v.optional(
      advised(
        "write a host name or a mail address that is yours: news.example",
        v.pipe(v.string(), v.regex(/^(?:[\w.+-]+@)?[a-z\d](?:[a-z\d.-]*[a-z\d])?$/)),
      ),
    ),
    explained(
      "the host in the ids of feed entries; keep it when the site moves, or readers get every article again",
      "the host of `url`",
    ),
  ),
  feed_length: v.pipe(
    v.optional(wholeNumber(1, 100), 30),
    explained("entries in a feed, 1 to 100"),
  ),
  feed_hours: v.pipe(
    v.optional(wholeNumber(0, 168), 24),
    explained("all articles of so many hours before the newest are in the feed too; 0 for none"),
  ),
  icon: v.pipe(
    v.optional(
      advised(
        "write the address of a square PNG, or a path on the site: /icon.png",
        v.union([address(isHttp), v.pipe(v.string(), v.regex(/^\/[^/]/))]),
      ),
    ),
    explained("a square PNG: an address, or a path on the site", "Offprint's"),
  ),
  hub: v.pipe(
    v.optional(advised("write the address of a WebSub hub", address(isHttp))),
    explained("a WebSub hub that is told about changed feeds", "none"),
  ),
  footer: v.pipe(
    v.optional(
      advised(
        `write a list of texts and links: ["京ICP备1号", { text = "Contact", url = "mailto:a@b.example" }], whose addresses begin with https:, http:, mailto: or tel:`,
        v.array(footerItem),
      ),
      [],
    ),
    explained(
      'texts and links at the foot of every page: `["京ICP备1号", { text = "联系我们", url = "mailto:a@b.example" }]`',
    ),
  ),
  sources: v.pipe(
    v.optional(
      advised(`write a list of folders: ["articles"]`, v.pipe(v.array(words), v.minLength(1))),
      ["articles"],
    ),
    explained("folders with articles, relative to `wrangler.toml`"),
  ),
  split_names: v.pipe(
    v.optional(advised("write true or false", v.boolean()), true),
    explained(
      "whether a string of categories or tags is several names with blanks between, as in Jekyll",
    ),
  ),
  category_titles: v.pipe(
    v.optional(table(`write a table of slugs and titles: { shamenribao = "厦门日报" }`), {}),
    explained('titles by slug: `{ shamenribao = "厦门日报" }`', "from tags"),
  ),
  renamed_categories: v.pipe(
    v.optional(table(RENAMED_ADVICE), {}),
    explained(
      'new slugs by old ones, `{ xmrb = "shamenribao" }`: pages and feeds of the old name lead to the new one',
    ),
  ),
  prerendered_feeds: v.pipe(
    v.optional(wholeNumber(0, 1000), 20),
    explained(
      "so many of the busiest categories have their feeds rendered beforehand, as the site has; all others are made on request, with the same bytes",
    ),
  ),
  articles_per_pack: v.pipe(
    v.optional(
      advised(
        `write "auto" or a power of two from 1 to ${MOST_PER_PACK}`,
        v.union([v.literal("auto"), v.pipe(v.number(), v.check(isPackSize))]),
      ),
      "auto",
    ),
    explained("articles in one value of KV, a power of two"),
  ),
  cards: v.pipe(
    v.optional(wholeNumber(0, 1_000_000), 2000),
    explained(
      "share cards for so many of the newest articles; older ones have their category's; `0` for none",
    ),
  ),
  allowed_removals_percent: v.pipe(
    v.optional(wholeNumber(0, 100), 0),
    explained("how many per cent of the live articles a deploy may take away without asking"),
  ),
  writes_per_deploy: v.pipe(
    v.optional(wholeNumber(2, 1_000_000), 950),
    explained("values that one deploy may write to KV; the free plan allows 1,000 a day"),
  ),
  kept_releases: v.pipe(
    v.optional(wholeNumber(1, 1000), 10),
    explained("releases that stay in KV to roll back to; all of the last 48 hours stay besides"),
  ),
};

/** New names of settings, by their names in earlier versions. */
const RENAMED_SETTINGS: ReadonlyMap<string, keyof typeof SETTING_FIELDS> = new Map([
  ["editions", "prerendered_feeds"],
]);

const settingsSchema = v.object(SETTING_FIELDS);
const siteTable = v.looseObject({
  vars: v.looseObject({ SITE: v.record(v.string(), v.unknown()) }),
});

/**
 * Reads the settings from the text of `wrangler.toml`. Fails with all that is wrong with them, not only the first.
 *
 * @param path the file, as diagnostics name it
 */
export function readSettings(
  toml: string,
  path: string,
  environment: SettingsEnvironment,
): Result<Settings, readonly Diagnostic[]> {
  const log = createDiagnosticLog(path);
  const written = readTable(toml, log);
  if (written === null) return failed(log.diagnostics);

  reportUnknownKeys(toml, written, log);
  const result = v.safeParse(settingsSchema, written);
  for (const issue of result.issues ?? []) reportIssue(toml, issue, log);
  if (result.success) reportCircles(toml, result.output.renamed_categories, log);
  const url = readUrl(environment, log);
  if (!result.success || hasError(log.diagnostics)) return failed(log.diagnostics);
  return ok(toSettings(result.output, url, environment));
}

function toSettings(
  written: v.InferOutput<typeof settingsSchema>,
  urlForNow: string | null,
  { OFFPRINT_SOURCES = "" }: SettingsEnvironment,
) {
  const url = urlForNow ?? written.url;
  const site: Site = {
    title: written.title,
    description: written.description ?? written.title,
    url,
    language: written.language,
    timeZone: written.time_zone,
    author: written.author ?? null,
    idAuthority: written.id_authority ?? new URL(written.url).hostname,
    feedLength: written.feed_length,
    feedHours: written.feed_hours,
    icon: written.icon === undefined ? null : new URL(written.icon, url).href,
    hub: written.hub ?? null,
    footer: written.footer,
  };
  // Hosts where the site is or was, so that their addresses are its own.
  const idAuthority = site.idAuthority.replace(/^.*@/, "");
  const listed = OFFPRINT_SOURCES.split(",").map((source) => source.trim());
  const folders: readonly string[] = listed.filter(Boolean);
  const renamed = written.renamed_categories;
  return {
    site,
    hosts: new Set(
      [new URL(written.url).hostname, new URL(url).hostname, idAuthority].flatMap(
        withAndWithoutWww,
      ),
    ),
    sources: folders.length > 0 ? folders : written.sources,
    splitNames: written.split_names,
    categoryTitles: new Map(Object.entries(written.category_titles)),
    renamedCategories: new Map(
      Object.keys(renamed).map((slug) => [slug, lastName(slug, renamed) ?? slug]),
    ),
    prerenderedFeeds: written.prerendered_feeds,
    articlesPerPack: written.articles_per_pack,
    cards: written.cards,
    allowedRemovalsPercent: written.allowed_removals_percent,
    mostWrites: written.writes_per_deploy,
    keptReleases: written.kept_releases,
  };
}

function withAndWithoutWww(host: string): readonly string[] {
  const bare = host.replace(/^www\./, "");
  return [bare, `www.${bare}`];
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
  log.error(null, "setting-invalid", what, ORIGIN_ADVICE);
  return null;
}

function reportUnknownKeys(
  toml: string,
  written: Readonly<Record<string, unknown>>,
  log: DiagnosticLog,
): void {
  const known = Object.keys(SETTING_FIELDS);
  for (const key of Object.keys(written)) {
    if (known.includes(key)) continue;
    const what = `There is no setting "${key}"`;
    log.error(lineOfKey(toml, key), "setting-unknown", what, adviceOnUnknown(key, known));
  }
}

function adviceOnUnknown(key: string, known: readonly string[]): string {
  const renamed = RENAMED_SETTINGS.get(key);
  if (renamed !== undefined) return `it is called ${renamed} now`;
  const nearest = nearestName(key, known);
  return nearest === null ? `the keys are ${known.join(", ")}` : `did you mean "${nearest}"?`;
}

/** Reports categories that are renamed to themselves, directly or through others. */
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

/** The last name in a chain of new names; null if the chain is a circle. */
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
  const [{ key: name, value } = { key: "", value: undefined }, entry] = issue.path ?? [];
  const key = String(name);
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

/** The line of a key in `[vars.SITE]`; the line of the table's head if it is not found, and 1 if there is no table. */
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
