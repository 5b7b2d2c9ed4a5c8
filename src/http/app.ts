import type { Handler } from "hono";
import { Hono } from "hono";
import { mediaTypeOf } from "../domain/media-type.ts";
import { ROUTES, SEARCH_ROUTES } from "../domain/routes.ts";
import type { Manifest } from "../store/manifest.ts";
import type { Pack } from "../store/pack.ts";
import { ReleaseStore } from "../store/release-store.ts";
import { ValueCache } from "../store/value-cache.ts";
import {
  favicon,
  faviconIco,
  feedStylesheet,
  qrCode,
  robots,
  touchIcon,
} from "./asset-handlers.ts";
import { card } from "./card-handler.ts";
import { categories } from "./categories-handler.ts";
import { canonicalPath, writtenPath } from "./canonical-path.ts";
import type { AppTypes } from "./env.ts";
import { digestIn, feedIn, preferredFeed } from "./feed-handler.ts";
import { health } from "./health-handler.ts";
import { homePage, scopeList } from "./list-handler.ts";
import { indexNowKey } from "./index-now-key.ts";
import { mediaFiles } from "./media-file.ts";
import { oldAddress, oldSharePage } from "./old-address-handler.ts";
import { onlyReading } from "./only-reading.ts";
import { oneSpelling } from "./one-spelling.ts";
import { opml } from "./opml-handler.ts";
import { otherHosts } from "./other-hosts.ts";
import { errorPage } from "./responses.ts";
import { pictureForm } from "./picture-handler.ts";
import { searchPage } from "./search-handler.ts";
import { sitePage } from "./site-page-handler.ts";
import { sitemap, sitemapIndex } from "./sitemap-handler.ts";
import { linkPreview, oembed, sharePage } from "./share-handlers.ts";

/** Opened packs that an isolate keeps; it may use 128 MB in all. */
const PACK_CACHE_BYTES = 16 * 1024 * 1024;
/** Finished documents that an isolate keeps. */
const DOCUMENT_CACHE_BYTES = 32 * 1024 * 1024;

/** What answers at each of the site's own paths. */
const HANDLERS: Readonly<Record<keyof typeof ROUTES, Handler<AppTypes>>> = {
  homePage,
  sharePage,
  linkPreview,
  card,
  qrCode,
  oembed,
  list: scopeList,
  categories,
  rss: feedIn("rss"),
  atom: feedIn("atom"),
  json: feedIn("json"),
  rssDigest: digestIn("rss"),
  atomDigest: digestIn("atom"),
  jsonDigest: digestIn("json"),
  preferredFeed,
  opml,
  sitemapIndex,
  health,
  robots,
  favicon,
  faviconIco,
  touchIcon,
  feedStylesheet,
  oldSharePage,
};

/** The same of sites that can be searched. */
const SEARCH_HANDLERS: Readonly<Record<keyof typeof SEARCH_ROUTES, Handler<AppTypes>>> = {
  searchPage,
  rss: feedIn("rss"),
  atom: feedIn("atom"),
  json: feedIn("json"),
  preferredFeed,
};

/**
 * The web application for one release. Its paths are listed in `ROUTES`.
 *
 * @param now the clock, in milliseconds since 1970
 */
export function createApp(manifest: Manifest, now: () => number = Date.now): Hono<AppTypes> {
  const packs = new ValueCache<Pack>(PACK_CACHE_BYTES);
  const documents = new ValueCache<Uint8Array<ArrayBuffer>>(DOCUMENT_CACHE_BYTES);
  const app = new Hono<AppTypes>({
    getPath: (request) => canonicalPath(writtenPath(request.url)),
  });

  const [mediaFile, forHost] = [mediaFiles(), otherHosts(manifest.site)];
  // One function around all handlers, because each costs a poll as much as reading a header, and each look at the URL does.
  app.use(async (context, next) => {
    context.set("store", new ReleaseStore(manifest, context.env.RELEASES, packs));
    context.set("documents", documents);
    context.set("now", now);
    const { url } = context.req;
    const path = writtenPath(url);
    const answer =
      onlyReading(context, manifest) ??
      (mediaTypeOf(path) === null ? null : await mediaFile(context, path));
    if (answer === null) {
      await next();
      oneSpelling(context, path);
    } else {
      context.res = answer;
    }
    forHost(context, url);
  });

  for (const [name, handler] of Object.entries(HANDLERS)) {
    for (const path of ROUTES[name as keyof typeof ROUTES]) app.get(path, handler);
  }
  for (const [name, handler] of Object.entries(SEARCH_HANDLERS)) {
    // Where the site cannot be searched, another page or an old address may be there.
    if (manifest.search !== null) {
      app.get(SEARCH_ROUTES[name as keyof typeof SEARCH_ROUTES], handler);
    }
  }
  app.get("*", pictureForm, sitemap, indexNowKey, sitePage, oldAddress);

  app.onError((error) => {
    console.error(error);
    return errorPage(manifest, "unavailable");
  });
  return app;
}
