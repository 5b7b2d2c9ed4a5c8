import type { FeedFormat } from "./feed-format.ts";
import { FEED_FORMATS } from "./feed-format.ts";
import type { Scope } from "./scope.ts";
import type { ShareId } from "./share-id.ts";

/** Every public path is built here and only here. All are canonical: percent-encoded, NFC, without a slash at the end. */

export const FAVICON_PATH = "/favicon.svg";
export const TOUCH_ICON_PATH = "/apple-touch-icon.png";

export function sharePath(id: ShareId): string {
  return `/s/${id}`;
}

/** The list of a scope; `page` is an archive page such as `2022-01`. */
export function listPath(scope: Scope, page: string | null = null): string {
  const path = scopePath(scope);
  return `${path === "" ? "/" : path}${pageQuery(page)}`;
}

/** A scope's feed in one format; `page` is an archive page such as `2022-01`. */
export function feedPath(scope: Scope, format: FeedFormat, page: string | null = null): string {
  return `${scopePath(scope)}/${FEED_FORMATS[format].file}${pageQuery(page)}`;
}

/** What stands before the name of a scope's documents: empty, `/category/{slug}` or `/tag/{name}`. */
export function scopePath(scope: Scope): string {
  return scope.kind === "site" ? "" : `/${scope.kind}/${encodeSegment(scope.name)}`;
}

/** One path segment as a URL parser leaves it, so that equal names have equal addresses. */
export function encodeSegment(name: string): string {
  return encodeURIComponent(name.normalize("NFC"));
}

function pageQuery(page: string | null): string {
  return page === null ? "" : `?page=${page}`;
}
