import { sharePath } from "../domain/links.ts";
import { parseShareId } from "../domain/share-id.ts";
import {
  FAVICON_SVG,
  faviconIco as drawFaviconIco,
  touchIcon as drawTouchIcon,
} from "../render/icons.ts";
import { feedStylesheet as makeFeedStylesheet } from "../render/feed-stylesheet.ts";
import { qrCodeFile } from "../render/qr-code.ts";
import { renderRobots } from "../render/robots.ts";
import { ASSET_CACHE_CONTROL } from "./cache-control.ts";
import type { AppContext } from "./env.ts";
import { isIndexed } from "./env.ts";
import { errorPage, unavailable } from "./responses.ts";

/** `/favicon.svg`. */
export const favicon = (): Response => asset("image/svg+xml", FAVICON_SVG);

/** `/favicon.ico`, which many programs request without reading a page. */
export const faviconIco = (): Response => asset("image/x-icon", drawFaviconIco());

/** `/feed.css`: the stylesheet of a feed document that a browser shows as it is. */
export function feedStylesheet(context: AppContext): Response {
  const { theme } = context.get("store").manifest.site;
  return asset("text/css; charset=utf-8", makeFeedStylesheet(theme));
}

/** `/apple-touch-icon.png`, which phones request on their own, older ones as `-precomposed`, and feeds name as their icon. */
export function touchIcon(): Response {
  const icon = asset("image/png", drawTouchIcon());
  icon.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  return icon;
}

/** `/robots.txt`. */
export function robots(context: AppContext): Response {
  const { site, searchEngines } = context.get("store").manifest;
  const hasNews = searchEngines.newsName !== undefined;
  return asset("text/plain; charset=utf-8", renderRobots(site, isIndexed(context.env), hasNews));
}

/** `/q/{id}.svg`: the QR code of a share page's address. One read at most, to say 404 where no such page is. */
export async function qrCode(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const name = /^(.+)\.svg$/.exec(context.req.param("file") ?? "")?.[1] ?? "";
  const id = parseShareId(name);
  if (id === null || id !== name) return errorPage(manifest, "notFound");
  const exists = await store.hasArticle(id);
  if (!exists.ok) return unavailable(manifest, exists.failure);
  if (!exists.value) return errorPage(manifest, "notFound");
  return asset("image/svg+xml", qrCodeFile(manifest.site.url + sharePath(id)));
}

function asset(contentType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    headers: { "Content-Type": contentType, "Cache-Control": ASSET_CACHE_CONTROL },
  });
}
