import type { ArticleRef } from "../domain/article.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import type { Scope } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import type { Site } from "../domain/site.ts";
import type { StoredRef } from "./collection-entry.ts";
import type { ContentHash } from "./content-hash.ts";
import type { SearchRecord } from "./search-layout.ts";

/** The sorted maps of a release. */
export const MAP_NAMES = ["articles", "redirects", "collections", "cards", "search"] as const;

export type MapName = (typeof MAP_NAMES)[number];

/** A pack as the manifest knows it. */
export interface PackRef {
  readonly firstKey: Uint8Array;
  readonly hash: ContentHash;
}

/** What the manifest knows about the site, each category, and as many tags as there is room for. */
export interface ScopeRecord {
  readonly scope: Scope;
  readonly title: string;
  readonly count: number;
  /** The name of the newest archive page, to which feeds link; empty where there are no articles. */
  readonly newestPage: string;
  /** Changes exactly when the content of the scope's feeds does. */
  readonly digest: ContentHash;
  /** The digest without articles that came late: a function of the release's articles. */
  readonly datedDigest: ContentHash;
  /** When the digest last changed, in seconds since 1970. */
  readonly changedAt: number;
  /** The key of the prerendered feed in KV; null where feeds are rendered on request. */
  readonly prerendered: string | null;
}

/** An article that came so long after its date that feeds show it because of its arrival. */
export interface LateArticle extends ArticleRef {
  /** When it came, in seconds since 1970. */
  readonly arrivedAt: number;
}

/** A scope whose feeds show late articles. It may be a tag that is too rare to have a record. */
export interface LateScope {
  readonly scope: Scope;
  /** The digest of its feeds, with those that its dates bring and those that came late. */
  readonly digest: ContentHash;
  readonly articles: readonly LateArticle[];
  /** Whether its feed is prerendered, as it may be because of them. */
  readonly isPrerendered: boolean;
}

/** What digests know of articles that came when the day of their date was over. */
export interface DigestArrivals {
  /** The day on which each came, as days since 1970-01-01. */
  readonly cameOn: ReadonlyMap<ShareId, number>;
  /** By the key of a scope, those that are older than its list reaches. */
  readonly beyond: ReadonlyMap<string, readonly ArticleRef[]>;
}

/**
 * A category that had articles in an earlier release, and has none now. Its feeds are empty, because a reader that finds none stays
 * away.
 */
export type EmptiedCategory = Pick<ScopeRecord, "title" | "digest" | "changedAt"> & {
  readonly slug: string;
};

/** An old address that an article had in an earlier release, and that nothing in its file says any more. */
export interface MovedAddress {
  /** Plain, percent-decoded and NFC. */
  readonly path: string;
  readonly id: ShareId;
}

/** The manifest has room for so many. */
export const MOST_MOVED_ADDRESSES = 1000;

/** What the manifest knows about a feed format. */
export interface FormatRecord {
  /** A hash of the code that makes its documents. */
  readonly renderer: ContentHash;
  /** When the renderer last changed, in seconds since 1970. */
  readonly changedAt: number;
}

export type FormatRecords = Readonly<Record<FeedFormat, FormatRecord>>;

/** A page of the site's own. */
export interface PageRecord {
  /** Its path, percent-decoded and NFC. */
  readonly address: string;
  /** Old paths that lead to it, percent-decoded and NFC. */
  readonly aliases: readonly string[];
}

/** Everything a manifest holds. */
export interface ReleaseContents {
  readonly site: Site;
  readonly articleCount: number;
  /**
   * Articles published at this second since 1970 or later have a share card of their own; null where there are no
   * cards.
   */
  readonly cardsSince: number | null;
  /**
   * A hash of everything that pages show but their packs do not hold: code, settings, titles, whether there are share
   * cards.
   */
  readonly pageBasis: ContentHash;
  readonly formats: FormatRecords;
  /** Whether `scopes` holds every tag, so that any other does not exist. */
  readonly hasAllTags: boolean;
  readonly maps: Readonly<Record<MapName, readonly PackRef[]>>;
  /** In the order of their keys: the site, the categories, the tags. Of categories that the settings name some are empty. */
  readonly scopes: readonly PlannedScope[];
  readonly late: readonly LateScope[];
  /** Absent where there are none. */
  readonly digestArrivals?: DigestArrivals;
  /** In the order in which they are found; absent where there are none. */
  readonly emptied?: readonly EmptiedCategory[];
  /** At most `MOST_MOVED_ADDRESSES`; absent where there are none. */
  readonly moved?: readonly MovedAddress[];
  /** Current slugs of categories by former ones; absent where there are none. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** The site's own pages; absent where there are none. */
  readonly pages?: readonly PageRecord[];
  /** Absent where there is nothing to show. */
  readonly waysOn?: WaysOn;
  /** Absent where the site cannot be searched. Then the map `search` is empty, and no part of the manifest. */
  readonly search?: SearchRecord;
  /** Absent where the site has no hook. */
  readonly onTime?: OnTime;
  /** Absent where search engines are told nothing. */
  readonly searchEngines?: SearchEngines;
}

/** What the site has for search engines besides its sitemaps. */
export interface SearchEngines {
  /** The name of the publication in the news sitemap; absent where there is no such sitemap. */
  readonly newsName?: string;
  /** What `/{key}.txt` says; absent where nobody is told by IndexNow. */
  readonly indexNowKey?: string;
}

/** What is to be called when an article that is dated ahead becomes due. */
export interface OnTime {
  /** `github:owner/repository`, or `url`, which the secret has. */
  readonly hook: string;
  /** When articles become due, in seconds since 1970: the next `MOST_DUE_MOMENTS`, each once, in their order. */
  readonly due: readonly number[];
}

/** Each release brings the next ones, so there need not be many. */
export const MOST_DUE_MOMENTS = 100;

/** What a page that is not there names in its place, without a read. It is no part of the release's id, which changes when this does. */
export interface WaysOn {
  /** The newest articles of all, newest first. */
  readonly newest: readonly StoredRef[];
  /** The slugs of the busiest categories, the busiest first. */
  readonly busiest: readonly string[];
}

/** A scope before its prerendered feed has a name. Its late articles are not in it. */
export type PlannedScope = Omit<ScopeRecord, "digest" | "prerendered"> & {
  readonly isPrerendered: boolean;
};
