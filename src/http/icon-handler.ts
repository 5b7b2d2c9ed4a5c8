import { FAVICON_SVG } from "../render/favicon.ts";
import { ASSET_CACHE_CONTROL } from "./cache-control.ts";

/** `/favicon.svg`, and `/favicon.ico` for programs that ask for it without looking. */
export function favicon(): Response {
  return new Response(FAVICON_SVG, {
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": ASSET_CACHE_CONTROL },
  });
}
