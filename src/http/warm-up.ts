import type { Hono } from "hono";
import type { Article } from "../domain/article.ts";
import { combine } from "../domain/combination.ts";
import { digestDays } from "../domain/digest-days.ts";
import { FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import { identityOfCode } from "../domain/identity.ts";
import { ok } from "../domain/result.ts";
import { parseQuery } from "../domain/search-query.ts";
import type { NamedScope, Scope } from "../domain/scope.ts";
import { SITE_SCOPE, scopeKey } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import { shareIdOf } from "../domain/share-id.ts";
import { sitemapPeriods } from "../domain/sitemap-periods.ts";
import { localDay, startOfDay } from "../domain/time-zone.ts";
import type { Site } from "../domain/site.ts";
import { contentSecurityPolicy } from "../render/content-security-policy.ts";
import { renderErrorPage } from "../render/error-page.ts";
import { FEED_ON_REQUEST, withBodiesThatFit } from "../render/feed-bodies.ts";
import { renderDigest, renderFeedPieces, renderXmlFeed } from "../render/feed.ts";
import { renderHomePage } from "../render/home-page.ts";
import { renderListPage } from "../render/list-page.ts";
import { renderOembed } from "../render/oembed.ts";
import { feedWords } from "../render/feed-words.ts";
import { renderSharePage } from "../render/share-page.ts";
import { PAGE_LENGTH, renderSearchPage } from "../render/search-page.ts";
import { renderSitePage } from "../render/site-page.ts";
import { renderSitemap, renderSitemapIndex } from "../render/sitemap.ts";
import { renderSubscribePage } from "../render/subscribe-page.ts";
import { articleKey, encodeArticleHead } from "../store/article-entry.ts";
import { encodeHead, encodePage, encodePageIndex } from "../store/collection-entry.ts";
import { headKey, pageIndexKey, pageKey } from "../store/collection-entry.ts";
import { contentHash } from "../store/content-hash.ts";
import { gzip } from "../store/gzip.ts";
import { joinedBytes } from "../store/joined-bytes.ts";
import { compareKeys } from "../store/key-column.ts";
import type { PackRef } from "../store/release-contents.ts";
import { Manifest } from "../store/manifest.ts";
import { encodeManifest } from "../store/encode-manifest.ts";
import type { PackEntry } from "../store/pack.ts";
import { Pack, deflateAt, encodePack, packEntry, packHash, packKey } from "../store/pack.ts";
import { ReleaseStore } from "../store/release-store.ts";
import { encodeTerms } from "../store/encode-search.ts";
import type { SearchRecord } from "../store/search-layout.ts";
import { IDS_KEY, encodeIds } from "../store/search-layout.ts";
import { searchRelease } from "../store/search-release.ts";
import { splicedGzip } from "../store/spliced-gzip.ts";
import { ValueCache } from "../store/value-cache.ts";
import { articleCardUrl } from "./card-address.ts";
import type { AppTypes } from "./env.ts";
import { feedState } from "./feed-responses.ts";

const PARAGRAPHS = 40;
const PARAGRAPH_CHARACTERS = 40;
/** So that what writes an entry is compiled well too: the feed of a day has hundreds. */
const SHORT_ENTRIES = 40;
/** Of a made-up index, and characters of each article that is found there. */
const FOUND_ARTICLES = 500;
const FOUND_CHARACTERS = 200;
const FIRST_HAN = 0x4e_00;
/** Characters of every other kind that a Chinese text has. */
const OTHER_CHARACTERS = "，。、：；？！“”‘’（）《》—…·% -0123456789ABCXYZabcxyzéー";
const CACHE_BYTES = 1_000_000;
const CATEGORY: NamedScope = { kind: "category", name: "a" };
const TAG: NamedScope = { kind: "tag", name: "新聞 b" };
const PAGE = "2026-01";
const EMPTY = new Uint8Array();

const encoder = new TextEncoder();

const deflateFast = deflateAt(1);

/**
 * Makes a document of every kind from a made-up site of one article. An engine compiles a function when it is first called,
 * which makes the first answers of an isolate up to ten times as expensive as later ones. At the start nobody waits for
 * it, and it does not count as a request's CPU time, of which the free plan allows 10 ms. Answers themselves cannot be
 * made then, because the runtime refuses to.
 *
 * @param app whose routes are compiled
 * @param release that the application serves
 */
export async function warmUp(app: Hono<AppTypes>, release: Manifest): Promise<void> {
  const { site } = release;
  // This makes a list of all categories.
  release.knownName({ kind: "category", name: "" });
  app.router.match("GET", "/");
  contentSecurityPolicy(site);
  renderErrorPage(site, "notFound", release.waysOn);
  shareIdOf(identityOfCode("NW202601010000000000"));

  const { manifest, values } = madeUpRelease(site);
  const get = async (key: string): Promise<ArrayBuffer | null> => values.get(key) ?? null;
  const store = new ReleaseStore(manifest, { get }, new ValueCache(CACHE_BYTES));
  const { categoryTitle } = manifest;
  const cardUrl = articleCardUrl(manifest, ARTICLE);
  const found = await store.articleToReadOn(ARTICLE.id);
  const [head, archive] = [await store.head(CATEGORY), await store.pageIndex(CATEGORY)];
  const stored = await store.feedArticles([{ ...ARTICLE, lead: null }], 1, 1);
  const refs = await store.sitePages(PAGE);
  if (!found.ok || !head.ok || !archive.ok || !stored.ok || !refs.ok) throw unreadable();
  if (found.value === null || head.value === null) throw unreadable();
  const { article } = found.value;
  const newest = head.value.newest;
  renderSharePage({ site, article, related: [article], categoryTitle, cardUrl });
  renderSitePage(site, { ...article, address: "/a" }, cardUrl);
  renderOembed(site, article, cardUrl);
  renderHomePage({ site, refs: newest, categories: ARTICLE.body, archive: archive.value, cardUrl });
  renderListPage({
    site,
    scope: CATEGORY,
    title: CATEGORY.name,
    count: 1,
    refs: newest,
    page: PAGE,
    archive: archive.value,
    newer: PAGE,
    older: PAGE,
    cardUrl,
  });
  if (release.search !== null) await warmUpSearch(site, article, categoryTitle);
  const topic = combine(CATEGORY, TAG);
  // It has a QR code, as the file of one is.
  renderSubscribePage({ site, topic, title: "", view: "texts", languages: [], cardUrl });
  renderSitemapIndex(site, sitemapPeriods(archive.value));
  renderSitemap(site, refs.value);

  const wanted = { topic: CATEGORY, page: null, previousPage: PAGE, nextPage: null };
  const feed = { ...wanted, site, hubUrl: site.hub, title: "", readOn: "a", categoryTitle };
  const shortened = Array.from({ length: SHORT_ENTRIES }, () => ({ ...article, body: null }));
  const articles = [article, ...shortened];
  for (const format of FEED_FORMAT_NAMES) {
    feedState(manifest, { ...wanted, format, view: "texts", isNegotiated: true }, [], 0);
    gzip(joinedBytes(renderFeedPieces({ ...feed, articles }, format)), "request");
  }
  const dayOf = (): number => localDay(site.timeZone, ARTICLE.published.epochSeconds);
  const known = { newest: [ARTICLE], isCut: false, late: [] };
  const days = digestDays([known], dayOf() + 1, dayOf, manifest.digestArrivals.cameOn).map(
    (day) => ({
      ...day,
      end: startOfDay(site.timeZone, day.day + 1),
    }),
  );
  for (const format of FEED_FORMAT_NAMES) {
    renderDigest({ ...feed, days, words: feedWords(site, CATEGORY) }, format);
  }
  const spliced = withBodiesThatFit(stored.value, FEED_ON_REQUEST);
  splicedGzip(renderXmlFeed({ ...feed, articles: spliced }, "rss"));
  splicedGzip(renderXmlFeed({ ...feed, articles: spliced }, "atom"));
}

/**
 * Searches in a made-up index, once for what is found and once for what no article has, which looks at all of them. The loops over
 * lists and over the texts of what was found are compiled well by that.
 */
async function warmUpSearch(
  site: Site,
  article: Article,
  categoryTitle: (slug: string) => string,
): Promise<void> {
  const entries = [
    packEntry(IDS_KEY, encodeIds(Array.from({ length: FOUND_ARTICLES }, () => article.id)), EMPTY),
    ...encodeTerms(
      new Map([
        ...Array.from({ length: FOUND_ARTICLES }, (_, other): [string, number[]] => [
          `新${other}`,
          [other, 0],
        ]),
        ...["新闻", "闻纸", "a"].map((term, place): [string, number[]] => [
          term,
          Array.from({ length: FOUND_ARTICLES }, (_, number) => [number, 3 * place]).flat(),
        ]),
      ]),
    ),
  ];
  const hash = packHash(entries);
  const pack = Pack.open(encodePack(entries, hash), hash);
  const record: SearchRecord = {
    articles: FOUND_ARTICLES,
    olderParts: 1,
    newestParts: 1,
    idsPerValue: FOUND_ARTICLES + 1,
    years: [[2026, 0]],
    digest: hash,
    changedAt: 0,
  };
  if (!pack.ok) throw unreadable();
  const store = {
    searchPacks: async (names: readonly string[]) => ok(names.map(() => pack.value)),
  };
  const articles = Array.from({ length: PAGE_LENGTH }, (_, index) => {
    const text = String.fromCharCode(
      ...Array.from(
        { length: FOUND_CHARACTERS },
        (__, at) => FIRST_HAN + index * FOUND_CHARACTERS + at,
      ),
    );
    return {
      ...article,
      title: text.slice(-PARAGRAPH_CHARACTERS),
      summary: text + OTHER_CHARACTERS,
    };
  });
  for (const typed of ["新聞 a", "新聞紙 a", "新聞紙", "a 新聞"]) {
    const query = parseQuery(typed);
    if (!query.ok) throw unreadable();
    const request = { query: query.value, before: null, most: PAGE_LENGTH };
    const finds = await searchRelease(store, record, request);
    if (!finds.ok) throw unreadable();
    const results = { articles, older: 1, isUnfinished: true, hasNewer: true };
    const outcome = { ...results, query: query.value, years: [2026], categoryTitle };
    renderSearchPage({ site, typed, outcome, near: [] });
  }
}

function unreadable(): Error {
  return new Error("Cannot read the made-up release");
}

const ARTICLE: Article = {
  id: "0000000000" as ShareId,
  title: "a",
  entryId: null,
  titleBreaks: [],
  published: { epochSeconds: 1_767_225_600, offsetMinutes: 0 },
  updated: null,
  categories: [CATEGORY.name],
  tags: [TAG.name],
  language: null,
  // Two, because an engine compiles an expression with classes of characters again when it is used again.
  authors: ["新聞", "新聞記者"],
  source: "a",
  sourceUrl: null,
  summary: "a",
  image: null,
  characterCount: 1,
  isPlain: true,
  body: encoder.encode(
    `<p class="a">${"新".repeat(PARAGRAPH_CHARACTERS)}</p>\n`.repeat(PARAGRAPHS),
  ),
};

function madeUpRelease(site: Site): {
  readonly manifest: Manifest;
  readonly values: ReadonlyMap<string, ArrayBuffer>;
} {
  const values = new Map<string, ArrayBuffer>();
  const packOf = (entries: readonly PackEntry[]): readonly PackRef[] => {
    const sorted = entries.toSorted((a, b) => compareKeys(a.key, b.key));
    const hash = packHash(sorted);
    values.set(packKey(hash), new Uint8Array(encodePack(sorted)).buffer);
    return [{ firstKey: sorted[0]?.key ?? EMPTY, hash }];
  };
  const digest = contentHash([]);
  const newest = [{ ...ARTICLE, lead: ARTICLE.summary }];
  const head = { title: "a", count: 1, newestPage: PAGE };
  const renderer = { renderer: digest, changedAt: 0 };
  const scopes: readonly Scope[] = [SITE_SCOPE, CATEGORY, TAG];
  const bytes = encodeManifest({
    site,
    articleCount: 1,
    cardsSince: 0,
    pageBasis: digest,
    formats: { rss: renderer, atom: renderer, json: renderer },
    hasAllTags: true,
    maps: {
      articles: packOf([
        packEntry(articleKey(ARTICLE.id), encodeArticleHead(ARTICLE), ARTICLE.body, deflateFast),
      ]),
      redirects: [],
      collections: packOf(
        scopes.flatMap((scope) => [
          packEntry(headKey(scope), EMPTY, encodeHead({ ...head, digest, newest }), deflateFast),
          packEntry(
            pageIndexKey(scope),
            EMPTY,
            encodePageIndex([{ name: PAGE, count: 1 }]),
            deflateFast,
          ),
          packEntry(pageKey(scope, PAGE), EMPTY, encodePage({ digest, refs: newest }), deflateFast),
        ]),
      ),
      cards: [],
      search: [],
    },
    scopes: scopes
      .toSorted((a, b) => (scopeKey(a) < scopeKey(b) ? -1 : 1))
      .map((scope) => ({
        ...head,
        scope,
        datedDigest: digest,
        changedAt: 0,
        isPrerendered: false,
      })),
    late: [
      {
        scope: TAG,
        digest,
        articles: [{ ...ARTICLE, lead: null, arrivedAt: 0 }],
        isPrerendered: false,
      },
    ],
  });
  const manifest = Manifest.open(bytes);
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return { manifest: manifest.value, values };
}
