import { SHARE_PAGES_PATH } from "../../src/domain/links.ts";
import type { Site } from "../../src/domain/site.ts";
import { keptPageHeaders, markdownLink } from "../../src/http/page-headers.ts";

/**
 * Rules of `_headers` (https://developers.cloudflare.com/workers/static-assets/headers/) with which Static Assets answer share
 * pages as the Worker does. They come after those of all files, so they first take away what those set, and they keep search
 * engines from every host but the site's own.
 *
 * @param isIndexed whether search engines may show the site at all
 */
export function sharePageRules(site: Site, isIndexed: boolean): string {
  const written = { ...keptPageHeaders(site), Link: markdownLink(":splat") };
  const headers = Object.entries(written).map(
    ([name, value]) => `  ! ${name}\n  ${name}: ${value}\n`,
  );
  const all = `${SHARE_PAGES_PATH}/*\n${headers.join("")}  X-Robots-Tag: noindex\n`;
  const { hostname } = new URL(site.url);
  return isIndexed ? `${all}\nhttps://${hostname}${SHARE_PAGES_PATH}/*\n  ! X-Robots-Tag\n` : all;
}

/** Whether a file of Static Assets, by its path, is a share page. */
export function isSharePage(path: string): boolean {
  return path.startsWith(`${SHARE_PAGES_PATH}/`);
}
