import type { ArticleHeader, ArticleRef } from "../domain/article.ts";
import type { SearchTopic } from "../domain/combination.ts";
import { feedWindow } from "../domain/feed-window.ts";
import { mapped } from "../domain/result.ts";
import type { SearchQuery } from "../domain/search-query.ts";
import { parseQuery } from "../domain/search-query.ts";
import { searchTitle } from "../render/search-page.ts";
import { phrasesFor } from "../render/phrases/phrases-for.ts";
import type { ShareId } from "../domain/share-id.ts";
import { articleKey } from "../store/article-entry.ts";
import type { ContentHash } from "../store/content-hash.ts";
import type { PrerenderedView } from "../store/prerendered-feed.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";
import { MOST_READS } from "../store/release-store.ts";
import type { SearchRecord } from "../store/search-layout.ts";
import { searchRelease, withinReads } from "../store/search-release.ts";
import type { AppContext } from "./env.ts";
import type { WantedFeed } from "./feed-responses.ts";
import {
  feedError,
  feedNotModified,
  feedState,
  feedUnavailable,
  isCurrentFeed,
} from "./feed-responses.ts";
import { keptFeed, renderedFeed } from "./rendered-feed.ts";

/** As many texts as a feed that is made on request shows. */
const MOST_ENTRIES = 100;

/**
 * The newest articles that are found for a query. A new article may be among them, so the validators are those of all articles, and a 304
 * takes no read. Else the index is read, then all packs with the articles at once.
 */
export async function searchFeed(
  context: AppContext,
  topic: SearchTopic,
  wanted: WantedFeed<PrerenderedView>,
): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { search, site } = manifest;
  const query = parseQuery(topic.query);
  if (search === null || !query.ok) return feedError("notFound");
  const document = { ...wanted, topic, page: null, previousPage: null, nextPage: null };
  const state = feedState(manifest, document, [search.digest, "search"], search.changedAt);
  if (isCurrentFeed(context, state)) return feedNotModified(context, state);
  const kept = keptFeed(context, state);
  if (kept !== null) return kept;
  const found = await newestFinds(store, search, query.value, site.feedLength);
  if (!found.ok) return feedUnavailable(found.failure);
  const { articles, reads } = found.value;
  const refs = feedWindow(articles, site).map(refOf);
  return renderedFeed(context, state, searchTitle(query.value, phrasesFor(site)), refs, reads);
}

/**
 * The newest articles of a search: so many as a feed has at least, and as many more as lie in the same packs, which those of the same day
 * do.
 */
async function newestFinds(
  store: ReleaseStore,
  search: SearchRecord,
  query: SearchQuery,
  least: number,
): StoreResult<{ readonly articles: readonly ArticleHeader[]; readonly reads: number }> {
  const most = Math.max(least, MOST_ENTRIES);
  const finds = await searchRelease(store, search, { query, before: null, most });
  if (!finds.ok) return finds;
  const { found, reads } = finds.value;
  const packOf = (id: ShareId): ContentHash | null =>
    store.manifest.packOf("articles", articleKey(id));
  const first = withinReads(
    store,
    { ...finds.value, found: found.slice(0, least) },
    MOST_READS - reads,
  );
  const packs = new Set(first.found.map(({ id }) => packOf(id)));
  const end = found.findIndex(({ id }) => !packs.has(packOf(id)));
  const ids = (end < 0 ? found : found.slice(0, end)).map(({ id }) => id);
  return mapped(await store.articleHeaders(ids), (articles) => ({ articles, reads }));
}

function refOf({ summary, ...header }: ArticleHeader): ArticleRef {
  const { id, entryId, title, published, updated, source } = header;
  return { id, entryId, title, published, updated, source, lead: summary };
}
