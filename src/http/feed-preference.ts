import { parseAccept } from "hono/utils/accept";
import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";

/** General media types under which readers also accept a feed. */
const GENERIC_TYPES = {
  rss: ["application/xml", "text/xml"],
  atom: [],
  json: ["application/json"],
} as const satisfies Record<FeedFormat, readonly string[]>;

const WILDCARDS = ["application/*", "*/*"];

/**
 * Whether a browser will show the answer to a person. Browsers say so, and no feed reader does.
 *
 * @param fetchDestination the header `Sec-Fetch-Dest`
 */
export function isNavigation(fetchDestination: string | null): boolean {
  return fetchDestination === "document";
}

/**
 * What `/feed`, whose path names no format, answers: never 406, and RSS where nothing else is asked for. Only people
 * get the page: readers also accept `text/html`, but never above the feeds (Miniflux puts both at 1, SimplePie HTML at
 * 0.7).
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
  /** The highest quality among the types; null where none is named. */
  const qualityOf = (types: readonly string[]): number | null => {
    const named = accepted.filter(({ type }) => types.includes(type.toLowerCase()));
    return named.length === 0 ? null : Math.max(...named.map(({ q }) => q));
  };
  const preferences = FEED_FORMAT_NAMES.map((format) => {
    const named = qualityOf([FEED_FORMATS[format].mediaType, ...GENERIC_TYPES[format]]);
    return { format, isNamed: named !== null, quality: named ?? qualityOf(WILDCARDS) ?? 0 };
  });

  // At equal quality, a format that is named comes before one that only a wildcard matches. Sorting is stable, so the
  // order of `FEED_FORMAT_NAMES` decides the rest.
  const [best = { format: "rss", quality: 0 }] = preferences.toSorted(
    (a, b) => b.quality - a.quality || Number(b.isNamed) - Number(a.isNamed),
  );
  const htmlQuality = qualityOf(["text/html"]) ?? 0;
  if (fetchDestination === null && htmlQuality > best.quality) return "page";
  return best.quality > 0 ? best.format : "rss";
}
