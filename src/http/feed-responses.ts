import { MOST_COMBINED_SCOPES, isScope } from "../domain/combination.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import type { FeedView } from "../domain/feed-view.ts";
import { feedPath, listPath, subscribePath } from "../domain/links.ts";
import { MILLISECONDS_PER_SECOND } from "../domain/moment.ts";
import type { Feed } from "../render/feed-document.ts";
import { FEED_MAX_AGE_SECONDS } from "../render/feed-head.ts";
import type { Manifest } from "../store/manifest.ts";
import type { StoreFailure } from "../store/release-store.ts";
import { NOT_FOUND_HEADERS, UNAVAILABLE_HEADERS } from "./cache-control.ts";
import { countPoll } from "./count-poll.ts";
import type { Validators } from "./validators.ts";
import { isFresh, validatorHeaders } from "./validators.ts";
import type { EncodableDocument } from "./encoded-response.ts";
import { encodedResponse } from "./encoded-response.ts";
import type { AppContext } from "./env.ts";
import { feedValidators } from "./feed-validators.ts";
import { logFailure } from "./responses.ts";

const FEED_CACHE_CONTROL = `public, max-age=${FEED_MAX_AGE_SECONDS}, stale-while-revalidate=3600, stale-if-error=86400`;
/** Archives are cached for a day, because a correction may still change them. */
const ARCHIVE_CACHE_CONTROL = "public, max-age=86400, stale-if-error=604800";

/** The format in which a feed is wanted, and what it is to show. */
export interface WantedFeed<View extends FeedView = FeedView> {
  readonly format: FeedFormat;
  readonly view: View;
  /** Whether the address names no format, so that the reader's `Accept` header decides. */
  readonly isNegotiated: boolean;
}

/** The site, topic, format and page that a response shows. */
export type FeedAddress = WantedFeed &
  Pick<Feed, "site" | "hubUrl" | "topic" | "page" | "previousPage" | "nextPage">;

/** Headers that let feed readers in browsers fetch a feed from another site. */
export const CORS_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

/** Everything that an answer says about a feed besides the document. */
export interface FeedState {
  readonly address: FeedAddress;
  readonly validators: Validators;
  /** Headers that the 200 and the 304 share. */
  readonly headers: Headers;
}

/**
 * @param digests hashes of what the document shows
 * @param changedAt when that last changed, in seconds since 1970; null where it is not known
 */
export function feedState(
  manifest: Manifest,
  document: Omit<FeedAddress, "site" | "hubUrl">,
  digests: readonly string[],
  changedAt: number | null,
): FeedState {
  const hubUrl = hubOf(manifest, document);
  const address = { ...document, site: manifest.site, hubUrl };
  const state = [...digests];
  if (document.view !== "texts") state.push(document.view);
  // Of the same articles, a tag's feed names the hub or not, as the manifest has room for the tag or not.
  if (hubUrl !== null) state.push("hub");
  const validators = feedValidators(manifest, address.format, state, changedAt);
  return { address, validators, headers: new Headers(feedHeaders(address, validators)) };
}

/**
 * The hub of a feed of which deploys tell it: of the newest articles, with texts, of a scope that the manifest knows. Whoever subscribed to
 * another one there would wait in vain.
 */
function hubOf(
  manifest: Manifest,
  { topic, page, view }: Pick<FeedAddress, "topic" | "page" | "view">,
): string | null {
  const isNewest = page === null && view === "texts";
  const isTold = isNewest && isScope(topic) && manifest.scope(topic) !== null;
  return isTold ? manifest.site.hub : null;
}

/** Whether the reader already has the current document. */
export function isCurrentFeed({ req }: AppContext, { validators }: FeedState): boolean {
  const ifNoneMatch = req.header("If-None-Match") ?? "";
  // Read only where it counts, because each header that is read costs a poll two percent.
  const ifModifiedSince = ifNoneMatch === "" ? req.header("If-Modified-Since") : undefined;
  return isFresh(ifNoneMatch, ifModifiedSince, validators);
}

/** The 200 with the document. */
export function feed(context: AppContext, document: EncodableDocument, state: FeedState): Response {
  countPoll(context, state.address, false);
  return encodedResponse(context.req.raw, document, headersNow(context, state));
}

/** A 304 with every header of the 200, because some readers replace their stored headers by these. */
export function feedNotModified(context: AppContext, state: FeedState): Response {
  countPoll(context, state.address, true);
  return new Response(null, { status: 304, headers: headersNow(context, state) });
}

