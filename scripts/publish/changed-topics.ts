import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { feedPath } from "../../src/domain/links.ts";
import type { Manifest } from "../../src/store/manifest.ts";

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
    .filter(({ scope, digest }) => previous.scope(scope)?.digest !== digest)
    .flatMap(({ scope }) =>
      FEED_FORMAT_NAMES.map((format) => next.site.url + feedPath(scope, format)),
    );
}
