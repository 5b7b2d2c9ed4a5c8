import { FEED_STYLESHEET } from "../render/feed-stylesheet.ts";
import { ASSET_CACHE_CONTROL } from "./cache-control.ts";

/** `/feed.css`: how browsers show a feed document itself. */
export function feedStylesheet(): Response {
  return new Response(FEED_STYLESHEET, {
    headers: { "Content-Type": "text/css; charset=utf-8", "Cache-Control": ASSET_CACHE_CONTROL },
  });
}
