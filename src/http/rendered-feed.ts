import type { ArticleRef } from "../domain/article.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import { feedPath } from "../domain/links.ts";
import { byteLengthOf } from "../render/chunk.ts";
import { ARCHIVED_FEED, limitsOnRequest, withBodiesThatFit } from "../render/feed-bodies.ts";
import type { Feed } from "../render/feed-document.ts";
import { renderFeedPieces, renderXmlFeed } from "../render/feed.ts";
import { variantOf } from "../render/feed-head.ts";
import { feedWords } from "../render/feed-words.ts";
import { gzip } from "../store/gzip.ts";
import { joinedBytes } from "../store/joined-bytes.ts";
import type { DeflatedBody } from "../store/pack.ts";
import { inflateBodies } from "../store/pack.ts";
import { splicedGzip } from "../store/spliced-gzip.ts";
import type { EncodableDocument } from "./encoded-response.ts";
import { acceptsGzip } from "./encoded-response.ts";
import type { AppContext } from "./env.ts";
import type { FeedState } from "./feed-responses.ts";
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
  const bytes = context.get("documents").get(documentName(state));
  return bytes === null ? null : feed(context, { bytes, isGzipped: true }, state);
}

/**
 * Reads the articles, all packs at once, and makes the document: the same that a prerendered feed would hold, as long as
 * it is not too large for a request.
 *
 * @param refs newest first
 * @param otherReads how many reads the request takes besides, at most
 */
export async function renderedFeed(
  context: AppContext,
  state: FeedState,
  title: string,
  refs: readonly ArticleRef[],
  otherReads: number,
): Promise<Response> {
  const kept = keptFeed(context, state);
  if (kept !== null) return kept;
  const store = context.get("store");
  const limits = state.address.page === null ? limitsOnRequest(refs.length) : ARCHIVED_FEED;
  const stored = await store.feedArticles(refs, limits.entries, otherReads);
  if (!stored.ok) return feedUnavailable(stored.failure);
  const { address } = state;
  const phrases = feedWords(store.manifest.site, address.topic);
  const shown: Feed<DeflatedBody> = {
    ...address,
    ...variantOf(address.view, phrases),
    title,
    articles:
      address.view === "texts"
        ? withBodiesThatFit(stored.value, limits)
        : stored.value.map((article) => ({ ...article, body: null })),
    readOn: phrases.readOn,
    categoryTitle: store.manifest.categoryTitle,
  };
  return answered(context, makeDocument(shown, address.format, context.req.raw), state);
}

/** The answer with a document that was made without texts, so that there is nothing to splice. */
export function madeFeed(
  context: AppContext,
  pieces: readonly Uint8Array[],
  state: FeedState,
): Response {
  return answered(context, documentOf(pieces, context.req.raw), state);
}

function answered(context: AppContext, document: EncodableDocument, state: FeedState): Response {
  const { bytes, isGzipped } = document;
  if (isGzipped) context.get("documents").set(documentName(state), bytes, bytes.byteLength);
  return feed(context, document, state);
}

function makeDocument(
  shown: Feed<DeflatedBody>,
  format: FeedFormat,
  request: Request,
): EncodableDocument {
  const bodies = shown.articles.flatMap(({ body }) => body ?? []);
  // JSON Feed escapes bodies, so they must be decompressed. Who does not take gzip gets the same decompressed, which takes less than to
  // decompress each body, and the isolate keeps it for others.
  if (format !== "json" && byteLengthOf(bodies) >= LEAST_BYTES_TO_SPLICE) {
    return { bytes: splicedGzip(renderXmlFeed(shown, format)), isGzipped: true };
  }
  const inflated = inflateBodies(bodies).values();
  const articles = shown.articles.map((article) => ({
    ...article,
    body: article.body === null ? null : (inflated.next().value ?? null),
  }));
  return documentOf(renderFeedPieces({ ...shown, articles }, format), request);
}

function documentOf(pieces: readonly Uint8Array[], request: Request): EncodableDocument {
  const isGzipped = acceptsGzip(request);
  if (isGzipped && byteLengthOf(pieces) > MOST_BYTES_TO_COMPRESS) {
    return { bytes: splicedGzip(pieces), isGzipped };
  }
  const document = joinedBytes(pieces);
  return { bytes: isGzipped ? gzip(document, "request") : document, isGzipped };
}

/** The tag is in it, because at the same address a digest is another one when a day is over. */
function documentName({ address, validators }: FeedState): string {
  const { topic, format, page, view } = address;
  return `${feedPath(topic, format, page, view)} ${validators.entityTag}`;
}
