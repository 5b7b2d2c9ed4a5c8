import { SITEMAP_INDEX_PATH, sharePath } from "../domain/links.ts";
import { parseShareId } from "../domain/share-id.ts";
import { FAVICON_SVG, touchIcon as drawTouchIcon } from "../render/icons.ts";
import { FEED_STYLESHEET } from "../render/feed-stylesheet.ts";
import { qrCodeFile } from "../render/qr-code.ts";
import { ASSET_CACHE_CONTROL } from "./cache-control.ts";
import type { AppContext } from "./env.ts";
import { errorPage, unavailable } from "./responses.ts";

/** `/favicon.svg`, and `/favicon.ico`, which many programs request without reading a page. */
export const favicon = (): Response => asset("image/svg+xml", FAVICON_SVG);

/** `/feed.css`: the stylesheet of a feed document that a browser shows as it is. */
export const feedStylesheet = (): Response => asset("text/css; charset=utf-8", FEED_STYLESHEET);

/** `/apple-touch-icon.png`, which phones request on their own and feeds name as their icon. */
export function touchIcon(): Response {
  const icon = asset("image/png", drawTouchIcon());
  icon.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  return icon;
}

/** `/robots.txt`: allows everything and names the sitemap. */
export function robots(context: AppContext): Response {
  const { url } = context.get("store").manifest.site;
  const text = `User-agent: *\nAllow: /\n\nSitemap: ${url}${SITEMAP_INDEX_PATH}\n`;
  return asset("text/plain; charset=utf-8", text);
}

/** `/q/{id}.svg`: the QR code of a share page's address. One read at most, to say 404 where no such page is. */
export async function qrCode(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { site } = store.manifest;
  const name = /^(.+)\.svg$/.exec(context.req.param("file") ?? "")?.[1] ?? "";
  const id = parseShareId(name);
  if (id === null || id !== name) return errorPage(site, "notFound");
  const exists = await store.hasArticle(id);
  if (!exists.ok) return unavailable(site, exists.failure);
  if (!exists.value) return errorPage(site, "notFound");
  return asset("image/svg+xml", qrCodeFile(site.url + sharePath(id)));
}

function asset(contentType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    headers: { "Content-Type": contentType, "Cache-Control": ASSET_CACHE_CONTROL },
  });
}
