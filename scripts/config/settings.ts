import { posix } from "node:path";
import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { CategoryNames } from "../../src/domain/category-names.ts";
import { currentName } from "../../src/domain/category-names.ts";
import type { Podcast, Site } from "../../src/domain/site.ts";
import type { SearchEngines } from "../../src/store/release-contents.ts";
import type { Diagnostic, DiagnosticLog } from "../diagnostics/diagnostic.ts";
import { createDiagnosticLog, hasError } from "../diagnostics/diagnostic.ts";
import { nearestName } from "../terminal/nearest-name.ts";
import { mediaSettings } from "./picture-settings.ts";
import type { AddressSettings } from "../read/old-urls/address-settings.ts";
import { categorySettings, circlesOf } from "./category-settings.ts";
import type { ConfigFile } from "./config-file.ts";
import { parseConfigFile } from "./config-file.ts";
import { toFormerFeedIds, usualFormerUrl } from "./former-feed-ids.ts";
import { faultsOfPhrases, ownPhrases } from "./own-phrases.ts";
import type { WorkerEnvironment } from "./worker-environment.ts";
import { environmentName, readWorkerEnvironment } from "./worker-environment.ts";
import type { podcast } from "./setting-fields.ts";
import {
  ORIGIN_ADVICE,
  RENAMED_ADVICE,
  SETTING_FIELDS,
  TITLE_ADVICE,
  origin,
} from "./setting-fields.ts";

/** The settings in the table `[vars.SITE]` of wrangler's file, with defaults filled in. */
export type Settings = Readonly<ReturnType<typeof toSettings>>;

/** Environment variables that choose a part of the file, or override it. */
export interface SettingsEnvironment {
  /** The environment of wrangler's whose settings are read: `staging` has them in `[env.staging.vars.SITE]`. */
  readonly CLOUDFLARE_ENV?: string | undefined;
  /** Source folders, separated by commas. */
  readonly OFFPRINT_SOURCES?: string | undefined;
  /** The origin that documents name, to look at the site under another address. The ids of entries stay as they are. */
  readonly OFFPRINT_URL?: string | undefined;
}

/** New names of settings, by their names in earlier versions. */
const RENAMED_SETTINGS: ReadonlyMap<string, keyof typeof SETTING_FIELDS> = new Map([
  ["editions", "prerendered_feeds"],
]);

const settingsSchema = v.object(SETTING_FIELDS);
const siteTable = v.looseObject({
  vars: v.looseObject({ SITE: v.record(v.string(), v.unknown()) }),
});

/**
 * Reads the settings from the text of wrangler's file. Fails with all that is wrong with them, not only the first.
 *
 * @param path the file, as diagnostics name it
 */
export function readSettings(
  text: string,
  path: string,
  environment: SettingsEnvironment,
): Result<Settings, readonly Diagnostic[]> {
  const file = parseConfigFile(text, path);
  if (!file.ok) return file;
  const worker = readWorkerEnvironment(file.value, environmentName(environment.CLOUDFLARE_ENV));
  return worker.ok ? settingsOf(file.value, worker.value, environment) : worker;
}

/** Reads the settings of one environment of a file. */
export function settingsOf(
  file: ConfigFile,
  worker: WorkerEnvironment,
  environment: SettingsEnvironment,
): Result<Settings, readonly Diagnostic[]> {
  const log = createDiagnosticLog(file.path);
  const written = readTable(file, worker, log);
  if (written === null) return failed(log.diagnostics);

  const keysOfTable = [...(worker.name === null ? [] : ["env", worker.name]), "vars", "SITE"];
  const lineOf: LineOf = (key) => file.lineOf([...keysOfTable, key]);
  reportUnknownKeys(written, lineOf, log);
  const result = v.safeParse(settingsSchema, written);
  for (const issue of result.issues ?? []) reportIssue(issue, lineOf, log);
  if (result.success) {
    reportSeveralPlaces(result.output, lineOf, log);
    reportCircles(result.output.renamed_categories, lineOf, log);
    for (const { what, advice } of faultsOfPhrases(result.output.phrases ?? {})) {
      log.error(lineOf("phrases"), "setting-invalid", what, advice);
    }
  }
  const url = readUrl(environment, log);
  if (!result.success || hasError(log.diagnostics)) return failed(log.diagnostics);
  return ok(toSettings(result.output, url, worker.name === null, environment));
}

/** The line of a setting. */
type LineOf = (key: string) => number;

