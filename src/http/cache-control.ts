/** How long what may be kept. Never `must-revalidate` and never `s-maxage`: both switch stale-while-revalidate off. */

/** Unknown addresses: short, because an article may appear there. */
export const NOT_FOUND_HEADERS = { "Cache-Control": "public, max-age=60" };

/** Failures: not at all. */
export const UNAVAILABLE_HEADERS = { "Cache-Control": "no-store", "Retry-After": "120" };

/** Pages: fresh for five minutes, shown at once for a day while a new one is fetched. */
export const PAGE_CACHE_CONTROL =
  "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400";

/** Old addresses: they lead where they lead, but an article's front matter may yet be corrected. */
export const REDIRECT_CACHE_CONTROL = "public, max-age=86400";

/** Icons and other files that change with the code only. */
export const ASSET_CACHE_CONTROL = "public, max-age=86400, stale-while-revalidate=604800";

/** Sitemaps: search engines come when they like. */
export const SITEMAP_CACHE_CONTROL = "public, max-age=3600";

/** What is under its own hash. */
export const IMMUTABLE_CACHE_CONTROL = "public, max-age=31536000, immutable";

/** Today's share card under the address of an earlier one. */
export const CARD_CACHE_CONTROL = "public, max-age=300, stale-while-revalidate=86400";
