import { ASSET_CACHE_CONTROL } from "./cache-control.ts";

/** `/robots.txt`: everything may be read. */
export function robots(): Response {
  return new Response("User-agent: *\nAllow: /\n", {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": ASSET_CACHE_CONTROL },
  });
}
