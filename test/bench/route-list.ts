import type { ArchivePage } from "../../src/domain/archive.ts";
import { combine } from "../../src/domain/combination.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import {
  FAVICON_PATH,
  FEED_STYLESHEET_PATH,
  OPML_PATH,
  SITEMAP_INDEX_PATH,
  TOUCH_ICON_PATH,
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
import { DAY_TAGS } from "./generated-site.ts";

/** One request. */
export interface Asked {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Addresses that one handler answers in one way. */
export interface Route {
  readonly name: string;
  readonly requests: readonly Asked[];
}

const GZIP = { "Accept-Encoding": "gzip" };
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
  const spread = <Item>(items: readonly Item[], count = SOME): readonly Item[] => {
    const step = Math.max(1, items.length / count);
    return Array.from({ length: Math.min(count, items.length) }, (_, index) =>
      items.slice(Math.floor(index * step), Math.floor(index * step) + 1),
    ).flat();
  };
  const scopesOf = (records: readonly { readonly scope: NamedScope }[]): readonly NamedScope[] =>
    records.map(({ scope }) => scope);
  const large = (records: typeof named): readonly NamedScope[] => scopesOf(records.slice(0, 60));
  const any = (records: typeof named): readonly NamedScope[] => scopesOf(spread(records));
  const onRequest = categories.filter(
    ({ prerendered, scope }) => prerendered === null && scope.name !== LONG_CATEGORY,
  );
  const prerendered = categories.filter((record) => record.prerendered !== null);
  const paths = (name: string, list: readonly string[], headers = GZIP): Route => ({
    name,
    requests: list.map((path) => ({ path, headers })),
  });
  const siteArchive = await archiveOf(SITE_SCOPE);
  const sitePages = siteArchive.map(({ name }) => name);
  const pagesOfLarge = async (
    scopes: readonly NamedScope[],
  ): Promise<readonly (readonly [NamedScope, string])[]> => {
    const pages = await Promise.all(
      scopes.map(async (scope) =>
        spread(await pagesOf(scope), 4).map((page) => [scope, page] as const),
      ),
    );
    return pages.flat();
  };
  const oldPages = [
    ...(await pagesOfLarge(large(categories).slice(0, 30))),
    ...(await pagesOfLarge(large(tags).slice(20, 40))),
  ];
  const combinations = Array.from({ length: 60 }, (_, index) => {
    const [first, ...others] = spread(index % 2 === 0 ? onRequest : tags, 300)
      .slice(index, index + COMBINED)
      .map(({ scope }) => scope);
    return first === undefined ? [] : [combine(first, ...others)];
  }).flat();
  const rareTag: NamedScope = tags.at(-1)?.scope ?? { kind: "tag", name: "" };
  const longScope: NamedScope = { kind: "category", name: LONG_CATEGORY };
  const longPages = await pagesOf(longScope);
  const long = articles.filter((article) => article.categories.includes(LONG_CATEGORY));
  const some = spread(articles.slice(0, articles.length - long.length));
  const newest = articles
    .toSorted((a, b) => b.published.epochSeconds - a.published.epochSeconds)
    .slice(0, 1000);
  const ids = some.map(({ id }) => id);
  const hash = "0".repeat(16);
  const unknownIds = ids.map((id, index) => `${id.slice(0, 3)}${String(index).padStart(7, "0")}`);
  const someone = spread(articles).map(({ identity }) => identity.name);
  const feedRoutes = FEED_FORMAT_NAMES.flatMap((format) => [
    paths(
      `${format}: site, prerendered categories`,
      [SITE_SCOPE, ...scopesOf(prerendered)].map((scope) => feedPath(scope, format)),
    ),
    paths(
      `${format}: the same without gzip`,
      [SITE_SCOPE, ...scopesOf(prerendered)].map((scope) => feedPath(scope, format)),
      { "Accept-Encoding": "identity" },
    ),
    paths(
      `${format}: categories on request`,
      any(onRequest.slice(0, 300)).map((scope) => feedPath(scope, format)),
    ),
    paths(
      `${format}: tags`,
      any(tags).map((scope) => feedPath(scope, format)),
    ),
    paths(`${format}: archive pages`, [
      ...oldPages.map(([scope, page]) => feedPath(scope, format, page)),
      ...spread(sitePages, 20).map((page) => feedPath(SITE_SCOPE, format, page)),
    ]),
    paths(
      `${format}: five scopes together`,
      combinations.map((topic) => feedPath(topic, format)),
    ),
    // Of a combination, because the feed of one large scope is prerendered.
    ...DAY_TAGS.flatMap(({ name, count }) => {
      const path = feedPath(combine({ kind: "tag", name }, rareTag), format);
      return [
        paths(`${format}: a day of ${count}`, [path]),
        paths(`${format}: a day of ${count} without gzip`, [path], {
          "Accept-Encoding": "identity",
        }),
      ];
    }),
    paths(`${format}: a megabyte`, [feedPath(combine(longScope, rareTag), format)]),
    paths(`${format}: a megabyte without gzip`, [feedPath(combine(longScope, rareTag), format)], {
      "Accept-Encoding": "identity",
    }),
    paths(
      `${format}: archive pages of long articles`,
      longPages.map((page) => feedPath(longScope, format, page)),
    ),
  ]);
  return [
    paths("home", ["/"]),
    paths(
      "home, archive pages",
      spread(sitePages).map((page) => listPath(SITE_SCOPE, page)),
    ),
    paths("share page", ids.map(sharePath)),
    paths(
      "share page, long article",
      long.slice(0, SOME).map(({ id }) => sharePath(id)),
    ),
    paths(
      "share page, unknown",
      unknownIds.map((id) => `/s/${id}`),
    ),
    paths(
      "preview (npm start only)",
      ids.slice(0, 20).map((id) => `${sharePath(id)}/preview`),
    ),
    paths("card", [
      ...spread(newest, 50).map(({ id }) => `/c/${id}-${hash}.png`),
      ...any(categories).map((scope) => `/c/${scopeCardId(scope)}-${hash}.png`),
    ]),
    paths(
      "card, another in its place",
      ids.map((id) => `/c/${id}-${hash}.png`),
    ),
    paths("QR code", ids.map(qrCodePath)),
    paths(
      "oEmbed",
      ids.map((id) => `/oembed?url=${sharePath(id)}`),
    ),
    paths(
      "categories, largest",
      large(categories).map((scope) => listPath(scope)),
    ),
    paths(
      "categories, any",
      any(categories).map((scope) => listPath(scope)),
    ),
    paths(
      "tags, largest",
      large(tags).map((scope) => listPath(scope)),
    ),
    paths(
      "tags, any",
      any(tags).map((scope) => listPath(scope)),
    ),
    paths(
      "lists, archive pages",
      oldPages.map(([scope, page]) => listPath(scope, page)),
    ),
    ...feedRoutes,
    paths(
      "/feed, negotiated",
      any(tags).map((scope) => subscribePath(scope)),
      { ...GZIP, Accept: "application/atom+xml, text/html;q=0.5" } as typeof GZIP,
    ),
    paths(
      "page for people at a feed",
      [
        ...[SITE_SCOPE, ...any(named)].map((scope) => feedPath(scope, "rss")),
        ...combinations.map((topic) => feedPath(topic, "rss")),
      ],
      PERSON,
    ),
    paths("OPML", [OPML_PATH]),
    paths("OPML without gzip", [OPML_PATH], { "Accept-Encoding": "identity" }),
    paths("sitemap index", [SITEMAP_INDEX_PATH]),
    paths("sitemaps", spread(sitemapPeriods(siteArchive).map(sitemapPath))),
    paths("robots, health, icons, stylesheet", [
      "/robots.txt",
      "/healthz",
      FAVICON_PATH,
      TOUCH_ICON_PATH,
      FEED_STYLESHEET_PATH,
    ]),
    paths(
      "NewsShare",
      someone.map((code) => `/html_News/NewsShare.html?infoCode=${code}`),
    ),
    paths(
      "NewsShare, unknown",
      someone.map((code) => `/html_News/NewsShare.html?infoCode=${code.slice(0, -4)}0000`),
    ),
    paths(
      "Jekyll's permalink",
      someone.map(
        (code) => `/x/${code.slice(2, 6)}/${code.slice(6, 8)}/${code.slice(8, 10)}/${code}.html`,
      ),
    ),
    paths(
      "Jekyll's permalink, unknown",
      someone.map((_, index) => `/x/2026/05/${10 + (index % 20)}/nothing-${index}.html`),
    ),
    paths(
      "unknown address",
      someone.map((_, index) => `/wp-content/${index}.php`),
    ),
    paths(
      "unknown category",
      someone.map((_, index) => `/category/nothing-${index}`),
    ),
    paths(
      "unknown tag",
      someone.map((_, index) => `/tag/nothing-${index}`),
    ),
    paths(
      "unknown tag with .html",
      someone.map((_, index) => `/tag/nothing-${index}.html`),
    ),
    paths(
      "unknown tag's feed",
      someone.map((_, index) => `/tag/nothing-${index}/feed.xml`),
    ),
    paths(
      "unknown page of an archive",
      any(tags).map((scope) => listPath(scope, "1999-01")),
    ),
    paths(
      "five unknown scopes together",
      someone.map(
        (_, index) =>
          `/feed.xml?${[1, 2, 3, 4, 5].map((at) => `category=no-${index}-${at}`).join("&")}`,
      ),
    ),
    paths(
      "address under another spelling",
      any(categories).map(({ name }) => `/Category/${name}/`),
    ),
  ];
}
