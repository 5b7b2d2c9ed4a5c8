import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { feedPath } from "../../src/domain/links.ts";
import type { Manifest, ScopeRecord } from "../../src/store/manifest.ts";

/**
 * The addresses of the feeds that a release changes: what a WebSub hub is told about. Tags too rare for the manifest are
 * left to be polled.
 *
 * @param previous release; null where there was none, and nobody can have subscribed yet
 */
export function changedTopics(previous: Manifest | null, next: Manifest): readonly string[] {
  if (previous === null) return [];
  return next
    .scopes()
    .flatMap((record) =>
      changedFormats(previous, next, record).map(
        (format) => next.site.url + feedPath(record.scope, format),
      ),
    );
}

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
