import type { MiddlewareHandler } from "hono";
import type { Manifest } from "../store/manifest.ts";
import type { AppTypes } from "./env.ts";
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

/** Answers all methods but GET and HEAD before any route, because visitors cannot change anything. */
export function onlyReading(manifest: Manifest): MiddlewareHandler<AppTypes> {
  return async (context, next) => {
    switch (context.req.method) {
      case "GET":
      case "HEAD":
        await next();
        return undefined;
      case "OPTIONS":
        return new Response(null, { status: 204, headers: PREFLIGHT_HEADERS });
      default:
        return errorPage(manifest, "methodNotAllowed");
    }
  };
}
