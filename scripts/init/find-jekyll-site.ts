import { posix } from "node:path";
import { spokenPhrases } from "../../src/render/phrases/phrases-for.ts";
import { counted } from "../terminal/counted.ts";
import {
  defaultsWithoutSetting,
  isPublished,
  languagesByFolder,
  unpublishedFolders,
} from "./carry-defaults.ts";
import { carryMarkdown } from "./carry-markdown.ts";
import { divideJekyllFiles } from "./divide-jekyll-files.ts";
import type { FoundSite } from "./found-site.ts";
import { remarksOnName, workerName } from "./found-site.ts";
import type { JekyllConfig } from "./jekyll-config.ts";
import { textOf } from "./jekyll-config.ts";
import { findJekyllFeeds } from "./jekyll-feeds.ts";
import { jekyllIdentity } from "./jekyll-identity.ts";
import { listLeftovers } from "./jekyll-leftovers.ts";
import { carryPermalinks } from "./jekyll-permalinks.ts";
import { findServedPages } from "./served-pages.ts";
import type { SiteFile } from "./list-site-files.ts";
import type { Setting } from "./setting.ts";
import type { SitePlace } from "./site-place.ts";
import { findRepository, findSitePlace } from "./site-place.ts";

export interface JekyllSiteInput {
  /** The folder's name, of which a title is made where nothing else says one. */
  readonly folderName: string;
  /** As people named it; null where they did not. */
  readonly language: string | null;
  /** The first day whose articles come out here and not on the Jekyll site (`2026-11-30`). */
  readonly nextDay: string;
}

/**
 * Reads what a Jekyll site has into settings. What its files have is worked out file by file as Jekyll does it, and then said
 * by folder, so that what is written is true of every file that is there.
 *
 * @param root the site's folder, absolute
 */
export function findJekyllSite(
  root: string,
  config: JekyllConfig,
  { folderName, language: wanted, nextDay }: JekyllSiteInput,
): FoundSite {
  const { values } = config;
  const { documents, pages, sources, collections, excludes, defaultsOf, leftovers, ...files } =
    divideJekyllFiles(root, values);
  const unpublished = unpublishedFolders(files.articles, defaultsOf);
  const articles = files.articles.filter((file) => isPublished(file, defaultsOf));
  const place = findSitePlace(root, values);
  const called = findRepository(root, values)?.name ?? folderName;
  const name = workerName(called);
  const identity = jekyllIdentity(values, {
    place,
    name,
    folderName,
    language: wanted,
    titles: articles.flatMap(({ header }) => textOf(header["title"]) ?? []),
    defaults: defaultsOf({ path: "", type: "posts" }),
  });
  const valueOf = (key: string): string | null =>
    textOf(identity.find((setting) => setting.key === key)?.value);
  const language = valueOf("language") ?? "en";

  const permalinks = carryPermalinks(values, articles, documents, defaultsOf);
  const languages = languagesByFolder([...articles, ...pages], defaultsOf, language);
  const feeds = findJekyllFeeds(root, values);
  const before: readonly Setting[] = [
    ...identity,
    { key: "sources", value: sources },
    ...listOf("collections", collections),
    ...listOf("exclude", [...excludes.globs, ...unpublished]),
    ...languages.settings,
    ...permalinks.settings,
    ...(place.basePath === "" ? [] : [{ key: "baseurl", value: place.basePath }]),
    ...listOf("former_urls", place.formerUrls),
    ...carryMarkdown(values),
  ];
  const permalink = textOf(values["permalink"]) ?? "date";
  const served = findServedPages(root, before, { pages, documents, defaultsOf, permalink });
  return {
    from: config.files.join(" and "),
    found: describe(config, articles.length, served.count, sources),
    settings: [
      ...before,
      ...listOf("pages", served.pages),
      ...oneOrList("feed_path", feeds.paths),
      ...formerFeedIds(feeds, place, nextDay),
    ],
    remarks: [...remarksOnName(called), ...datedPages(pages, sources)],
    leftovers: [
      ...permalinks.leftovers,
      ...feeds.leftovers,
      ...defaultsWithoutSetting(articles, defaultsOf, valueOf("author")),
      ...languages.leftovers,
      ...leftovers,
      ...served.leftovers,
      ...(spokenPhrases(language) === null
        ? [`language ${language}: the pages' own words are English; write them into phrases`]
        : []),
      ...listLeftovers(root, values),
    ],
    articleCount: articles.length,
    firstSource: sources[0] ?? "_posts",
    calledBy: name,
  };
}

function formerFeedIds(
  { form, isWithoutBasePath }: ReturnType<typeof findJekyllFeeds>,
  { idsBeginWith, basePath, origin, formerUrls, unusable }: SitePlace,
  nextDay: string,
): readonly Setting[] {
  if (form === null || idsBeginWith === null) return [];
  const begin = isWithoutBasePath ? new URL(idsBeginWith).origin : idsBeginWith;
  const [former = (origin ?? "") + basePath, ...others] = formerUrls;
  const isUsual = others.length === 0 && former === begin;
  return [
    {
      key: "former_feed_ids",
      value: {
        before: nextDay,
        ...(isUsual ? {} : { url: begin }),
        ...(form === "jekyll-feed" ? {} : { form }),
      },
      comment: `So that readers of the old feed get no article twice: the first day whose articles come out here first, and how the old ids began. Keep it for good.${
        unusable === null ? "" : " Compare url with the beginning of an id in the old feed."
      }`,
    },
  ];
}

/** Dated files that are pages to Jekyll, since they lie outside of `_posts` and beside others without a date. */
function datedPages(pages: readonly SiteFile[], sources: readonly string[]): readonly string[] {
  const dated = pages.filter(({ path, isDated }) => isDated && path.includes("/"));
  const byFolder = Map.groupBy(dated, ({ path }) => posix.dirname(path));
  return [...byFolder].map(
    ([folder, { length }]) =>
      `pages: ${counted(length, "dated file")} in ${folder} ${length === 1 ? "is a page" : "are pages"}, as Jekyll has it; to make articles of what is there, write sources = ${JSON.stringify([...sources, folder])} and take ${folder} out of pages`,
  );
}

function listOf(key: string, value: readonly string[]): readonly Setting[] {
  return value.length === 0 ? [] : [{ key, value }];
}

function oneOrList(key: string, [first, ...others]: readonly string[]): readonly Setting[] {
  if (first === undefined) return [];
  return [{ key, value: others.length === 0 ? first : [first, ...others] }];
}

function describe(
  { files, values }: JekyllConfig,
  articleCount: number,
  pageCount: number,
  sources: readonly string[],
): string {
  const title = textOf(values["title"]) ?? textOf(values["name"]);
  const called = title === null ? "A Jekyll site" : `The Jekyll site "${title}"`;
  const where = sources.map((source) => (source === "." ? "all _posts" : source)).join(", ");
  return `${called} (${files.join(", ")}): ${counted(articleCount, "article")} in ${where}, ${counted(pageCount, "page")} besides`;
}
