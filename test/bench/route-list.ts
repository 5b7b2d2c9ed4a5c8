import type { ArchivePage } from "../../src/domain/archive.ts";
import { combine } from "../../src/domain/combination.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import {
  FAVICON_PATH,
  FEED_STYLESHEET_PATH,
  OPML_PATH,
  SITEMAP_INDEX_PATH,
  TOUCH_ICON_PATH,
  categoriesPath,
  feedPath,
  listPath,
  qrCodePath,
  sharePath,
  sitemapPath,
  subscribePath,
} from "../../src/domain/links.ts";
import type { NamedScope, Scope } from "../../src/domain/scope.ts";
import { SITE_SCOPE } from "../../src/domain/scope.ts";
import { scopeCardId } from "../../src/domain/card-id.ts";
import { sitemapPeriods } from "../../src/domain/sitemap-periods.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import type { BundledArticle } from "../../scripts/read/article/store-article.ts";
import type { FeedTopics, PageOf } from "./feed-routes.ts";
import { digestRoutes, feedRoutes, summaryRoutes } from "./feed-routes.ts";
import { RECORDING_ROUTES } from "./recording.ts";
import type { Route } from "./route.ts";
import { GZIP, IDENTITY, routeAt, spread } from "./route.ts";

const PERSON = { ...GZIP, "Sec-Fetch-Dest": "document" };
const SOME = 100;
const COMBINED = 5;
const LONG_CATEGORY = "long";

