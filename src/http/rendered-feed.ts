import type { ShareId } from "../domain/share-id.ts";
import { renderFeed } from "../render/feed.ts";
import type { Validators } from "./conditional.ts";
import type { AppContext } from "./env.ts";
import type { FeedAddress } from "./feed-responses.ts";
import { feed, feedUnavailable } from "./feed-responses.ts";
import { categoryTitles } from "../store/scope-titles.ts";

export interface FeedToRender {
  readonly address: FeedAddress;
  readonly validators: Validators;
  /** The topic as people know it. */
  readonly title: string;
  /** Newest first. */
  readonly refs: readonly { readonly id: ShareId }[];
}

/** Reads the articles, all packs at once, and makes the document: the bytes that an edition would hold. */
export async function renderedFeed(
  context: AppContext,
  { address, validators, title, refs }: FeedToRender,
): Promise<Response> {
  const store = context.get("store");
  const articles = await store.articles(refs.map(({ id }) => id));
  if (!articles.ok) return feedUnavailable(articles.failure);
  const categoryTitle = categoryTitles(store.directory);
  const document = renderFeed(
    { ...address, title, articles: articles.value, categoryTitle },
    address.format,
  );
  return feed(context, { bytes: document, isGzipped: false }, address, validators);
}
