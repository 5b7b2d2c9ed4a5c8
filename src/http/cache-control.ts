/*
 * How long answers may be kept. `must-revalidate` and `s-maxage` are never used, because both switch
 * stale-while-revalidate off.
 */

/** A 404 is kept briefly, because an article may appear there. */
export const NOT_FOUND_HEADERS = { "Cache-Control": "public, max-age=60" };

/** Failures are never kept. */
export const UNAVAILABLE_HEADERS = { "Cache-Control": "no-store", "Retry-After": "120" };

/** Pages are fresh for five minutes, and may be shown for a day while a new copy is fetched. */
export const PAGE_CACHE_CONTROL =
  "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400";

/** Redirects are kept for a day only, because a correction in the front matter may change them. */
export const REDIRECT_CACHE_CONTROL = "public, max-age=86400";

/** Icons and other files that change only with the code. */
export const ASSET_CACHE_CONTROL = "public, max-age=86400, stale-while-revalidate=604800";

export const SITEMAP_CACHE_CONTROL = "public, max-age=3600";

/** For addresses that contain the hash of their content. */
export const IMMUTABLE_CACHE_CONTROL = "public, max-age=31536000, immutable";

/** For an address with an outdated hash, which gets today's share card. */
export const CARD_CACHE_CONTROL = "public, max-age=300, stale-while-revalidate=86400";
