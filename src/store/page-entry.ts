import type { SitePageHeader } from "../domain/site-page.ts";

/*
 * Pages of the site's own lie in the `articles` map, before all articles: their keys are their addresses, and no share id
 * begins with a slash.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const SLASH = 0x2f;

/** The key of a page in the `articles` map. */
export function sitePageKey(address: string): Uint8Array {
  return encoder.encode(address);
}

/** Whether a key in the `articles` map is a page's. */
export function isSitePageKey(key: Uint8Array): boolean {
  return key[0] === SLASH;
}

/** Without a category at its beginning, so that a page is related to no article. */
function storedHeader(page: SitePageHeader) {
  return [
    page.title,
    page.titleBreaks,
    page.language,
    page.summary,
    page.image,
    page.isPlain,
  ] as const;
}

export function encodeSitePageHead(page: SitePageHeader): Uint8Array {
  return encoder.encode(JSON.stringify(storedHeader(page)));
}

/** Reads what `encodeSitePageHead` wrote. */
export function decodeSitePageHead(address: string, head: Uint8Array): SitePageHeader {
  const stored = JSON.parse(decoder.decode(head)) as ReturnType<typeof storedHeader>;
  const [title, titleBreaks, language, summary, image, isPlain] = stored;
  return { address, title, titleBreaks, language, summary, image, isPlain };
}
