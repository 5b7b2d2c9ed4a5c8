import type { DrawCard } from "../cards/draw-card.ts";
import { planCards } from "./plan-cards.ts";
import type { ArticleHeader } from "../../src/domain/article.ts";
import type { CategoryNames } from "../../src/domain/category-names.ts";
import { NO_CATEGORY_NAMES } from "../../src/domain/category-names.ts";
import { parseDayNumber } from "../../src/domain/day-number.ts";
import type { Scope } from "../../src/domain/scope.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import type { Site } from "../../src/domain/site.ts";
import type { SitePage } from "../../src/domain/site-page.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type {
  DigestArrivals,
  MapName,
  OnTime,
  PackRef,
  PageRecord,
  SearchEngines,
} from "../../src/store/release-contents.ts";
import { NO_ARRIVALS } from "../../src/store/digest-arrivals.ts";
import { compareKeys } from "../../src/store/key-column.ts";
import { REDIRECT_PACK_LIMITS, articlePackLimits } from "../../src/store/pack-limits.ts";
import { shareIdOfKey } from "../../src/store/article-entry.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { encodeSitePageHead, sitePageKey } from "../../src/store/page-entry.ts";
import { encodePack, lazyPackEntry, packKey } from "../../src/store/pack.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import type { PlannedPack } from "../../src/store/sorted-map.ts";
import { planMap } from "../../src/store/sorted-map.ts";
import { collectScopes } from "./collect-scopes.ts";
import type { FeedContext } from "./feed-digest.ts";
import { feedBasis } from "./feed-digest.ts";
import type { ArticleEntry, StoredArticle } from "../read/article/store-article.ts";
import { withBody } from "../read/article/store-article.ts";
import type { Arrivals, LateFeeds, ShownFeed } from "./plan-late-articles.ts";
import { feedByDates, planLateFeeds } from "./plan-late-articles.ts";
import { planDigestArrivals } from "./plan-digest-arrivals.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { planWaysOn } from "./plan-ways-on.ts";
import type { History, ManifestPlan } from "./manifest-after.ts";
import { manifestAfter } from "./manifest-after.ts";
import { namedEmptyCategories } from "./plan-empty-categories.ts";
import { createLocalMinute } from "./local-minute.ts";
import type { KeptLists } from "./kept-lists.ts";
import { NO_KEPT_LISTS } from "./kept-lists.ts";
import { planLists } from "./plan-lists.ts";
import { cellsOf } from "./article-cells.ts";
import { compareBusiestFirst, planCollection } from "./plan-collections.ts";
import { createPageRef } from "./page-refs.ts";
import { planRedirects } from "./plan-redirects.ts";
import type { PrerenderedFeed } from "./plan-prerendered-feeds.ts";
import {
  choosePrerendered,
  planPrerenderedFeed,
  withLargeFeeds,
} from "./plan-prerendered-feeds.ts";
import { planSearch } from "./plan-search.ts";
import type { PinyinOf } from "./title-initial.ts";
import type { RendererHashes } from "../program/renderer-hashes.ts";
import { planFinishedDocuments } from "./plan-finished-documents.ts";

/** Everything that decides what is in a release. */
export interface ReleaseInput {
  readonly site: Site;
  /** Titles by category slug; categories without one here take their title from a tag. */
  readonly categoryTitles: ReadonlyMap<string, string>;
  /** Those that had another name, and those that have feeds though no article is in them; none by default. */
  readonly categoryNames?: CategoryNames;
  /** In any order, each id once. */
  readonly articles: readonly StoredArticle[];
  /** The site's own pages; none by default. */
  readonly pages?: readonly (SitePage & Pick<PageRecord, "aliases">)[];
  /** Where old paths lead that cannot be computed; the paths are percent-decoded. */
  readonly redirects: ReadonlyMap<string, Redirect>;
  /** Left out where the site has no hook. */
  readonly onTime?: OnTime;
  /** Left out where search engines are told nothing. */
  readonly searchEngines?: SearchEngines;
  /** How many of the busiest categories have prerendered feeds, besides the site. */
  readonly prerenderedFeeds: number;
  /** A power of two. */
  readonly articlesPerPack: number;
  /** How many of the newest articles get a share card. */
  readonly cards: number;
  readonly drawCard: DrawCard;
  /** By which categories are ordered; by default their own characters. */
  readonly pinyinOf?: PinyinOf;
  readonly renderers: RendererHashes;
  /** What earlier bundlings planned for scopes; nothing by default. */
  readonly keptLists?: KeptLists;
}

/** A value for KV, which is made when `encode` is called. */
export interface PlannedValue {
  readonly key: string;
  readonly encode: () => Uint8Array | Promise<Uint8Array>;
}

