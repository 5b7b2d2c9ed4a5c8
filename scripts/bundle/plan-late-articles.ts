import type { ArticleHeader } from "../../src/domain/article.ts";
import { MOST_FEED_ENTRIES, isLate, withLateArticles } from "../../src/domain/feed-window.ts";
import { listedAuthors } from "../../src/domain/listed-authors.ts";
import type { Scope } from "../../src/domain/scope.ts";
import { SITE_SCOPE, scopeKey } from "../../src/domain/scope.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import type { Site } from "../../src/domain/site.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { LateArticle, LateScope } from "../../src/store/release-contents.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import type { FeedContext } from "./feed-digest.ts";
import { feedDigest } from "./feed-digest.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { articleRef } from "./article-ref.ts";

/** What came with a release. */
export interface Arrivals {
  /** The release before. */
  readonly previous: Manifest;
  /** The articles that it lacked. */
  readonly added: ReadonlySet<ShareId>;
  /** When they come, in seconds since 1970. */
  readonly now: number;
}

/** What the feed of a scope shows, newest first, and its digest. */
export interface ShownFeed {
  readonly articles: readonly StoredArticle[];
  readonly digest: ContentHash;
}

/** What the feed of a scope shows where nothing came late. */
export function feedByDates({ window, head: { digest } }: PlannedCollection): ShownFeed {
  return { articles: window, digest };
}

/** The feeds that show late articles, by the key of their scope, with what the manifest is to say of each. */
export type LateFeeds = ReadonlyMap<
  string,
  ShownFeed & { readonly late: Omit<LateScope, "isPrerendered"> }
>;

const SECONDS_PER_HOUR = 3600;

/**
 * Finds the feeds that show articles which came late, with this release or not long ago. A late article stays for
 * `feedHours`, and for longer in a feed that nothing else has changed since, so that its readers need not ask for it again.
 */
export function planLateFeeds(
  planned: readonly PlannedCollection[],
  articles: readonly StoredArticle[],
  context: FeedContext,
  arrivals: Arrivals,
): LateFeeds {
  const collections = new Map(planned.map((one) => [scopeKey(one.collection.scope), one]));
  const byId = new Map(articles.map((article) => [article.id, article]));
  const late = lateByScope(byId, collections, context, arrivals);
  return new Map(
    [...late].flatMap(([key, arrivedAt]) => {
      const collection = collections.get(key);
      if (collection === undefined) return [];
      const stored = [...arrivedAt.keys()].flatMap((id) => byId.get(id) ?? []);
      const shown = withLateArticles(collection.window, stored);
      const { newestPage } = collection.head;
      const digest = feedDigest(collection.collection, shown, newestPage, context);
      const named = stored.map((article): LateArticle => ({
        ...articleRef(article, false),
        arrivedAt: arrivedAt.get(article.id) ?? arrivals.now,
      }));
      const { scope } = collection.collection;
      return [[key, { articles: shown, digest, late: { scope, digest, articles: named } }]];
    }),
  );
}

/** For the key of each scope, the late articles of its feeds, and when they came. */
function lateByScope(
  byId: ReadonlyMap<ShareId, StoredArticle>,
  collections: ReadonlyMap<string, PlannedCollection>,
  { site }: FeedContext,
  { previous, added, now }: Arrivals,
): ReadonlyMap<string, ReadonlyMap<ShareId, number>> {
  if (site.feedHours === 0) return new Map();
  const late = new Map<string, Map<ShareId, number>>();
  const add = (scope: Scope, id: ShareId, arrivedAt: number): void => {
    const key = scopeKey(scope);
    const those = late.get(key) ?? new Map<ShareId, number>();
    late.set(key, those.set(id, arrivedAt));
  };
  const arrived = [...added]
    .flatMap((id) => byId.get(id) ?? [])
    .filter((article) => isLate(article, site, now));
  // So many at once are an archive that is added, and no news.
  const news = arrived.length > MOST_FEED_ENTRIES ? [] : arrived;
  for (const article of news) {
    for (const scope of scopesWith(article, site)) add(scope, article.id, now);
  }
  const since = now - site.feedHours * SECONDS_PER_HOUR;
  const room = MOST_FEED_ENTRIES - news.length;
  const stay = new Set(newestArrivals(previous).slice(0, room));
  for (const { scope, articles } of previous.lateScopes()) {
    const key = scopeKey(scope);
    const before = previous.scope(scope)?.datedDigest;
    const isUnchanged = !late.has(key) && before === collections.get(key)?.head.digest;
    for (const { id, arrivedAt } of articles) {
      const article = byId.get(id);
      const isMember = article !== undefined && scopesWith(article, site).some(has(key));
      if (isMember && stay.has(id) && (isUnchanged || arrivedAt > since)) add(scope, id, arrivedAt);
    }
  }
  return late;
}

function has(key: string): (scope: Scope) => boolean {
  return (scope) => scopeKey(scope) === key;
}

/** The scopes that an article is in. That of its language may not exist, where the site has only one. */
export function scopesWith(
  article: ArticleHeader,
  site: Pick<Site, "authors" | "language">,
): readonly Scope[] {
  const { categories, tags, language } = article;
  return [
    SITE_SCOPE,
    { kind: "language", name: language ?? site.language },
    ...categories.map((name): Scope => ({ kind: "category", name })),
    ...tags.map((name): Scope => ({ kind: "tag", name })),
    ...listedAuthors(article, site).map((name): Scope => ({ kind: "author", name })),
  ];
}

/** All late articles of a release, those first that came last. */
function newestArrivals(manifest: Manifest): readonly ShareId[] {
  const arrivedAt = new Map(
    manifest.lateScopes().flatMap(({ articles }) => articles.map((one) => [one.id, one.arrivedAt])),
  );
  return [...arrivedAt].toSorted(([, a], [, b]) => b - a).map(([id]) => id);
}
