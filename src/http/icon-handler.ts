import { FAVICON_SVG } from "../render/favicon.ts";
import { touchIcon as drawTouchIcon } from "../render/touch-icon.ts";
import { ASSET_CACHE_CONTROL } from "./cache-control.ts";

/** `/favicon.svg`, and `/favicon.ico` for programs that ask for it without looking. */
export function favicon(): Response {
  return new Response(FAVICON_SVG, {
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": ASSET_CACHE_CONTROL },
  });
}

/** `/apple-touch-icon.png`: phones ask for it without being told, and feeds name it. */
export function touchIcon(): Response {
  return new Response(drawTouchIcon(), {
    headers: {
      "Content-Type": "image/png",
      "Cache-Control": ASSET_CACHE_CONTROL,
      "Cross-Origin-Resource-Policy": "cross-origin",
    },
  });
}
