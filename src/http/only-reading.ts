import type { Manifest } from "../store/manifest.ts";
import type { AppContext } from "./env.ts";
import { CORS_HEADERS } from "./feed-responses.ts";
import { ALLOWED_METHODS, errorPage } from "./responses.ts";

/**
 * Headers of the answer to a CORS preflight. Readers send `A-IM` (RFC 3229) to ask for new entries only, and may be
 * given the whole feed.
 */
const PREFLIGHT_HEADERS = {
  ...CORS_HEADERS,
  Allow: ALLOWED_METHODS,
  "Access-Control-Allow-Methods": ALLOWED_METHODS,
  "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, A-IM",
  "Access-Control-Max-Age": "86400",
};

/** The answer to all methods but GET and HEAD, because visitors cannot change anything; null for those two. */
export function onlyReading({ req }: AppContext, manifest: Manifest): Response | null {
  switch (req.method) {
    case "GET":
    case "HEAD":
      return null;
    case "OPTIONS":
      return new Response(null, { status: 204, headers: PREFLIGHT_HEADERS });
    default:
      return errorPage(manifest, "methodNotAllowed");
  }
}
