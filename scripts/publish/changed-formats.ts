import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import type { Manifest, ScopeRecord } from "../../src/store/manifest.ts";

/** The formats in which a feed of the next release is another: all, or those whose renderer changed. */
export function changedFormats(
  previous: Manifest,
  next: Manifest,
  { scope, digest }: ScopeRecord,
): readonly FeedFormat[] {
  if (previous.scope(scope)?.digest !== digest) return FEED_FORMAT_NAMES;
  return FEED_FORMAT_NAMES.filter(
    (format) => previous.formats[format].renderer !== next.formats[format].renderer,
  );
}
