import { divideIntoPages } from "../../src/domain/archive.ts";
import type { ArticleHeader, ArticleRef } from "../../src/domain/article.ts";
import { digestReach } from "../../src/domain/digest-days.ts";
import { feedWindow, reachOf } from "../../src/domain/feed-window.ts";
import { isListPicture } from "../../src/domain/picture-path.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import type { Site } from "../../src/domain/site.ts";
import type { CollectionHead } from "../../src/store/collection-entry.ts";
import {
  SITE_DAYS_KEY,
  encodeHead,
  encodePageIndex,
  encodeRefs,
  headKey,
  joinedPage,
  pageIndexKey,
  pageKey,
} from "../../src/store/collection-entry.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { entryHash } from "../../src/store/pack.ts";
import { MOST_READS } from "../../src/store/release-store.ts";
import { ARCHIVED_FEED } from "../../src/render/feed-bodies.ts";
import { articleRef } from "./article-ref.ts";
import type { Collection } from "./collect-scopes.ts";
import type { BodyPlace } from "./list-rows.ts";
import type { PageName } from "./page-name.ts";
import type { PageRef } from "./page-refs.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import type { FeedContext } from "./feed-digest.ts";
import { feedDigest } from "./feed-digest.ts";

/** How many articles at the top of a list are shown with their lead. Leads are most of what a publish rewrites. */
const LEADS = { site: 10, category: 5, tag: 5, author: 0, language: 0 } as const;

/** The feed of an archive page reads the page, the list of pages, and each pack with one of its articles. */
const MOST_PACKS = MOST_READS - 2;
/** What the feed of a month may cost, in articles: to open a pack takes as long as to write two articles. */
const MOST_WORK = 110;
const WORK_OF_PACK = 2;

/** In pixels: a picture that is less wide would be blurred. */
const SMALLEST_PICTURE = 200;
/** How many are shown with their picture. */
const PICTURES = { site: 10, category: 5, tag: 0, author: 0, language: 0 } as const;

const DAY_LENGTH = "2022-01-10".length;
const EMPTY = new Uint8Array();

/** A scope with its head. */
export interface PlannedCollection {
  readonly collection: Collection;
  /** What its feeds show because of the articles' dates. */
  readonly window: readonly StoredArticle[];
  /** How many of the newest articles digests know. */
  readonly known: number;
  /** Its digest is that of the window. */
  readonly head: Omit<CollectionHead, "newest">;
}

/** An entry of a scope in the `collections` map. It has no head. */
export interface ListEntry {
  readonly key: Uint8Array;
  /** A hash of key and body. */
  readonly hash: ContentHash;
  /** What it holds, or where that was kept. */
  readonly body: Uint8Array | BodyPlace;
  /** Null where it is made anew whenever the scope is planned. */
  readonly name: PageName | null;
  /** How many articles are on the page; 0 where it is none. */
  readonly articles: number;
}

/** Entries that a scope had before. */
export interface EntriesBefore {
  /** The entry with a name; null if there was none. */
  readonly named: (name: PageName) => ListEntry | null;
  /** The archive page under a key, if its articles are those that it had, and as they were; else null. */
  readonly page: (key: Uint8Array, articles: readonly StoredArticle[]) => ListEntry | null;
}

/** The entries of a scope. */
export interface PlannedEntries {
  /**
   * Makes them, each when it is asked for: those of the site are a fifth of all.
   *
   * @param before what there was before; nothing by default
   * @param isWanted by their keys; all by default
   */
  readonly entries: (
    before?: EntriesBefore,
    isWanted?: (key: Uint8Array) => boolean,
  ) => Iterable<ListEntry>;
}

const NOTHING_BEFORE: EntriesBefore = { named: () => null, page: () => null };

/** What is computed once for all scopes, because an article belongs to several. */
export interface ArticlePlaces {
  /** An article's date by the site's clock, as `2022-01-10T07:35`. */
  readonly localTime: (article: ArticleHeader) => string;
  /** The number of the pack that holds it. */
  readonly packOf: (article: StoredArticle) => number;
}

/**
 * Plans one scope, and lays out all of its entries in the `collections` map. All that is read here of settings and articles is in what `cellsOf` gives.
 */
