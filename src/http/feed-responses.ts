import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import { feedPath, listPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import type { StoreFailure } from "../store/release-store.ts";
import { FEED_MAX_AGE_SECONDS } from "../render/feed.ts";
import { NOT_FOUND_CACHE_CONTROL, UNAVAILABLE_CACHE_CONTROL } from "./cache-control.ts";
import type { Validators } from "./conditional.ts";
import { validatorHeaders } from "./conditional.ts";

const FEED_CACHE_CONTROL = `public, max-age=${FEED_MAX_AGE_SECONDS}, stale-while-revalidate=3600, stale-if-error=86400`;
/** A day: a correction may yet change a page of the archive. */
const ARCHIVE_CACHE_CONTROL = "public, max-age=86400, stale-if-error=604800";
const RETRY_AFTER_SECONDS = 120;

/** Which document a response is, of which site. */
export interface FeedAddress {
  readonly site: Site;
  readonly scope: Scope;
  readonly format: FeedFormat;
  /** The archive page; null for the feed that is polled. */
  readonly page: string | null;
}

/** Headers by which readers in browsers may use a feed. */
export const CORS_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

/** A feed rendered for this request. */
export function feed(
  document: Uint8Array<ArrayBuffer>,
  address: FeedAddress,
  validators: Validators,
): Response {
  return new Response(document, { headers: feedHeaders(address, validators) });
}

/** A feed that is gzipped already: `encodeBody` keeps the runtime from doing it again, and the edge undoes it for whom it must. */
export function gzippedFeed(
  document: Uint8Array<ArrayBuffer>,
  address: FeedAddress,
  validators: Validators,
): Response {
  return new Response(document, {
    headers: { ...feedHeaders(address, validators), "Content-Encoding": "gzip" },
    encodeBody: "manual",
  });
}

/** 304 with every header of the 200: some readers replace what they remember by these. */
export function feedNotModified(address: FeedAddress, validators: Validators): Response {
  return new Response(null, { status: 304, headers: feedHeaders(address, validators) });
}

/** For programs, in plain text. */
export function feedNotFound(): Response {
  return text(404, "There is no feed here.", { "Cache-Control": NOT_FOUND_CACHE_CONTROL });
}

/** Never 404: readers keep away for days from a feed that they were told does not exist. */
export function feedUnavailable(failure: StoreFailure): Response {
  console.error(JSON.stringify({ message: "Cannot read the release", ...failure }));
  return text(503, "This feed cannot be read right now. Please come back in a few minutes.", {
    "Cache-Control": UNAVAILABLE_CACHE_CONTROL,
    "Retry-After": String(RETRY_AFTER_SECONDS),
  });
}

function text(status: number, body: string, headers: Record<string, string>): Response {
  return new Response(`${body}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", ...CORS_HEADERS, ...headers },
  });
}

function feedHeaders(address: FeedAddress, validators: Validators): Record<string, string> {
  const { scope, format, page } = address;
  return {
    "Content-Type": `${FEED_FORMATS[format].mediaType}; charset=utf-8`,
    "Cache-Control": page === null ? FEED_CACHE_CONTROL : ARCHIVE_CACHE_CONTROL,
    "Content-Location": feedPath(scope, format, page),
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src https:",
    Link: linkHeader(address),
    Vary: "Accept-Encoding",
    ...CORS_HEADERS,
    ...validatorHeaders(validators),
  };
}

/** RFC 8288: the feed itself, its other formats, the page for people, and the hub. */
function linkHeader({ site, scope, format, page }: FeedAddress): string {
  const others = FEED_FORMAT_NAMES.filter((name) => name !== format);
  const links = [
    `<${site.url}${feedPath(scope, format, page)}>; rel="self"; type="${FEED_FORMATS[format].mediaType}"`,
    ...others.map(
      (name) =>
        `<${site.url}${feedPath(scope, name, page)}>; rel="alternate"; type="${FEED_FORMATS[name].mediaType}"`,
    ),
    `<${site.url}${listPath(scope, page)}>; rel="alternate"; type="text/html"`,
    ...(site.hub === null ? [] : [`<${site.hub}>; rel="hub"`]),
  ];
  return links.join(", ");
}
