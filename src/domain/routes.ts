import { FEED_FORMATS } from "./feed-format.ts";
import {
  CATEGORIES_PATH,
  FAVICON_PATH,
  FEED_STYLESHEET_PATH,
  OPML_PATH,
  SEARCH_PATH,
  SITEMAP_INDEX_PATH,
  TOUCH_ICON_PATH,
} from "./links.ts";
import { NAMED_KINDS } from "./scope.ts";
import { parseShareId } from "./share-id.ts";

/*
 * Every path at which the Worker answers, by what it answers with: `src/http/app.ts` has a handler for each. `:name`
 * stands for one segment. All other paths are old addresses.
 */

const SCOPES = NAMED_KINDS.map((kind) => `/${kind}/:name`);

const ofAnyScope = (file: string): readonly string[] =>
  ["", ...SCOPES].map((scope) => `${scope}/${file}`);

/** Where a site that can be searched answers. Others may have pages and old addresses there. */
export const SEARCH_ROUTES = {
  searchPage: SEARCH_PATH,
  rss: `${SEARCH_PATH}/${FEED_FORMATS.rss.file}`,
  atom: `${SEARCH_PATH}/${FEED_FORMATS.atom.file}`,
  json: `${SEARCH_PATH}/${FEED_FORMATS.json.file}`,
  preferredFeed: `${SEARCH_PATH}/feed`,
} as const;

/** Feed readers try the paths without a scope when they guess a site's feed. */
export const ROUTES = {
  homePage: ["/"],
  sharePage: ["/s/:id"],
  linkPreview: ["/s/:id/preview"],
  card: ["/c/:file"],
  qrCode: ["/q/:file"],
  oembed: ["/oembed"],
  list: SCOPES,
  categories: [CATEGORIES_PATH],
  rss: ofAnyScope(FEED_FORMATS.rss.file).concat(
    "/rss",
    "/rss.xml",
    "/feed.rss",
    "/index.rss",
    "/index.xml",
    "/rss/feed.xml",
  ),
  atom: [...ofAnyScope(FEED_FORMATS.atom.file), "/atom", "/feed.atom", "/index.atom"],
  json: ofAnyScope(FEED_FORMATS.json.file),
  rssDigest: ofAnyScope(FEED_FORMATS.rss.digestFile),
  atomDigest: ofAnyScope(FEED_FORMATS.atom.digestFile),
  jsonDigest: ofAnyScope(FEED_FORMATS.json.digestFile),
  preferredFeed: ofAnyScope("feed"),
  opml: [OPML_PATH],
  sitemapIndex: [SITEMAP_INDEX_PATH],
  health: ["/healthz"],
  robots: ["/robots.txt"],
  favicon: [FAVICON_PATH],
  faviconIco: ["/favicon.ico"],
  touchIcon: [TOUCH_ICON_PATH, "/apple-touch-icon-precomposed.png"],
  feedStylesheet: [FEED_STYLESHEET_PATH],
  oldSharePage: ["/html_News/NewsShare.html"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * `/sitemap-{period}.xml`. It is matched by its handler, because a pattern beside fixed names makes Hono fall back to a
 * router that costs every request a tenth more.
 */
export const SITEMAP_PATH = /^\/sitemap-(?<period>[^/]+)\.xml$/;

/** Lists look for an old address where they know no scope, and share pages where they know no article. */
const { sharePage: SHARE_PAGE, list: _, ...ANSWERING } = ROUTES;

const ANSWERING_PATHS = matcherOf(Object.values(ANSWERING).flat());
const SHARE_PATHS = matcherOf(SHARE_PAGE);

const ROUTED_PATHS = matcherOf(Object.values(ROUTES).flat());

/** Whether a percent-decoded path is one of the Worker's own, so that no page of the site could be there. */
export function isRouted(path: string): boolean {
  return ROUTED_PATHS.test(path) || SITEMAP_PATH.test(path);
}

/** Whether the Worker has an answer of its own at a percent-decoded path, so that no old address could work there. */
export function isAnswered(path: string): boolean {
  if (SHARE_PATHS.test(path)) {
    const id = path.split("/")[2] ?? "";
    return parseShareId(id) !== id;
  }
  return ANSWERING_PATHS.test(path) || SITEMAP_PATH.test(path);
}

function matcherOf(routes: readonly string[]): RegExp {
  const patterns = routes.map((route) =>
    route.replaceAll(".", String.raw`\.`).replaceAll(/:\w+/g, "[^/]+"),
  );
  return new RegExp(`^(?:${patterns.join("|")})/*$`, "i");
}

const FIRST_SEGMENTS: ReadonlySet<string | undefined> = new Set(
  Object.values(ROUTES)
    .flat()
    .map((route) => route.split("/")[1]?.toLowerCase()),
);

/** Whether a file could not be served at a path, because its first segment begins addresses of the Worker's own. */
export function isReserved(firstSegment: string): boolean {
  return FIRST_SEGMENTS.has(firstSegment.toLowerCase());
}