/**
 * The headers without a `Last-Modified` that lies ahead, which RFC 9110, section 8.8.2.1, forbids: the clock of the machine
 * that bundled may have been ahead. The present moment in its place, as is said there, would not be one that
 * `If-Modified-Since` could be compared with.
 */
function headersNow(
  context: AppContext,
  { headers, validators: { lastModified } }: FeedState,
): Headers {
  if (lastModified === null) return headers;
  if (lastModified * MILLISECONDS_PER_SECOND <= context.get("now")()) return headers;
  const present = new Headers(headers);
  present.delete("Last-Modified");
  return present;
}

const FEED_ERRORS = {
  notFound: [404, "There is no feed here.", NOT_FOUND_HEADERS],
  gone: [410, "This feed was withdrawn.", NOT_FOUND_HEADERS],
  tooMany: [
    400,
    `A combined feed has at most ${MOST_COMBINED_SCOPES} categories and tags.`,
    NOT_FOUND_HEADERS,
  ],
  notCombined: [
    400,
    "A feed of a language stands alone: /feed.xml?lang=en. It cannot be combined with categories and tags.",
    NOT_FOUND_HEADERS,
  ],
  noLanguage: [
    404,
    "There is no feed of this language: the site has no articles in it, or no others.",
    NOT_FOUND_HEADERS,
  ],
  notNarrowed: [
    400,
    "Feeds of a language and digests cannot be narrowed with ?q= or ?without=. Other feeds can: /feed.xml?q=news.",
    NOT_FOUND_HEADERS,
  ],
  badQuery: [
    400,
    "A search needs a word to look for, such as /search/feed.xml?q=news: 16 words or 32 Chinese characters at most, and not a single one.",
    NOT_FOUND_HEADERS,
  ],
  unavailable: [
    503,
    "This feed cannot be read right now. Please come back in a few minutes.",
    UNAVAILABLE_HEADERS,
  ],
} as const;

/** An error in plain text, because programs read it. */
export function feedError(error: keyof typeof FEED_ERRORS): Response {
  const [status, text, headers] = FEED_ERRORS[error];
  return new Response(`${text}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", ...CORS_HEADERS, ...headers },
  });
}

/** A 503, never a 404: readers stay away for days from a feed that they were told does not exist. */
export function feedUnavailable(failure: StoreFailure): Response {
  logFailure(failure);
  return feedError("unavailable");
}

function feedHeaders(address: FeedAddress, validators: Validators): Record<string, string> {
  const { topic, format, page, view, isNegotiated } = address;
  return {
    "Content-Type": `${FEED_FORMATS[format].mediaType}; charset=utf-8`,
    "Cache-Control": page === null ? FEED_CACHE_CONTROL : ARCHIVE_CACHE_CONTROL,
    "Content-Location": feedPath(topic, format, page, view),
    "Content-Security-Policy":
      "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src https:",
    Link: linkHeader(address),
    // At the same address, browsers get the page for people.
    Vary: isNegotiated
      ? "Accept, Accept-Encoding, Sec-Fetch-Dest"
      : "Accept-Encoding, Sec-Fetch-Dest",
    ...CORS_HEADERS,
    ...validatorHeaders(validators),
  };
}

/**
 * The `Link` header (RFC 8288): the feed itself, its other formats, its archive (RFC 5005), the page for people, and
 * the hub.
 */
function linkHeader(address: FeedAddress): string {
  const { site, hubUrl, topic, format, page, view, previousPage, nextPage } = address;
  const { mediaType } = FEED_FORMATS[format];
  const urlOf = (name: string | null): string => site.url + feedPath(topic, format, name, view);
  const others = FEED_FORMAT_NAMES.filter((name) => name !== format);
  const forPeople = topic.kind === "combination" ? subscribePath(topic) : listPath(topic, page);
  const links = [
    link(urlOf(page), "self", mediaType),
    ...others.map((name) =>
      link(site.url + feedPath(topic, name, page, view), "alternate", FEED_FORMATS[name].mediaType),
    ),
    link(site.url + forPeople, "alternate", "text/html"),
    page === null ? null : link(urlOf(null), "current", mediaType),
    previousPage === null ? null : link(urlOf(previousPage), "prev-archive", mediaType),
    nextPage === null ? null : link(urlOf(nextPage), "next-archive", mediaType),
    hubUrl === null ? null : link(hubUrl, "hub", null),
  ];
  return links.filter((item) => item !== null).join(", ");
}

function link(url: string, relation: string, mediaType: string | null): string {
  const type = mediaType === null ? "" : `; type="${mediaType}"`;
  return `<${url}>; rel="${relation}"${type}`;
}
