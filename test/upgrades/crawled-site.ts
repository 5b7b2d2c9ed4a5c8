import { createHash } from "node:crypto";
import * as v from "valibot";
import type { Answer } from "./kept-release.ts";

/** What an address is for. */
export const KINDS = [
  "feed",
  "page",
  "preview",
  "list of feeds",
  "sitemap",
  "card",
  "file",
  "fixed",
] as const;
export type Kind = (typeof KINDS)[number];

const PATTERNS: readonly (readonly [RegExp, Kind])[] = [
  [/\/(?:feed\.xml|atom\.xml|feed\.json|feed)(?:\?.*)?$/, "feed"],
  [/^\/oembed\?/, "preview"],
  [/^\/feeds\.opml$/, "list of feeds"],
  [/^\/sitemap.*\.xml$/, "sitemap"],
  [/^\/c\//, "card"],
  [/^\/(?:img|media)\//, "file"],
  [/^\/(?:q\/|robots\.txt|favicon|apple-touch-icon|feed\.css)/, "fixed"],
];

/** Ids by which programs know a feed and its entries. */
export interface Ids {
  readonly feed: string | null;
  readonly entries: readonly string[];
}

/** What an address answered. */
export interface Crawled {
  readonly status: number;
  readonly location: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** A hash of the body. */
  readonly body: string;
  readonly ids: Ids;
}

/** Addresses to which nothing on the site leads. */
const BEGINNINGS = [
  "/",
  "/feed.xml",
  "/feeds.opml",
  "/sitemap.xml",
  "/robots.txt",
  "/harbour.html",
  "/old/harbour/",
  "/2024/harbour%20walk.html",
  "/news/bridge.html",
  "/category/town",
  "/city/withdrawn.html",
  "/2022/05/05/withdrawn.html",
];
const ADDRESS =
  /(?:href|src|srcset|xmlUrl|htmlUrl|url)="([^" ]+)|<(?:loc|guid[^>]*|id|link)>([^<]+)|"(https:[^"\\]+)/g;
const JSON_FEED = v.object({
  feed_url: v.string(),
  items: v.array(v.object({ id: v.string() })),
});

export function kindOf(path: string): Kind {
  return PATTERNS.find(([pattern]) => pattern.test(path))?.[1] ?? "page";
}

/** Asks for all addresses of a site to which it leads itself. */
export async function crawl(answer: Answer, origin: string): Promise<ReadonlyMap<string, Crawled>> {
  const crawled = new Map<string, Crawled>();
  const left = new Set(BEGINNINGS);
  for (const path of left) {
    const response = await answer(path);
    const { status, headers } = response;
    const text = await response.text();
    crawled.set(path, {
      status,
      location: headers.get("Location"),
      etag: headers.get("ETag"),
      lastModified: headers.get("Last-Modified"),
      body: createHash("sha256").update(text).digest("hex"),
      ids: idsOf(path, text),
    });
    for (const [, attribute, element, value] of text.matchAll(ADDRESS)) {
      const written = attribute ?? element ?? value ?? "";
      const address = URL.parse(written.replaceAll("&amp;", "&"), origin + path);
      if (address?.origin === origin) left.add(address.pathname + address.search);
    }
  }
  return crawled;
}

/** The ids in a feed; none in another document. */
export function idsOf(path: string, text: string): Ids {
  if (kindOf(path) !== "feed" || text === "") return { feed: null, entries: [] };
  if (text.startsWith("{")) {
    const feed = v.parse(JSON_FEED, JSON.parse(text));
    return { feed: feed.feed_url, entries: feed.items.map(({ id }) => id) };
  }
  const guids = [...text.matchAll(/<guid[^>]*>([^<]+)</g)].map(([, id = ""]) => id);
  const [first = null, ...ids] = [...text.matchAll(/<id>([^<]+)</g)].map(([, id = ""]) => id);
  const self = /<atom:link href="([^"]+)" rel="self"/.exec(text)?.[1] ?? null;
  return text.includes("<rss") ? { feed: self, entries: guids } : { feed: first, entries: ids };
}
