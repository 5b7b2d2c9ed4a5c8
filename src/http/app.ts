import { Hono } from "hono";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import {
  FAVICON_PATH,
  FEED_STYLESHEET_PATH,
  OPML_PATH,
  SITEMAP_INDEX_PATH,
  TOUCH_ICON_PATH,
} from "../domain/links.ts";
import type { Manifest } from "../store/manifest.ts";
import type { Pack } from "../store/pack.ts";
import { ReleaseStore } from "../store/release-store.ts";
import { ValueCache } from "../store/value-cache.ts";
import { favicon, feedStylesheet, qrCode, robots, touchIcon } from "./asset-handlers.ts";
import { card } from "./card-handler.ts";
import { canonicalPath, writtenPath } from "./canonical-path.ts";
import type { AppTypes } from "./env.ts";
import { feedIn, preferredFeed } from "./feed-handler.ts";
import { health } from "./health-handler.ts";
import { homePage, scopeList } from "./list-handler.ts";
import { oldAddress, oldSharePage } from "./old-address-handler.ts";
import { onlyReading } from "./only-reading.ts";
import { oneSpelling } from "./one-spelling.ts";
import { opml } from "./opml-handler.ts";
import { otherHosts } from "./other-hosts.ts";
import { errorPage } from "./responses.ts";
import { sitemap, sitemapIndex } from "./sitemap-handler.ts";
import { linkPreview, oembed, sharePage } from "./share-handlers.ts";

/** Opened packs that an isolate keeps; it may use 128 MB in all. */
const PACK_CACHE_BYTES = 16 * 1024 * 1024;
/** Finished documents that an isolate keeps. */
const DOCUMENT_CACHE_BYTES = 32 * 1024 * 1024;

const SCOPES = ["/category/:name", "/tag/:name"];
const RSS_ALIASES = ["/rss", "/rss.xml", "/feed.rss", "/index.rss", "/index.xml", "/rss/feed.xml"];
const ATOM_ALIASES = ["/atom", "/feed.atom", "/index.atom"];

/** The web application for one release. Every route is listed here. */
export function createApp(manifest: Manifest): Hono<AppTypes> {
  const packs = new ValueCache<Pack>(PACK_CACHE_BYTES);
  const documents = new ValueCache<Uint8Array<ArrayBuffer>>(DOCUMENT_CACHE_BYTES);
  const app = new Hono<AppTypes>({
    getPath: (request) => canonicalPath(writtenPath(request.url)),
  });

  app.use(onlyReading(manifest.site), otherHosts(manifest.site), oneSpelling);
  app.use(async (context, next) => {
    context.set("store", new ReleaseStore(manifest, context.env.RELEASES, packs));
    context.set("documents", documents);
    await next();
  });

  app.get("/", homePage);
  app.get("/s/:id", sharePage);
  app.get("/s/:id/preview", linkPreview);
  app.get("/c/:file", card);
  app.get("/q/:file", qrCode);
  app.get("/oembed", oembed);
  for (const scope of SCOPES) app.get(scope, scopeList);

  for (const scope of ["", ...SCOPES]) {
    for (const format of FEED_FORMAT_NAMES) {
      app.get(`${scope}/${FEED_FORMATS[format].file}`, feedIn(format));
    }
    app.get(`${scope}/feed`, preferredFeed);
  }
  app.get(OPML_PATH, opml);
  // Feed readers try these paths when they guess a site's feed.
  for (const path of RSS_ALIASES) app.get(path, feedIn("rss"));
  for (const path of ATOM_ALIASES) app.get(path, feedIn("atom"));

  app.get(SITEMAP_INDEX_PATH, sitemapIndex);
  app.get("/healthz", health);
  app.get("/robots.txt", robots);
  app.get(FAVICON_PATH, favicon);
  app.get("/favicon.ico", favicon);
  app.get(TOUCH_ICON_PATH, touchIcon);
  app.get(FEED_STYLESHEET_PATH, feedStylesheet);

  app.get("/html_News/NewsShare.html", oldSharePage);
  // `/sitemap-{period}.xml` is matched by its handler, because a pattern beside fixed names makes Hono fall back to a
  // router that costs every request a tenth more.
  app.get("*", sitemap, oldAddress);

  app.onError((error) => {
    console.error(error);
    return errorPage(manifest.site, "unavailable");
  });
  return app;
}
