import type { ArticleRef } from "../domain/article.ts";
import type { ScopedTopic } from "../domain/combination.ts";
import { combinedTitle, scopesOf } from "../domain/combination.ts";
import type { DigestDay, KnownArticles } from "../domain/digest-days.ts";
import { digestDays } from "../domain/digest-days.ts";
import { feedPath } from "../domain/links.ts";
import { MILLISECONDS_PER_SECOND } from "../domain/moment.ts";
import { allOk, mapped, ok } from "../domain/result.ts";
import type { Scope } from "../domain/scope.ts";
import { scopeKey } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import { localDay, startOfDay } from "../domain/time-zone.ts";
import type { DigestArticle } from "../render/digest.ts";
import { renderDigest } from "../render/feed.ts";
import { FEED_ON_REQUEST } from "../render/feed-bodies.ts";
import { variantOf } from "../render/feed-head.ts";
import { feedWords } from "../render/feed-words.ts";
import type { Manifest } from "../store/manifest.ts";
import type { ScopeRecord } from "../store/release-contents.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";
import { absentTopic } from "./absent-topic.ts";
import type { AppContext } from "./env.ts";
import type { FeedState, WantedFeed } from "./feed-responses.ts";
import { feedNotModified, feedState, feedUnavailable, isCurrentFeed } from "./feed-responses.ts";
import { keptFeed, madeFeed } from "./rendered-feed.ts";

/** What is read of one scope. */
interface DigestPart extends KnownArticles<ArticleRef> {
  readonly title: string;
  readonly digest: string;
}

/**
 * The days of a topic that are over, each as one entry. It is made on request, because the clock decides which day is over. A
 * 304 takes no read where the manifest knows all scopes; else the lists of the scopes are read, then all packs with the
 * articles at once.
 */
export async function digestFeed(
  context: AppContext,
  topic: ScopedTopic,
  wanted: WantedFeed<"digest">,
): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { timeZone } = manifest.site;
  const scopes = scopesOf(topic);
  const today = localDay(timeZone, context.get("now")() / MILLISECONDS_PER_SECOND);
  const records = scopes.flatMap((scope) => manifest.scope(scope) ?? []);
  const lastDay = records.length < scopes.length ? null : newestChange(manifest, records);
  const stateAt = (until: number, parts: readonly { readonly digest: string }[]): FeedState => {
    const late = scopes.map((scope) => lateState(manifest, scope));
    const digests = [...parts.map(({ digest }) => digest), ...late, String(until)];
    const changedAt =
      lastDay === null
        ? null
        : Math.max(
            startOfDay(timeZone, until).epochSeconds,
            ...records.map((record) => record.changedAt),
          );
    const document = { ...wanted, topic, page: null, previousPage: null, nextPage: null };
    return feedState(manifest, document, digests.filter(Boolean), changedAt);
  };
  // Behind the day of its last change, a digest changes no more, so its tag must not either.
  const known = lastDay === null ? null : stateAt(Math.min(today, lastDay + 1), records);
  if (known !== null && isCurrentFeed(context, known)) return feedNotModified(context, known);
  const kept = known === null ? null : keptFeed(context, known);
  if (kept !== null) return kept;

  const found = allOk(await Promise.all(scopes.map(async (scope) => partOf(store, scope))));
  if (!found.ok) return feedUnavailable(found.failure);
  const parts = found.value.filter((part) => part !== null);
  if (parts.length === 0) {
    const pathOf = (other: Scope): string => feedPath(other, wanted.format, null, "digest");
    return absentTopic(context, topic, pathOf, "readers");
  }
  const { cameOn } = manifest.digestArrivals;
  const days = digestDays(
    parts,
    today,
    ({ published }) => localDay(timeZone, published.epochSeconds),
    cameOn,
  );
  const state = known ?? stateAt((days[0]?.day ?? -1) + 1, parts);
  if (isCurrentFeed(context, state)) return feedNotModified(context, state);
  // The site's articles for digests are a second read.
  const otherReads = scopes.length + 1;
  const shown = await digestArticles(store, days, otherReads);
  if (!shown.ok) return feedUnavailable(shown.failure);
  const words = feedWords(manifest.site, topic);
  const digest = {
    ...state.address,
    ...variantOf("digest", words),
    title: combinedTitle(parts.map(({ title }) => title)),
    days: days.map((day) => ({
      ...day,
      articles: day.articles.flatMap(({ id }) => shown.value.get(id) ?? []),
      end: startOfDay(timeZone, day.day + 1),
    })),
    words,
  };
  return madeFeed(context, renderDigest(digest, wanted.format), state);
}

/** The last day on which anything can have changed in the digest of several scopes. */
function newestChange(manifest: Manifest, records: readonly ScopeRecord[]): number {
  const { timeZone } = manifest.site;
  return Math.max(
    ...records.map(({ changedAt }) => localDay(timeZone, changedAt)),
    ...records.flatMap(({ scope }) => lateDays(manifest, scope)),
  );
}

/** What of the articles that came late is in the digest of a scope, and in no list: empty where there is nothing. */
function lateState(manifest: Manifest, scope: Scope): string {
  const days = lateDays(manifest, scope);
  return days.length === 0 ? "" : `late${days.length}-${Math.max(...days)}`;
}

/** The days on which articles came that are in the digest of a scope, but too old for lists. */
function lateDays({ digestArrivals }: Manifest, scope: Scope): readonly number[] {
  const { cameOn, beyond } = digestArrivals;
  return (beyond.get(scopeKey(scope)) ?? []).flatMap(({ id }) => cameOn.get(id) ?? []);
}

async function partOf(store: ReleaseStore, scope: Scope): StoreResult<DigestPart | null> {
  const { manifest } = store;
  const [head, siteDays] = await Promise.all([
    store.head(scope),
    scope.kind === "site" ? store.siteDays() : ok(null),
  ]);
  if (!head.ok) return head;
  if (!siteDays.ok) return siteDays;
  if (head.value === null) return ok(null);
  const { title, count } = head.value;
  const newest = siteDays.value ?? head.value.newest;
  return ok({
    title,
    digest: manifest.late(scope)?.digest ?? head.value.digest,
    newest,
    isCut: count > newest.length,
    late: manifest.digestArrivals.beyond.get(scopeKey(scope)) ?? [],
  });
}

/** What the entries say about their articles: as lists do, or, where those have no leads, as is read. */
async function digestArticles(
  store: ReleaseStore,
  days: readonly DigestDay<ArticleRef>[],
  otherReads: number,
): StoreResult<ReadonlyMap<ShareId, DigestArticle>> {
  const refs = days.flatMap(({ articles }) => articles);
  const most = refs.every(({ lead }) => lead !== null) ? 0 : FEED_ON_REQUEST.entries;
  const articles = await store.feedArticles(refs, most, otherReads);
  return mapped(articles, (all) => new Map(all.map((article) => [article.id, article])));
}
