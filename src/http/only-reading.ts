import type { MiddlewareHandler } from "hono";
import type { Site } from "../domain/site.ts";
import type { AppTypes } from "./env.ts";
import { CORS_HEADERS } from "./feed-responses.ts";
import { ALLOWED_METHODS, errorPage } from "./responses.ts";

/** `A-IM` (RFC 3229) asks for what is new only: readers send it, and may be given the whole. */
const PREFLIGHT_HEADERS = {
  ...CORS_HEADERS,
  Allow: ALLOWED_METHODS,
  "Access-Control-Allow-Methods": ALLOWED_METHODS,
  "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, A-IM",
  "Access-Control-Max-Age": "86400",
};

/** Nothing here can be changed by a visitor: other methods than GET and HEAD are answered before any route is. */
export function onlyReading(site: Site): MiddlewareHandler<AppTypes> {
  return async (context, next) => {
    switch (context.req.method) {
      case "GET":
      case "HEAD":
        await next();
        return undefined;
      case "OPTIONS":
        return new Response(null, { status: 204, headers: PREFLIGHT_HEADERS });
      default:
        return errorPage(site, "methodNotAllowed");
    }
  };
}
