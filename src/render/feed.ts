import type { FeedFormat } from "../domain/feed-format.ts";
import { ATOM } from "./atom.ts";
import type { Sized } from "./chunk.ts";
import { encodeChunks } from "./chunk.ts";
import type { Digest } from "./digest.ts";
import { layOutDigest } from "./digest.ts";
import type { Feed } from "./feed-document.ts";
import { layOutFeed } from "./feed-document.ts";
import type { FeedWriter, XmlFeedWriter } from "./feed-writer.ts";
import { JSON_FEED } from "./json-feed.ts";
import { RSS } from "./rss.ts";

/** Formats that hold bodies unchanged. */
export type XmlFeedFormat = Exclude<FeedFormat, "json">;

const XML_WRITERS = { rss: RSS, atom: ATOM } satisfies Record<XmlFeedFormat, XmlFeedWriter>;
const WRITERS: Readonly<Record<FeedFormat, FeedWriter>> = { ...XML_WRITERS, json: JSON_FEED };

/** The document of a feed in one format, in UTF-8: the same bytes for the same feed. */
export function renderFeed(feed: Feed, format: FeedFormat): Uint8Array<ArrayBuffer> {
  return encodeChunks(renderFeedPieces(feed, format));
}

/** The same document in pieces, so that it need not be joined before it is compressed or checked. */
export function renderFeedPieces(feed: Feed, format: FeedFormat): readonly Uint8Array[] {
  return layOutFeed(feed, format, WRITERS[format]);
}

/** The document of a digest in one format, in UTF-8 and in pieces. */
export function renderDigest(digest: Digest, format: FeedFormat): readonly Uint8Array[] {
  return layOutDigest(digest, format, WRITERS[format]);
}

/** The same document in pieces, in which bodies are passed on unread, so that they can be compressed ones. */
export function renderXmlFeed<Body extends Sized>(
  feed: Feed<Body>,
  format: XmlFeedFormat,
): readonly (Uint8Array | Body)[] {
  return layOutFeed<Body>(feed, format, XML_WRITERS[format]);
}