/** Every route of the application, with addresses that are likely to cost much. */
export async function routeList(
  manifest: Manifest,
  articles: readonly BundledArticle[],
  readValue: (key: string) => Promise<Uint8Array | null>,
): Promise<readonly Route[]> {
  const get = async (key: string): Promise<ArrayBuffer | null> => {
    const value = await readValue(key);
    return value === null ? null : new Uint8Array(value).buffer;
  };
  const store = new ReleaseStore(manifest, { get }, new ValueCache(1e9));
  const archiveOf = async (scope: Scope): Promise<readonly ArchivePage[]> => {
    const index = await store.pageIndex(scope);
    return index.ok ? index.value : [];
  };
  const pagesOf = async (scope: Scope): Promise<readonly string[]> =>
    (await archiveOf(scope)).map(({ name }) => name);
  const bySize = manifest.scopes().toSorted((a, b) => b.count - a.count);
  const named = bySize.flatMap((record) =>
    record.scope.kind === "category" || record.scope.kind === "tag"
      ? [{ ...record, scope: record.scope }]
      : [],
  );
  const kind = (name: NamedScope["kind"]) => named.filter(({ scope }) => scope.kind === name);
  const [categories, tags] = [kind("category"), kind("tag")];
  const languages = bySize.map(({ scope }) => scope).filter((scope) => scope.kind === "language");
  const scopesOf = (records: readonly { readonly scope: NamedScope }[]): readonly NamedScope[] =>
    records.map(({ scope }) => scope);
  const large = (records: typeof named): readonly NamedScope[] => scopesOf(records.slice(0, 60));
  const sample = (records: typeof named): readonly NamedScope[] => scopesOf(spread(records));
  const onRequest = categories.filter(
    ({ prerendered, scope }) => prerendered === null && scope.name !== LONG_CATEGORY,
  );
  const prerendered = categories.filter((record) => record.prerendered !== null);
  const siteArchive = await archiveOf(SITE_SCOPE);
  const sitePages = siteArchive.map(({ name }) => name);
  const pagesOfAll = async (scopes: readonly Scope[], count = 4): Promise<readonly PageOf[]> => {
    const pages = await Promise.all(
      scopes.map(async (scope) =>
        spread(await pagesOf(scope), count).map((page): PageOf => [scope, page]),
      ),
    );
    return pages.flat();
  };
  const oldPages = [
    ...(await pagesOfAll(large(categories).slice(0, 30))),
    ...(await pagesOfAll(large(tags).slice(20, 40))),
  ];
  const combinations = Array.from({ length: 60 }, (_, index) => {
    const [first, ...others] = spread(index % 2 === 0 ? onRequest : tags, 300)
      .slice(index, index + COMBINED)
      .map(({ scope }) => scope);
    return first === undefined ? [] : [combine(first, ...others)];
  }).flat();
  const longScope: NamedScope = { kind: "category", name: LONG_CATEGORY };
  const long = articles.filter((article) => article.categories.includes(LONG_CATEGORY));
  const some = spread(articles.slice(0, articles.length - long.length));
  const newest = articles
    .toSorted((a, b) => b.published.epochSeconds - a.published.epochSeconds)
    .slice(0, 1000);
  const ids = some.map(({ id }) => id);
  const hash = "0".repeat(16);
  const unknownIds = ids.map((id, index) => `${id.slice(0, 3)}${String(index).padStart(7, "0")}`);
  const someone = spread(articles).map(({ identity }) => identity.name);
  const topics: FeedTopics = {
    prerendered: [SITE_SCOPE, ...scopesOf(prerendered)],
    onRequest: sample(onRequest.slice(0, 300)),
    tags: sample(tags),
    rareTag: tags.at(-1)?.scope ?? { kind: "tag", name: "" },
    combinations,
    languages,
    pages: [...oldPages, ...spread(sitePages, 20).map((page): PageOf => [SITE_SCOPE, page])],
    pagesOfLanguages: await pagesOfAll(languages, 20),
    long: longScope,
    pagesOfLong: (await pagesOf(longScope)).map((page): PageOf => [longScope, page]),
  };
  return [
    routeAt("home", ["/"]),
    routeAt(
      "home, archive pages",
      spread(sitePages).map((page) => listPath(SITE_SCOPE, page)),
    ),
    routeAt("share page", ids.map(sharePath)),
    routeAt(
      "share page, long article",
      long.slice(0, SOME).map(({ id }) => sharePath(id)),
    ),
    routeAt(
      "share page, unknown",
      unknownIds.map((id) => `/s/${id}`),
    ),
    routeAt(
      "preview (npm start only)",
      ids.slice(0, 20).map((id) => `${sharePath(id)}/preview`),
    ),
    routeAt("card", [
      ...spread(newest, 50).map(({ id }) => `/c/${id}-${hash}.png`),
      ...sample(categories).map((scope) => `/c/${scopeCardId(scope)}-${hash}.png`),
    ]),
    routeAt(
      "card, another in its place",
      ids.map((id) => `/c/${id}-${hash}.png`),
    ),
    routeAt("QR code", ids.map(qrCodePath)),
    routeAt(
      "oEmbed",
      ids.map((id) => `/oembed?url=${sharePath(id)}`),
    ),
    routeAt(
      "categories, largest",
      large(categories).map((scope) => listPath(scope)),
    ),
    routeAt(
      "categories, any",
      sample(categories).map((scope) => listPath(scope)),
    ),
    routeAt(
      "tags, largest",
      large(tags).map((scope) => listPath(scope)),
    ),
    routeAt(
      "tags, any",
      sample(tags).map((scope) => listPath(scope)),
    ),
    routeAt(
      "lists, archive pages",
      oldPages.map(([scope, page]) => listPath(scope, page)),
    ),
    ...FEED_FORMAT_NAMES.flatMap((format) => [
      ...feedRoutes(format, topics),
      ...summaryRoutes(format, topics),
      ...digestRoutes(format, topics),
    ]),
    routeAt(
      "/feed, negotiated",
      sample(tags).map((scope) => subscribePath(scope)),
      { ...GZIP, Accept: "application/atom+xml, text/html;q=0.5" },
    ),
    routeAt(
      "page for people at a feed",
      [
        ...[SITE_SCOPE, ...sample(named)].map((scope) => feedPath(scope, "rss")),
        ...combinations.map((topic) => feedPath(topic, "rss")),
      ],
      PERSON,
    ),
    routeAt(
      "page for people at summaries, digests and languages",
      [...languages, ...sample(named)].flatMap((scope) => [
        feedPath(scope, "rss"),
        feedPath(scope, "rss", null, "summaries"),
        feedPath(scope, "rss", null, "digest"),
      ]),
      PERSON,
    ),
    routeAt("all categories", [1, 2, 3].map(categoriesPath)),
    ...RECORDING_ROUTES,
    routeAt("OPML", [OPML_PATH]),
    routeAt("OPML without gzip", [OPML_PATH], IDENTITY),
    routeAt("sitemap index", [SITEMAP_INDEX_PATH]),
    routeAt("sitemaps", spread(sitemapPeriods(siteArchive).map(sitemapPath))),
    routeAt("robots, health, icons, stylesheet", [
      "/robots.txt",
      "/healthz",
      FAVICON_PATH,
      TOUCH_ICON_PATH,
      FEED_STYLESHEET_PATH,
    ]),
    routeAt(
      "NewsShare",
      someone.map((code) => `/html_News/NewsShare.html?infoCode=${code}`),
    ),
    routeAt(
      "NewsShare, unknown",
      someone.map((code) => `/html_News/NewsShare.html?infoCode=${code.slice(0, -4)}0000`),
    ),
    routeAt(
      "Jekyll's permalink",
      someone.map(
        (code) => `/x/${code.slice(2, 6)}/${code.slice(6, 8)}/${code.slice(8, 10)}/${code}.html`,
      ),
    ),
    routeAt(
      "Jekyll's permalink, unknown",
      someone.map((_, index) => `/x/2025/05/${10 + (index % 20)}/nothing-${index}.html`),
    ),
    routeAt(
      "unknown address",
      someone.map((_, index) => `/wp-content/${index}.php`),
    ),
    routeAt(
      "unknown category",
      someone.map((_, index) => `/category/nothing-${index}`),
    ),
    routeAt(
      "unknown tag",
      someone.map((_, index) => `/tag/nothing-${index}`),
    ),
    routeAt(
      "unknown tag with .html",
      someone.map((_, index) => `/tag/nothing-${index}.html`),
    ),
    routeAt(
      "unknown tag's feed",
      someone.map((_, index) => `/tag/nothing-${index}/feed.xml`),
    ),
    routeAt(
      "unknown page of an archive",
      sample(tags).map((scope) => listPath(scope, "1999-01")),
    ),
    routeAt(
      "five unknown scopes together",
      someone.map(
        (_, index) =>
          `/feed.xml?${[1, 2, 3, 4, 5].map((at) => `category=no-${index}-${at}`).join("&")}`,
      ),
    ),
    routeAt(
      "address under another spelling",
      sample(categories).map(({ name }) => `/Category/${name}/`),
    ),
  ];
}
