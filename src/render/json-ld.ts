import type { ArticleHeader } from "../domain/article.ts";
import { formatRfc3339 } from "../domain/moment.ts";
import type { Site } from "../domain/site.ts";
import { withoutForbiddenCharacters } from "../domain/xml-characters.ts";
import { Markup } from "./markup.ts";

/**
 * An article in the vocabulary of schema.org, for search engines. It is a data block, which no browser runs; members
 * that are undefined are left out.
 *
 * @param section the title of its first category; null where it has none
 * @param cardUrl absolute address of its share card; null where there is none
 */
export function renderJsonLd(
  site: Site,
  header: ArticleHeader,
  section: string | null,
  cardUrl: string | null,
): Markup {
  const publisher = { "@type": "Organization", name: site.author ?? site.title };
  const source = header.source === null ? null : { "@type": "Organization", name: header.source };
  const authors = header.authors.map((name) => ({ "@type": "Person", name }));
  const image = header.image?.url ?? cardUrl;
  return dataBlock({
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: header.title,
    datePublished: formatRfc3339(header.published),
    dateModified: header.updated === null ? undefined : formatRfc3339(header.updated),
    author: authors.length > 0 ? authors : [source ?? publisher],
    publisher,
    sourceOrganization: source ?? undefined,
    isBasedOn: header.sourceUrl ?? undefined,
    image: image === null ? undefined : [image],
    articleSection: section ?? undefined,
    inLanguage: header.language ?? site.language,
  });
}

/** `<` is escaped so that no text can close the block or open a comment in it (HTML, section 4.12.1.3). */
function dataBlock(data: object): Markup {
  const json = withoutForbiddenCharacters(JSON.stringify(data)).replaceAll("<", "\\u003c");
  return Markup.trusted(`<script type="application/ld+json">${json}</script>`);
}