export function planCollection(
  collection: Collection,
  context: FeedContext,
  { localTime, packOf }: ArticlePlaces,
  pageRef: PageRef,
): PlannedCollection & Pick<PlannedEntries, "entries"> {
  const { scope, title, members } = collection;
  const isScattered = (articles: readonly StoredArticle[]): boolean => {
    if (articles.length <= MOST_PACKS) return false;
    const packs = new Set(articles.map(packOf)).size;
    return packs > MOST_PACKS || articles.length + WORK_OF_PACK * packs > MOST_WORK;
  };
  const pages = divideIntoPages(members, localTime, isScattered);
  const pageNames = [...pages.keys()].toSorted().toReversed();
  const window = feedWindow(members, reachOf(scope, context.site));
  const reach = digestReach(members, (article) => localTime(article).slice(0, DAY_LENGTH));
  // The site's feed is always prerendered, and no combination has the site in it: its head is read for the home page and for
  // small digests alone.
  const shown = scope.kind === "site" ? context.site.feedLength : Math.max(window.length, reach);
  const listed = members.slice(0, shown);
  const isSiteCut = scope.kind === "site" && reach > listed.length;
  const isSingle = scope.kind === "author" && members.length === 1;
  const newestPage = isSingle ? "" : (pageNames[0] ?? "");
  // Of a day that is longer than a list, a combination may be too large to show more than leads.
  const hasLead = (index: number): boolean =>
    index < LEADS[scope.kind] || index >= context.site.feedLength;
  const digest = feedDigest(collection, window, newestPage, context);
  const head = { title, count: members.length, digest, newestPage };
  // Each of a feed's may be beyond what a combination reads; behind them are only those of digests.
  const within = countBefore(listed, MOST_READS - 1, packOf);
  const newest = (): CollectionHead["newest"] =>
    refsOf(listed, within, hasLead, (index) => index < window.length).map((ref, index) =>
      index < PICTURES[scope.kind] ? { ...ref, ...pictureOf(listed[index], context.site) } : ref,
    );
  const numbers = [head.count, window.length, context.site.feedLength].join(" ");
  const hashes = listed.map(({ entry }) => entry.hash);
  const headName = { digest: contentHash(["head", digest, numbers, ...hashes]), before: within };
  const index = pageNames.map((name) => ({ name, count: pages.get(name)?.length ?? 0 }));
  const pageOf = (
    key: Uint8Array,
    name: string,
    articles: readonly StoredArticle[],
    before: EntriesBefore,
  ): ListEntry => {
    const same = before.page(key, articles);
    if (same !== null) return same;
    const pageDigest = feedDigest(collection, articles, name, context);
    const inFew = countBefore(articles, MOST_PACKS, packOf);
    const pageName = { digest: pageDigest, before: inFew };
    const refs = (): readonly Uint8Array[] =>
      articles.map((article, place) =>
        pageRef(article, place >= inFew, place >= ARCHIVED_FEED.entries),
      );
    return (
      before.named(pageName) ??
      listEntry(key, joinedPage(pageDigest, refs()), pageName, articles.length)
    );
  };
  function* entries(
    before = NOTHING_BEFORE,
    isWanted: (key: Uint8Array) => boolean = () => true,
  ): Generator<ListEntry> {
    const ofHead = headKey(scope);
    if (isWanted(ofHead)) {
      yield (
        before.named(headName) ??
        listEntry(ofHead, encodeHead({ ...head, newest: newest() }), headName)
      );
    }
    // Of whom there is a single article, nothing is older.
    if (isSingle) return;
    const ofIndex = pageIndexKey(scope);
    if (isWanted(ofIndex)) yield listEntry(ofIndex, encodePageIndex(index));
    if (isSiteCut && isWanted(SITE_DAYS_KEY)) yield siteDays(members.slice(0, reach), before);
    for (const [name, articles] of pages) {
      const key = pageKey(scope, name);
      if (isWanted(key)) yield pageOf(key, name, articles, before);
    }
  }
  return {
    collection,
    window,
    known: Math.max(listed.length, reach),
    head,
    entries,
  };
}

function listEntry(
  key: Uint8Array,
  body: Uint8Array,
  name: PageName | null = null,
  articles = 0,
): ListEntry {
  return { key, hash: entryHash(key, EMPTY, body), body, name, articles };
}

/** The site's articles for digests: with leads, so that no pack of articles is read for them. They are no entries of their own. */
function siteDays(articles: readonly StoredArticle[], before: EntriesBefore): ListEntry {
  const digest = contentHash(["days", ...articles.map(({ entry }) => entry.hash)]);
  const name = { digest, before: 0 };
  const refs = (): readonly ArticleRef[] =>
    articles.map((article) => ({ ...articleRef(article, true), entryId: null }));
  return before.named(name) ?? listEntry(SITE_DAYS_KEY, encodeRefs(refs()), name);
}

/** How many articles of a list lie in so many packs that a feed may read. */
function countBefore(
  articles: readonly StoredArticle[],
  mostPacks: number,
  packOf: ArticlePlaces["packOf"],
): number {
  if (articles.length <= mostPacks) return articles.length;
  const packs = new Set<number>();
  const beyond = articles.findIndex((article) => packs.add(packOf(article)).size > mostPacks);
  return beyond < 0 ? articles.length : beyond;
}

/**
 * The articles of a list. A lead have those that lists show with it, and those that feeds may show from here: what lies in a
 * pack too many.
 *
 * @param before how many lie in no pack too many
 * @param hasLead whether lists show it with its lead, or a combination may
 * @param isEntry whether feeds may show it from here for another reason. Only such have the id of their entry, which is longer
 *   than all else, and of others in the archive nobody asks for it here
 */
function refsOf(
  articles: readonly ArticleHeader[],
  before: number,
  hasLead: (index: number) => boolean,
  isEntry: (index: number) => boolean,
): readonly ArticleRef[] {
  return articles.map((article, index) => {
    const isBeyond = index >= before;
    const ref = articleRef(article, isBeyond || hasLead(index));
    return isBeyond || isEntry(index) ? ref : { ...ref, entryId: null };
  });
}

/** The article's own picture as lists show it; nothing where it has none that is fit for them. */
export function pictureOf(
  article: Pick<ArticleHeader, "image"> | undefined,
  { url: siteUrl }: Pick<Site, "url">,
): Pick<ArticleRef, "picture"> {
  const { url = "", width = null } = article?.image ?? {};
  const path = url.startsWith(`${siteUrl}/`) ? url.slice(siteUrl.length) : "";
  if (width === null || width < SMALLEST_PICTURE || !isListPicture(path)) return {};
  return { picture: { path, width } };
}

/** Compares by the number of articles, most first, then by key, so that the order is the same on every machine. */
export function compareBusiestFirst(a: PlannedCollection, b: PlannedCollection): number {
  return b.head.count - a.head.count || (isBefore(a.collection, b.collection) ? -1 : 1);
}

/** Whether the key of a scope is before that of another. Scopes of one kind, of which there are many, are compared without their keys. */
function isBefore({ scope: a }: Collection, { scope: b }: Collection): boolean {
  if (a.kind === "site" || a.kind !== b.kind) return scopeKey(a) < scopeKey(b);
  return "name" in b && a.name < b.name;
}