export interface PlannedRelease {
  /** What the manifest says whatever the history is. */
  readonly manifest: ManifestPlan;
  /** Makes the manifest for a history; its release id does not depend on the history. */
  readonly manifestAfter: (history: History) => Uint8Array;
  /** The same release, whose feeds also show what came late. As planned, they show what the articles' dates say. */
  readonly withArrivals: (arrivals: Arrivals) => PlannedRelease;
  readonly maps: Readonly<Record<MapName, readonly PlannedPack[]>>;
  readonly prerenderedFeeds: readonly PrerenderedFeed[];
  /** All values that the release needs in KV, each key once. */
  readonly values: readonly PlannedValue[];
}

/**
 * The Worker carries some 50 bytes of manifest for each tag and each author. Rarer ones have an entity tag, but no
 * `Last-Modified`; so have authors of a single article, of whom there may be very many, and authors of two where there are more than
 * `authorsOfTwo` in all: they were a third of a manifest.
 */
const IN_DIRECTORY = { tags: 5000, authors: 5000, authorsOfTwo: 500 } as const;

const encoder = new TextEncoder();

/** Lays out a release: decides all keys and contents. Values are encoded only when they are needed. */
export function planRelease(input: ReleaseInput): PlannedRelease {
  const { site, renderers, articles, pages = [], categoryNames = NO_CATEGORY_NAMES } = input;
  const collections = collectScopes(articles, {
    site: site.title,
    language: site.language,
    hasAuthors: site.authors !== false,
    categories: input.categoryTitles,
  });
  const empty = namedEmptyCategories({
    collections,
    named: categoryNames.kept,
    titles: input.categoryTitles,
    redirects: input.redirects,
  });
  const titles = new Map(collections.map(({ scope, title }) => [scopeKey(scope), title]));
  const context: FeedContext = {
    site,
    renderers,
    basis: feedBasis(site),
    categoryTitle: (slug) => titles.get(scopeKey({ kind: "category", name: slug })) ?? slug,
  };
  const localMinute = createLocalMinute(site.timeZone);
  const localTime = ({ published }: ArticleHeader): string => localMinute(published);
  const articlePacks = planMap(
    [...articles.map(({ entry }) => entry), ...pages.map(pageEntry)],
    articlePackLimits(input.articlesPerPack),
    encodeWithBodies,
  );
  const firstKeys = articlePacks.map(({ firstKey }) => shareIdOfKey(firstKey));
  const packNumbers = new Map<PackEntry, number>();
  for (const [number, { entries }] of articlePacks.entries()) {
    for (const entry of entries) packNumbers.set(entry, number);
  }
  const packOf = ({ entry }: StoredArticle): number => packNumbers.get(entry) ?? 0;
  const packName = (article: StoredArticle): string => firstKeys[packOf(article)] ?? "";
  const places = { localTime, packOf };
  const cells = cellsOf(collections[0]?.members ?? [], context, packName);
  const { keptLists = NO_KEPT_LISTS } = input;
  const lists = planLists(collections, context, places, cells, keptLists);
  const { planned } = lists;
  const cards = planCards({
    site,
    articles,
    categories: planned.flatMap(({ collection: { scope, title } }) =>
      scope.kind === "category" ? [{ slug: scope.name, title }] : [],
    ),
    count: input.cards,
    draw: input.drawCard,
  });
  const pageRef = createPageRef();
  const plannedEmpty = empty.map((one) => planCollection(one, context, places, pageRef));
  const directory = directoryOf(planned);
  const known = inOrderOfKeys([...directory, ...plannedEmpty]);
  const byDates = new Set(choosePrerendered(directory, input.prerenderedFeeds));
  const search =
    site.search === undefined
      ? null
      : planSearch({
          articles,
          mode: site.search,
          localTime,
          categoryTitle: context.categoryTitle,
          basis: context.basis,
        });
  const maps = {
    articles: articlePacks,
    redirects: planMap(
      planRedirects(input.redirects, articles, (article) => parseDayNumber(localTime(article))),
      REDIRECT_PACK_LIMITS,
      encodePack,
    ),
    collections: lists.packs(
      planFinishedDocuments(
        site,
        directory,
        input.pinyinOf ?? String,
        input.searchEngines?.newsName,
      ),
    ),
    cards: cards.packs,
    search: search?.packs ?? [],
  };
  const packs = Object.values(maps)
    .flat()
    .map(({ hash, encode }) => ({ key: packKey(hash), encode }));
  const manifest: ManifestPlan = {
    site,
    articleCount: articles.length,
    cardsSince: cards.since,
    pageBasis: pageBasis(input, [...planned, ...plannedEmpty], cards.since !== null),
    hasAllTags: ofKind(planned, "tag").length <= IN_DIRECTORY.tags,
    maps: {
      articles: maps.articles.map(packRef),
      redirects: maps.redirects.map(packRef),
      collections: maps.collections.map(packRef),
      cards: maps.cards.map(packRef),
      search: maps.search.map(packRef),
    },
    ...(search === null ? {} : { search: search.record }),
    ...(categoryNames.renamed.size === 0
      ? {}
      : { renamed: Object.fromEntries(categoryNames.renamed) }),
    ...(pages.length === 0 ? {} : { pages: pages.map(pageRecord) }),
    ...planWaysOn(directory),
    ...(input.onTime === undefined ? {} : { onTime: input.onTime }),
    ...(input.searchEngines === undefined ? {} : { searchEngines: input.searchEngines }),
    renderers,
    scopes: known.map((one) => scopeOf(one, byDates.has(one))),
  };
  const releaseWith = (
    lateFeeds: LateFeeds,
    digestArrivals: DigestArrivals = NO_ARRIVALS,
  ): PlannedRelease => {
    const shownIn = (one: PlannedCollection): ShownFeed =>
      lateFeeds.get(scopeKey(one.collection.scope)) ?? feedByDates(one);
    const grown = directory.filter(
      (one) => !byDates.has(one) && lateFeeds.has(scopeKey(one.collection.scope)),
    );
    const prerenderedFeeds = [...byDates, ...withLargeFeeds(grown, shownIn)].map((one) =>
      planPrerenderedFeed(one, shownIn(one), context),
    );
    const prerendered = new Set(prerenderedFeeds.map(({ scope }) => scope));
    const late = Array.from(lateFeeds.values(), (feed) => ({
      ...feed.late,
      isPrerendered: prerendered.has(feed.late.scope),
    }));
    return {
      manifest,
      manifestAfter: (history) =>
        manifestAfter(manifest, () => input.redirects, { late, digestArrivals }, history),
      withArrivals: (arrivals) =>
        releaseWith(
          planLateFeeds(planned, articles, context, arrivals),
          planDigestArrivals(planned, articles, context, arrivals),
        ),
      maps,
      prerenderedFeeds,
      values: [...packs, ...prerenderedFeeds],
    };
  };
  return releaseWith(new Map());
}

