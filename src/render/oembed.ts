import type { ArticleHeader } from "../domain/article.ts";
import type { Site } from "../domain/site.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "./card.ts";

const CACHE_AGE_SECONDS = 86_400;

/**
 * An article as oEmbed 1.0 describes a link.
 *
 * @param cardUrl absolute address of its share card; null where there is none
 */
export function renderOembed(
  site: Site,
  { title, authors, source }: Pick<ArticleHeader, "title" | "authors" | "source">,
  cardUrl: string | null,
): object {
  const author = authors.join(", ") || source;
  return {
    version: "1.0",
    type: "link",
    title,
    author_name: author === "" ? undefined : (author ?? undefined),
    provider_name: site.title,
    provider_url: `${site.url}/`,
    cache_age: CACHE_AGE_SECONDS,
    ...(cardUrl === null
      ? {}
      : { thumbnail_url: cardUrl, thumbnail_width: CARD_WIDTH, thumbnail_height: CARD_HEIGHT }),
  };
}