function toSettings(
  written: v.InferOutput<typeof settingsSchema>,
  urlForNow: string | null,
  isProduction: boolean,
  { OFFPRINT_SOURCES = "" }: SettingsEnvironment,
) {
  const url = urlForNow ?? written.url;
  const isIndexed = written.indexed ?? isProduction;
  // Search engines are told of readers' own site, and of no other.
  const isTold = isProduction && isIndexed;
  const categories = categorySettings(written.category_titles, written.renamed_categories);
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
    icon: written.icon !== undefined && URL.canParse(written.icon) ? written.icon : null,
    // Feeds that name a hub which is never told are polled less, so others than readers' own site name none.
    hub: isProduction ? (written.hub ?? null) : null,
    ...(written.podcast === undefined
      ? {}
      : { podcast: podcastOf(written.podcast, url, categories.categoryNames) }),
    footer: written.footer,
    ...(written.nav.length === 0 ? {} : { navigation: written.nav }),
    ...(written.opml.length === 0 ? {} : { opml: written.opml }),
    ...(written.authors ? {} : { authors: false as const }),
    ...(written.crawlers === undefined ? {} : { crawlers: written.crawlers }),
    ...(written.picture_cards ? { pictureCards: true as const } : {}),
    ...(written.phrases === undefined
      ? {}
      : { phrases: ownPhrases(written.phrases, written.language) }),
    ...(written.search === false
      ? {}
      : { search: written.search === "text" ? ("text" as const) : ("leads" as const) }),
    baseUrl: written.baseurl,
  };
  const addresses: AddressSettings = {
    permalinks: written.permalink,
    folderPermalinks: Object.entries(written.permalinks).map(
      ([folder, own]) => [posix.normalize(`${folder}/`).replace(/\/$/, ""), own] as const,
    ),
    formerUrls: formerUrlsOf(written),
    formerFeedIds:
      written.former_feed_ids === undefined
        ? null
        : toFormerFeedIds(written.former_feed_ids, written, usualFormerUrl(written) ?? written.url),
  };
  // Hosts where the site is or was, so that their addresses are its own.
  const idAuthority = site.idAuthority.replace(/^.*@/, "");
  const listed = OFFPRINT_SOURCES.split(",").map((source) => source.trim());
  const folders: readonly string[] = listed.filter(Boolean);
  const languages: ReadonlyMap<string, string> = new Map(Object.entries(written.languages));
  const idPrefixes: ReadonlyMap<string, string> = new Map(Object.entries(written.id_prefix));
  const { pages, exclude, include } = written;
  const collections: readonly string[] = written.collections.map((name) => name.replace(/^_/, ""));
  const files = { pages, exclude, include, collections, languages };
  return {
    site,
    hosts: new Set(
      [new URL(written.url).hostname, new URL(url).hostname, idAuthority].flatMap(
        withAndWithoutWww,
      ),
    ),
    /** Whether search engines may show it. */
    isIndexed,
    sources: folders.length > 0 ? folders : written.sources,
    files,
    /** The picture from which the site's icons are made, as a path from its folder; null where they are Offprint's. */
    iconFile:
      written.icon === undefined || URL.canParse(written.icon)
        ? null
        : written.icon.replace(/^\.?\//, ""),
    idPrefixes,
    splitNames: written.split_names,
    markdown: {
      typographic: written.markdown.typographic,
      parsesBlockHtml: written.markdown.parse_block_html,
      hasHeadingIds: written.markdown.auto_ids,
      firstFootnote: written.markdown.footnote_nr,
      backlink: written.markdown.footnote_backlink,
    },
    addresses,
    media: mediaSettings(written),
    feedPaths: written.feed_path ?? [],
    ...categories,
    publishHook: written.publish_hook ?? null,
    searchEngines: isTold ? searchEnginesOf(written) : {},
    tellsBaidu: isTold && written.baidu_push,
    prerenderedFeeds: written.prerendered_feeds,
    articlesPerPack: written.articles_per_pack,
    cards: written.cards,
    staticPages: written.static_pages,
    allowedRemovalsPercent: written.allowed_removals_percent,
    mostWrites: written.writes_per_deploy,
    keptReleases: written.kept_releases,
  };
}

function podcastOf(
  { shows, category = [], image, explicit, owner_email: ownerEmail }: WrittenPodcast,
  url: string,
  names: CategoryNames,
): Podcast {
  return {
    categories: shows.map((slug) => currentName(slug, names)),
    genre: category,
    image: image === undefined ? null : new URL(image, url).href,
    isExplicit: explicit,
    ownerEmail: ownerEmail ?? null,
  };
}

type WrittenPodcast = v.InferOutput<typeof podcast>;

/** The address of a hook is as good as a password, and its place is in a secret. */
function withoutPath(text: string): string {
  return text.replace(/(\/\/[^/"]*\/)[^"]*/, "$1…");
}

function searchEnginesOf({
  title,
  news_sitemap: news,
  index_now: indexNowKey,
}: v.InferOutput<typeof settingsSchema>): SearchEngines {
  // Google wants the name without what stands in brackets.
  const newsName = news === true ? title.replaceAll(/\s*[(（][^)）]*[)）]/g, "").trim() : news;
  return {
    ...(newsName === false ? {} : { newsName }),
    ...(indexNowKey === undefined ? {} : { indexNowKey }),
  };
}