function scopeOf(
  { collection: { scope, title }, head: { count, digest, newestPage } }: PlannedCollection,
  isPrerendered: boolean,
): ManifestPlan["scopes"][number] {
  return { scope, title, count, newestPage, datedDigest: digest, isPrerendered };
}

async function encodeWithBodies(entries: readonly ArticleEntry[]): Promise<Uint8Array> {
  return encodePack(await Promise.all(entries.map(withBody)));
}

function pageEntry({ body, ...page }: SitePage): PackEntry {
  return lazyPackEntry(sitePageKey(page.address), encodeSitePageHead(page), body);
}

/** A pack as the manifest knows it, without what encodes it. */
function packRef({ firstKey, hash }: PackRef): PackRef {
  return { firstKey, hash };
}

function pageRecord({ address, aliases }: PageRecord): PageRecord {
  return { address, aliases };
}

function pageBasis(
  { site, renderers, pages = [] }: Pick<ReleaseInput, "site" | "renderers" | "pages">,
  planned: readonly PlannedCollection[],
  hasCards: boolean,
): ContentHash {
  // Authors are called as articles call them, and a new one would make every page look new.
  const titles = planned.flatMap(({ collection: { scope, title } }) =>
    scope.kind === "author" ? [] : [JSON.stringify([scopeKey(scope), title])],
  );
  const addresses = pages.map(({ address }) => address);
  const shown = JSON.stringify([site, hasCards, ...addresses]);
  return contentHash([renderers.page, shown, ...titles.toSorted()]);
}

/** What the manifest knows of scopes with articles: the site, every category, the busiest tags and authors, in the order of their keys. */
function directoryOf(planned: readonly PlannedCollection[]): readonly PlannedCollection[] {
  const tags = ofKind(planned, "tag").toSorted(compareBusiestFirst);
  const authors = ofKind(planned, "author")
    .filter(({ head }) => head.count > 1)
    .toSorted(compareBusiestFirst)
    .filter(({ head }, index) => head.count > 2 || index < IN_DIRECTORY.authorsOfTwo);
  return inOrderOfKeys([
    ...planned.filter(
      ({ collection: { scope } }) => scope.kind !== "tag" && scope.kind !== "author",
    ),
    ...tags.slice(0, IN_DIRECTORY.tags),
    ...authors.slice(0, IN_DIRECTORY.authors),
  ]);
}

function ofKind(
  planned: readonly PlannedCollection[],
  kind: Scope["kind"],
): readonly PlannedCollection[] {
  return planned.filter(({ collection }) => collection.scope.kind === kind);
}

function inOrderOfKeys(planned: readonly PlannedCollection[]): readonly PlannedCollection[] {
  return planned
    .map((known) => ({ known, key: encoder.encode(scopeKey(known.collection.scope)) }))
    .toSorted((a, b) => compareKeys(a.key, b.key))
    .map(({ known }) => known);
}
