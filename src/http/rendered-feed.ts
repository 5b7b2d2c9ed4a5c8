import type { ShareId } from "../domain/share-id.ts";
import { feedPath } from "../domain/links.ts";
import { renderFeed } from "../render/feed.ts";
import { gzip } from "../store/gzip.ts";
import { acceptsGzip } from "./encoded-response.ts";
import type { AppContext } from "./env.ts";
import type { FeedAddress, FeedState } from "./feed-responses.ts";
import { feed, feedUnavailable } from "./feed-responses.ts";
import { categoryTitles } from "../store/scope-titles.ts";

export interface FeedToRender {
  readonly state: FeedState;
  /** The topic as people know it. */
  readonly title: string;
  /** Newest first. */
  readonly refs: readonly { readonly id: ShareId }[];
}

/** The document where this isolate has made it before; null where it has not. */
export function keptFeed(context: AppContext, state: FeedState): Response | null {
  const bytes = context.get("documents").get(pathOf(state.address));
  return bytes === null ? null : feed(context, { bytes, isGzipped: true }, state);
}

/** Reads the articles, all packs at once, and makes the document: the bytes that an edition would hold. */
export async function renderedFeed(
  context: AppContext,
  { state, title, refs }: FeedToRender,
): Promise<Response> {
  const kept = keptFeed(context, state);
  if (kept !== null) return kept;
  const { address } = state;
  const store = context.get("store");
  const articles = await store.articles(refs.map(({ id }) => id));
  if (!articles.ok) return feedUnavailable(articles.failure);
  const categoryTitle = categoryTitles(store.directory);
  const document = renderFeed(
    { ...address, title, articles: articles.value, categoryTitle },
    address.format,
  );
  if (!acceptsGzip(context.req.raw)) {
    return feed(context, { bytes: document, isGzipped: false }, state);
  }
  const bytes = gzip(document, "request");
  context.get("documents").keep(pathOf(address), bytes);
  return feed(context, { bytes, isGzipped: true }, state);
}

function pathOf({ topic, format, page }: FeedAddress): string {
  return feedPath(topic, format, page);
}
