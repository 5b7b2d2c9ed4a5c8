import type { Site } from "../../src/domain/site.ts";
import type { ArticleHeader } from "../../src/domain/article.ts";
import { compareNewestFirst } from "../../src/domain/article.ts";
import { MOST_FEED_ENTRIES } from "../../src/domain/feed-window.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { localDay } from "../../src/domain/time-zone.ts";
import type { DigestArrivals } from "../../src/store/release-contents.ts";
import type { StoredArticle } from "../read/article/store-article.ts";
import type { FeedContext } from "./feed-digest.ts";
import { articleRef } from "./article-ref.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import type { Arrivals } from "./plan-late-articles.ts";
import { scopesWith } from "./plan-late-articles.ts";

/** For so many days a digest keeps in mind on which day an article came. By then, who wants letters has got them. */
const DAYS_KEPT = 7;

/**
 * Finds the articles that came when the day of their date was over, with this release or not long ago: they belong to the
 * entry of the day on which they came. That of their date may have become a letter already.
 */
export function planDigestArrivals(
  planned: readonly PlannedCollection[],
  articles: readonly StoredArticle[],
  { site }: FeedContext,
  { previous, added, now }: Arrivals,
): DigestArrivals {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const today = localDay(site.timeZone, now);
  const dayOf = ({ published }: ArticleHeader): number =>
    localDay(site.timeZone, published.epochSeconds);
  const arrived = [...added].filter((id) => {
    const article = byId.get(id);
    return article !== undefined && dayOf(article) < today;
  });
  // So many at once are an archive that is added, and no news.
  const news = arrived.length > MOST_FEED_ENTRIES ? [] : arrived;
  const before = [...previous.digestArrivals.cameOn].filter(
    ([id, day]) => byId.has(id) && day > today - DAYS_KEPT,
  );
  const cameOn = new Map([
    ...news.map((id): [ShareId, number] => [id, today]),
    ...before.toSorted(([, a], [, b]) => b - a).slice(0, MOST_FEED_ENTRIES - news.length),
  ]);
  return {
    cameOn,
    beyond: beyondLists(
      [...cameOn.keys()].flatMap((id) => byId.get(id) ?? []),
      planned,
      site,
    ),
  };
}

/** By the key of each scope, those of the articles that are too old for its list. */
function beyondLists(
  articles: readonly StoredArticle[],
  planned: readonly PlannedCollection[],
  site: Site,
): DigestArrivals["beyond"] {
  if (articles.length === 0) return new Map();
  const lastListed = new Map(
    planned.map(({ collection: { scope, members }, known }) => [
      scopeKey(scope),
      known < members.length ? members[known - 1] : undefined,
    ]),
  );
  const beyond = new Map<string, StoredArticle[]>();
  for (const article of articles) {
    for (const scope of scopesWith(article, site)) {
      const key = scopeKey(scope);
      const last = lastListed.get(key);
      if (last === undefined || compareNewestFirst(article, last) <= 0) continue;
      beyond.set(key, [...(beyond.get(key) ?? []), article]);
    }
  }
  return new Map(
    Array.from(beyond, ([key, those]) => [
      key,
      those.map((one) => ({ ...articleRef(one, true), entryId: null })),
    ]),
  );
}
