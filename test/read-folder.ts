import { MARKDOWN } from "./markdown-options.ts";
import type { Site } from "../src/domain/site.ts";
import type { ArticleReport } from "../scripts/read/read-articles.ts";
import { readArticles } from "../scripts/read/read-articles.ts";
import type { BundledArticle } from "../scripts/read/article/store-article.ts";
import { usualAddresses } from "./usual-addresses.ts";

/**
 * Reads source folders without a cache.
 *
 * @param now seconds since 1970
 */
export async function readFolder(
  root: string,
  site: Site,
  sources: readonly string[],
  now: number,
): Promise<ArticleReport<BundledArticle>> {
  const settings = {
    site,
    sources,
    splitNames: true,
    markdown: MARKDOWN,
    addresses: usualAddresses(),
  };
  return readArticles({ root, settings, now, cache: null, progress: () => undefined });
}
