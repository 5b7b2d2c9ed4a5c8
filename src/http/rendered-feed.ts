import type { Article } from "../domain/article.ts";
import { feedPath } from "../domain/links.ts";
import { ok } from "../domain/result.ts";
import type { ShareId } from "../domain/share-id.ts";
import { byteLengthOf } from "../render/chunk.ts";
import type { Feed } from "../render/feed-document.ts";
import { MAXIMUM_FEED_BYTES } from "../render/feed-document.ts";
import { renderFeedPieces, renderXmlFeed } from "../render/feed.ts";
import { gzip } from "../store/gzip.ts";
import { joinedBytes } from "../store/joined-bytes.ts";
import type { DeflatedBody } from "../store/pack.ts";
import { inflateBody } from "../store/pack.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";
import { splicedGzip } from "../store/spliced-gzip.ts";
import type { EncodableDocument } from "./encoded-response.ts";
import { acceptsGzip } from "./encoded-response.ts";
import type { AppContext } from "./env.ts";
import type { FeedAddress, FeedState } from "./feed-responses.ts";
import { feed, feedUnavailable } from "./feed-responses.ts";

/**
 * Bodies of at least this total size are put into the document still compressed. Compressing them anew would take ten
 * times as long, and with many long bodies longer than the free plan allows. Below this size, compressing takes 2 ms
 * and saves half of the bytes.
 */
const LEAST_BYTES_TO_SPLICE = 100_000;

/**
 * Documents of more bytes that cannot be spliced, as JSON Feed cannot, are sent in gzip's frame but not compressed: at 9 ms
 * a megabyte, compressing alone would take what the free plan allows a request. Feeds of usual articles are smaller.
 */
const MOST_BYTES_TO_COMPRESS = 250_000;

/** The answer with a document that this isolate has made before; null where it has made none. */
export function keptFeed(context: AppContext, state: FeedState): Response | null {
  const bytes = context.get("documents").get(pathOf(state.address));
  return bytes === null ? null : feed(context, { bytes, isGzipped: true }, state);
}

/**
 * Reads the articles, all packs at once, and makes the same document that a prerendered feed would hold.
 *
 * @param refs newest first
 */
export async function renderedFeed(
  context: AppContext,
  state: FeedState,
  title: string,
  refs: readonly { readonly id: ShareId }[],
): Promise<Response> {
  const kept = keptFeed(context, state);
  if (kept !== null) return kept;
  const store = context.get("store");
  const { categoryTitle } = store.manifest;
  const shared = { ...state.address, title, categoryTitle };
  const ids = refs.map(({ id }) => id);
  const document = await makeDocument(store, shared, ids, acceptsGzip(context.req.raw));
  if (!document.ok) return feedUnavailable(document.failure);
  const { bytes, isGzipped } = document.value;
  if (isGzipped) {
    // The copy frees the document's buffer, which may be larger than the document.
    context.get("documents").set(pathOf(state.address), bytes.slice(), bytes.byteLength);
  }
  return feed(context, document.value, state);
}

async function makeDocument(
  store: ReleaseStore,
  shared: FeedAddress & Omit<Feed, "articles">,
  ids: readonly ShareId[],
  isGzipped: boolean,
): StoreResult<EncodableDocument> {
  const { format, page } = shared;
  const stored = await store.storedArticles(ids);
  if (!stored.ok) return stored;
  const bodies = stored.value.map(({ body }) => body);
  // JSON Feed escapes bodies, so they must be decompressed.
  if (isGzipped && format !== "json" && byteLengthOf(bodies) >= LEAST_BYTES_TO_SPLICE) {
    const pieces = renderXmlFeed({ ...shared, articles: stored.value }, format);
    return ok({ bytes: splicedGzip(pieces), isGzipped });
  }
  const shown = page === null ? mayFit(stored.value) : stored.value;
  const articles = shown.map((article) => ({ ...article, body: inflateBody(article.body) }));
  const pieces = renderFeedPieces({ ...shared, articles }, format);
  if (isGzipped && byteLengthOf(pieces) > MOST_BYTES_TO_COMPRESS) {
    return ok({ bytes: splicedGzip(pieces), isGzipped });
  }
  const document = joinedBytes(pieces);
  return ok({ bytes: isGzipped ? gzip(document, "request") : document, isGzipped });
}

/** The articles without those that are beyond the document's limit: they would be decompressed only to be left out. */
function mayFit(articles: readonly Article<DeflatedBody>[]): readonly Article<DeflatedBody>[] {
  let bytes = 0;
  const beyond = articles.findIndex(({ body }, index) => {
    bytes += body.byteLength;
    return index > 0 && bytes > MAXIMUM_FEED_BYTES;
  });
  return beyond < 0 ? articles : articles.slice(0, beyond);
}

function pathOf({ topic, format, page }: FeedAddress): string {
  return feedPath(topic, format, page);
}
