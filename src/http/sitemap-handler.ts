import type { Next } from "hono";
import { isPageName } from "../domain/archive.ts";
import { NEWS_SITEMAP_PERIOD, PAGES_SITEMAP_PERIOD } from "../domain/links.ts";
import { MILLISECONDS_PER_SECOND } from "../domain/moment.ts";
import { SITEMAP_PATH } from "../domain/routes.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { sitemapPeriods } from "../domain/sitemap-periods.ts";
import type { NewsArticles } from "../render/news-sitemap.ts";
import { NEWS, newsSitemapSince } from "../render/news-sitemap.ts";
import { renderPagesSitemap, renderSitemap, renderSitemapIndex } from "../render/sitemap.ts";
import { NEWS_SITEMAP_KEY, pageIndexKey } from "../store/collection-entry.ts";
import type { Validators } from "./validators.ts";
import { validatorHeaders } from "./validators.ts";
import type { AppContext } from "./env.ts";
import { isCurrentPage, packValidators } from "./page-validators.ts";
import { SITEMAP_CACHE_CONTROL } from "./cache-control.ts";
import { errorPage, unavailable } from "./responses.ts";

/** The most packs that a sitemap reads; periods of `sitemapPeriods` never need more. */
const MOST_READS = 2;

const HOUR = 3600;
/** `/sitemap.xml`: the index of the sitemaps. One read. */
export async function sitemapIndex(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { newsName } = manifest.searchEngines;
  const pack = manifest.packOf("collections", pageIndexKey(SITE_SCOPE)) ?? "none";
  // What the index names besides is in no pack.
  const validators = packValidators(manifest, newsName === undefined ? [pack] : [pack, "news"]);
  if (isCurrentPage(context, validators)) return sitemapResponse(null, validators);
  const pages = await store.pageIndex(SITE_SCOPE);
  if (!pages.ok) return unavailable(manifest, pages.failure);
  const periods = [
    ...(newsName === undefined ? [] : [NEWS_SITEMAP_PERIOD]),
    ...(manifest.pages.length === 0 ? [] : [PAGES_SITEMAP_PERIOD]),
    ...sitemapPeriods(pages.value),
  ];
  return sitemapResponse(renderSitemapIndex(manifest.site, periods), validators);
}

/** `/sitemap-2022-01.xml`: the articles of a month, or of a day or less where there were many, or the site's own pages. Other paths are passed on. */
export async function sitemap(context: AppContext, next: Next): Promise<Response | undefined> {
  const period = SITEMAP_PATH.exec(context.req.path)?.groups?.["period"];
  if (period === undefined) {
    await next();
    return undefined;
  }
  const store = context.get("store");
  const { manifest } = store;
  if (period === PAGES_SITEMAP_PERIOD && manifest.pages.length > 0) {
    const validators = packValidators(manifest, []);
    if (isCurrentPage(context, validators)) return sitemapResponse(null, validators);
    const addresses = manifest.pages.map(({ address }) => address);
    return sitemapResponse(renderPagesSitemap(manifest.site, addresses), validators);
  }
  const { newsName } = manifest.searchEngines;
  if (period === NEWS_SITEMAP_PERIOD && newsName !== undefined) {
    return newsSitemap(context, newsName);
  }
  const packs = isPageName(period) ? store.sitePagePacks(period) : [];
  // A period that the index does not name may be spread over any number of packs.
  if (packs.length === 0 || packs.length > MOST_READS) return errorPage(manifest, "notFound");
  const validators = packValidators(manifest, packs);
  if (isCurrentPage(context, validators)) return sitemapResponse(null, validators);

  const refs = await store.sitePages(period);
  if (!refs.ok) return unavailable(manifest, refs.failure);
  if (refs.value.length === 0) return errorPage(manifest, "notFound");
  return sitemapResponse(renderSitemap(manifest.site, refs.value), validators);
}

/**
 * `/sitemap-news.xml`: the articles of two days, as they are at the beginning of the hour, so that whoever has it is not sent it
 * again within the hour. One read.
 */
async function newsSitemap(context: AppContext, name: string): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const now = context.get("now")() / MILLISECONDS_PER_SECOND;
  const since = Math.floor(now / HOUR) * HOUR - NEWS.seconds;
  const pack = manifest.packOf("collections", NEWS_SITEMAP_KEY) ?? "none";
  const validators = packValidators(manifest, [pack, encodeURIComponent(name), String(since)]);
  if (isCurrentPage(context, validators)) return sitemapResponse(null, validators);
  const news = await store.news();
  if (!news.ok) return unavailable(manifest, news.failure);
  return sitemapResponse(newsSitemapSince(news.value ?? NO_NEWS, since), validators);
}

const NO_NEWS: NewsArticles = { xml: new Uint8Array(), ends: [] };

/** @param document null for a 304 */
function sitemapResponse(
  document: Uint8Array<ArrayBuffer> | null,
  validators: Validators,
): Response {
  return new Response(document, {
    status: document === null ? 304 : 200,
    headers: {
      "Content-Type": "application/xml; charset=utf-8",
      "Cache-Control": SITEMAP_CACHE_CONTROL,
      "Content-Security-Policy": "default-src 'none'",
      ...validatorHeaders(validators),
    },
  });
}