/** Where the site is or was, so that links to there lead to its articles. */
function formerUrlsOf({
  url,
  id_authority: authority,
  baseurl,
  former_urls: former,
}: v.InferOutput<typeof settingsSchema>): readonly string[] {
  const before = authority === undefined ? [] : [`https://${authority.replace(/^.*@/, "")}`];
  const origins = [url, ...before];
  const below = baseurl === "" ? [] : origins.map((place) => place + baseurl);
  return [...new Set([...origins, ...below, ...former])];
}

function withAndWithoutWww(host: string): readonly string[] {
  const bare = host.replace(/^www\./, "");
  return [bare, `www.${bare}`];
}

function readTable(
  file: ConfigFile,
  { name, table: written }: WorkerEnvironment,
  log: DiagnosticLog,
): Readonly<Record<string, unknown>> | null {
  const result = v.safeParse(siteTable, written);
  if (result.success) return result.output.vars.SITE;
  const prefix = name === null ? "" : `env.${name}.`;
  const head = file.isJson ? `${prefix}vars.SITE` : `[${prefix}vars.SITE]`;
  const what = `The table ${head} is missing${name === null ? "" : ", and wrangler inherits no vars from the top level"}`;
  const lines = file.isJson
    ? `"vars": { "SITE": { "title": "…", "url": "https://…" } }`
    : `${head}, title = "…", url = "https://…"`;
  const advice =
    name === null
      ? "add it, with at least title and url"
      : `add these lines: ${lines}, and the settings that are to be the same`;
  log.error(file.lineOf(name === null ? [] : ["env", name]), "settings-missing", what, advice);
  return null;
}

function readUrl({ OFFPRINT_URL }: SettingsEnvironment, log: DiagnosticLog): string | null {
  if (OFFPRINT_URL === undefined || OFFPRINT_URL === "") return null;
  const result = v.safeParse(origin, OFFPRINT_URL);
  if (result.success) return result.output;
  const what = `The environment's OFFPRINT_URL is ${quoted(OFFPRINT_URL)}`;
  log.error(null, "setting-invalid", what, ORIGIN_ADVICE);
  return null;
}

function reportUnknownKeys(
  written: Readonly<Record<string, unknown>>,
  lineOf: LineOf,
  log: DiagnosticLog,
): void {
  const known = Object.keys(SETTING_FIELDS);
  for (const key of Object.keys(written)) {
    if (known.includes(key)) continue;
    const what = `There is no setting "${key}"`;
    log.error(lineOf(key), "setting-unknown", what, adviceOnUnknown(key, known));
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
  renamed: Readonly<Record<string, string>>,
  lineOf: LineOf,
  log: DiagnosticLog,
): void {
  const circles = circlesOf(renamed);
  if (circles.length === 0) return;
  const what = `The setting "renamed_categories" leads in a circle: ${circles.join(" -> ")}`;
  log.error(lineOf("renamed_categories"), "setting-invalid", what, RENAMED_ADVICE);
}

/** Reports that nobody can say which of several places the old ids begin with. */
function reportSeveralPlaces(
  written: v.InferOutput<typeof settingsSchema>,
  lineOf: LineOf,
  log: DiagnosticLog,
): void {
  const { former_feed_ids: former, former_urls: places } = written;
  if (former === undefined || former.url !== undefined || usualFormerUrl(written) !== null) return;
  const what = `The setting "former_feed_ids" has no "url", and the site was in ${places.length} places`;
  const advice = `write the one that the old ids begin with: url = "${places[0] ?? written.url}"`;
  log.error(lineOf("former_feed_ids"), "setting-invalid", what, advice);
}

function reportIssue(
  issue: v.InferIssue<typeof settingsSchema>,
  lineOf: LineOf,
  log: DiagnosticLog,
): void {
  const [{ key: name, value } = { key: "", value: undefined }, entry] = issue.path ?? [];
  const key = String(name);
  if (value === undefined) {
    const advice = key === "url" ? ORIGIN_ADVICE : TITLE_ADVICE;
    log.error(lineOf(key), "setting-missing", `The setting "${key}" is missing`, advice);
    return;
  }
  const what =
    typeof entry?.key === "number"
      ? `Entry ${entry.key + 1} of the setting "${key}" is ${quoted(entry.value)}`
      : `The setting "${key}" is ${key === "publish_hook" ? withoutPath(quoted(value)) : quoted(value)}`;
  log.error(lineOf(key), "setting-invalid", what, issue.message);
}

/** A value as messages quote it, without the name and password in an address. */
function quoted(value: unknown): string {
  return JSON.stringify(value).replaceAll(/\/\/[^\s"/@]*@/g, "//…@");
}
