import { SITEMAP_INDEX_PATH } from "../domain/links.ts";
import { ASSET_CACHE_CONTROL } from "./cache-control.ts";
import type { AppContext } from "./env.ts";

/** `/robots.txt`: everything may be read, and this is where it all is. */
export function robots(context: AppContext): Response {
  const { site } = context.get("store").manifest;
  const text = `User-agent: *\nAllow: /\n\nSitemap: ${site.url}${SITEMAP_INDEX_PATH}\n`;
  return new Response(text, {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": ASSET_CACHE_CONTROL },
  });
}
