import { parseAccept } from "hono/utils/accept";
import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";

/** What a request says about who sent it, as the headers came. */
export interface RequestManners {
  readonly accept: string | null;
  readonly fetchDestination: string | null;
}

/** What a reader takes a feed as besides its own media type. */
const GENERIC_TYPES = {
  rss: ["application/xml", "text/xml"],
  atom: [],
  json: ["application/json"],
} as const satisfies Record<FeedFormat, readonly string[]>;

const WILDCARDS = ["application/*", "*/*"];

interface Preference {
  readonly quality: number;
  /** A type that is named is meant more than one that a wildcard lets pass. */
  readonly precision: number;
}

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
 */
export function preferredDocument(manners: RequestManners): FeedFormat | "page" {
  if (isNavigation(manners.fetchDestination)) return "page";
  const accepted = parseAccept(manners.accept ?? "");
  /** Null where none of the types is named. */
  const qualityOf = (types: readonly string[]): number | null => {
    const named = accepted.filter(({ type }) => types.includes(type.toLowerCase()));
    return named.length === 0 ? null : Math.max(...named.map(({ q }) => q));
  };
  const preferenceFor = (format: FeedFormat): Preference => {
    const named = qualityOf([FEED_FORMATS[format].mediaType, ...GENERIC_TYPES[format]]);
    return named === null
      ? { quality: qualityOf(WILDCARDS) ?? 0, precision: 0 }
      : { quality: named, precision: 1 };
  };

  // A stable sort: of equals the first of our own order stays first.
  const ranked = FEED_FORMAT_NAMES.map((format) => ({ format, ...preferenceFor(format) })).toSorted(
    (a, b) => b.quality - a.quality || b.precision - a.precision,
  );
  const best = ranked[0] ?? { format: "rss", quality: 0 };
  const htmlQuality = qualityOf(["text/html"]) ?? 0;
  if (manners.fetchDestination === null && htmlQuality > best.quality) return "page";
  return best.quality > 0 ? best.format : "rss";
}
