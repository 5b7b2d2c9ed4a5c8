import { parseAccept } from "hono/utils/accept";
import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";

/** What a reader takes a feed as besides its own media type. */
const GENERIC_TYPES = {
  rss: ["application/xml", "text/xml"],
  atom: [],
  json: ["application/json"],
} as const satisfies Record<FeedFormat, readonly string[]>;

const WILDCARDS = ["application/*", "*/*"];

/**
 * Whether a browser is about to show the answer to a person: it says so, and no feed reader does.
 *
 * @param fetchDestination the header `Sec-Fetch-Dest`
 */
export function isNavigation(fetchDestination: string | null): boolean {
  return fetchDestination === "document";
}

/**
 * What `/feed`, which has no extension to go by, answers: never 406, and RSS where nothing is asked for. A page only for
 * people: readers also name `text/html`, but never above the feeds (Miniflux puts both at 1, SimplePie HTML at 0.7).
 *
 * @param accept the header `Accept`
 * @param fetchDestination the header `Sec-Fetch-Dest`
 */
export function preferredDocument(
  accept: string | null,
  fetchDestination: string | null,
): FeedFormat | "page" {
  if (isNavigation(fetchDestination)) return "page";
  const accepted = parseAccept(accept ?? "");
  /** Null where none of the types is named. */
  const qualityOf = (types: readonly string[]): number | null => {
    const named = accepted.filter(({ type }) => types.includes(type.toLowerCase()));
    return named.length === 0 ? null : Math.max(...named.map(({ q }) => q));
  };
  const preferences = FEED_FORMAT_NAMES.map((format) => {
    const named = qualityOf([FEED_FORMATS[format].mediaType, ...GENERIC_TYPES[format]]);
    return { format, isNamed: named !== null, quality: named ?? qualityOf(WILDCARDS) ?? 0 };
  });

  // A type that is named is meant more than one that a wildcard lets pass; of equals the first of our own order stays first.
  const [best = { format: "rss", quality: 0 }] = preferences.toSorted(
    (a, b) => b.quality - a.quality || Number(b.isNamed) - Number(a.isNamed),
  );
  const htmlQuality = qualityOf(["text/html"]) ?? 0;
  if (fetchDestination === null && htmlQuality > best.quality) return "page";
  return best.quality > 0 ? best.format : "rss";
}
