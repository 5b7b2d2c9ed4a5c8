import type { Site } from "../domain/site.ts";
import { contentSecurityPolicy } from "../render/content-security-policy.ts";
import { PAGE_CACHE_CONTROL } from "./cache-control.ts";

/** The headers of every HTML page, but for how long it may be kept. */
export function pageHeaders(site: Site): Record<string, string> {
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": contentSecurityPolicy(site),
    "Referrer-Policy": "no-referrer",
  };
}

/** The headers of a page that is there, but for its validators. */
export function keptPageHeaders(site: Site): Record<string, string> {
  return { ...pageHeaders(site), "Cache-Control": PAGE_CACHE_CONTROL };
}
