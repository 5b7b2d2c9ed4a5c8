import { MARKDOWN_ENDING, SHARE_PAGES_PATH } from "../domain/links.ts";
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

/**
 * What the answer with a share page says about the same article as Markdown (RFC 8288). It stands in a header, so that the page
 * stays small.
 *
 * @param id of the article, or what stands for it in a rule of Static Assets
 */
export function markdownLink(id: string): string {
  return `<${SHARE_PAGES_PATH}/${id}${MARKDOWN_ENDING}>; rel="alternate"; type="text/markdown"`;
}
